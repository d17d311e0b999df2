const replaced: readonly (readonly [RegExp, string])[] = [
  [/127\.0\.0\.1:\d+/gu, '127.0.0.1:PORT'],
  [/\S*\/openclaw-bedrock-setup-\w{6}\b/gu, 'SCRATCH'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu, 'TIME'],
  [/\b\d+ ms\b/gu, 'N ms'],
  [/openclaw-bedrock-setup@\d+\.\d+\.\d+/gu, 'openclaw-bedrock-setup@VERSION'],
  // Where the tests themselves run in a container, it is named.
  [/(its answer never came back \()[^)]*\)/gu, '$1CONTAINER)'],
];

/** An output without what differs from run to run and from machine to machine. */
export function scrubbed(text: string): string {
  return replaced.reduce((result, [pattern, to]) => result.replace(pattern, to), text);
}
