/** Both ends of a program that is spoken with over its standard streams, and that no person sees. */
export interface Pipes {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** This process's own. */
export function processPipes(): Pipes {
  return { input: process.stdin, output: process.stdout };
}
