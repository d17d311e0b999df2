import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { scrub } from '../../core/text/scrub.js';
import type { GatewayProbe, GatewayStandIn, ProbeAnswer } from '../../ports/gateway-probe.js';
import type { ProbeMethod, ProbePreparation, ProbeRequest } from './protocol.js';
import { parseResponse } from './response.js';

/** How the gateway's place is taken. */
export interface StandInOptions {
  /** The program and its arguments that end in {@link runProbeChild}; no shell is involved. */
  readonly command: readonly [string, ...string[]];
  /** The child's whole environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Runs the child as another user; needs root. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

type Settle = (answer: ProbeAnswer<unknown>) => void;

/** What a child gets beyond a call's own time before it is given up: starting up, and loading the SDK. */
const startMilliseconds = 5000;
const endMilliseconds = 500;

/** Where and how long is asked. */
interface Bounds {
  readonly region: string;
  readonly timeoutMilliseconds: number;
}

class ChildStandIn implements GatewayStandIn {
  readonly #options: StandInOptions;
  readonly #waiting = new Map<number, Settle>();
  #child: ChildProcessWithoutNullStreams | null = null;
  #gone: string | null = null;
  #errors = '';
  #next = 1;

  constructor(options: StandInOptions) {
    this.#options = options;
  }

  at(region: string, timeoutMilliseconds: number): GatewayProbe {
    const bounds = { region, timeoutMilliseconds };
    return {
      identity: async () => this.#ask(bounds, 'identity'),
      listFoundationModels: async () => this.#ask(bounds, 'listFoundationModels'),
      listInferenceProfiles: async () => this.#ask(bounds, 'listInferenceProfiles'),
      converse: async (modelId) => this.#ask(bounds, 'converse', modelId),
      converseStream: async (modelId) => this.#ask(bounds, 'converseStream', modelId),
      close: async () => this.close(),
    };
  }

  prepare(): void {
    if (this.#gone === null) this.#send({ method: 'prepare' });
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child === null || this.#gone !== null) return;
    const closed = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
    });
    child.stdin.end();
    // Where it owes no answer, nobody waits for what it still does.
    const terminate = setTimeout(() => child.kill('SIGTERM'), this.#waiting.size === 0 ? 0 : endMilliseconds);
    const kill = setTimeout(() => child.kill('SIGKILL'), endMilliseconds * 2);
    await closed;
    clearTimeout(terminate);
    clearTimeout(kill);
  }

  start(): ChildProcessWithoutNullStreams {
    if (this.#child !== null) return this.#child;
    const { command, variables, user } = this.#options;
    const [program, ...parameters] = command;
    const child = spawn(program, parameters, { env: variables, stdio: 'pipe', shell: false, ...user });
    this.#child = child;
    child.on('error', (error) => this.#end(error.message));
    child.on('close', (code, signal) => this.#end(`it ended with ${signal ?? `exit code ${code}`}`));
    child.stdin.on('error', () => undefined);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = `${this.#errors}${text}`.slice(-2000);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const response = parseResponse(line);
      if (response !== null) this.#waiting.get(response.id)?.(response.answer);
    });
    return child;
  }

  #end(reason: string): void {
    const lastLine = scrub(this.#errors).trim().split('\n').at(-1) ?? '';
    this.#gone ??= `${reason}${lastLine === '' ? '' : `: ${lastLine}`}`;
    for (const settle of this.#waiting.values()) settle(this.#failed(this.#gone));
  }

  #failed(reason: string): ProbeAnswer<never> {
    const message = `the child process that stands in for the gateway gave no answer: ${reason}`;
    return { ok: false, failure: { name: 'ProbeEnded', message, status: 0 }, milliseconds: 0 };
  }

  #send(line: ProbeRequest | ProbePreparation): void {
    this.start().stdin.write(`${JSON.stringify(line)}\n`);
  }

  async #ask<Value>(
    { region, timeoutMilliseconds }: Bounds,
    method: ProbeMethod,
    modelId?: string,
  ): Promise<ProbeAnswer<Value>> {
    if (this.#gone !== null) return this.#failed(this.#gone);
    const id = this.#next;
    this.#next += 1;
    const bound = timeoutMilliseconds + startMilliseconds;
    const answer = await new Promise<ProbeAnswer<unknown>>((resolve) => {
      const timer = setTimeout(() => resolve(this.#failed(`nothing for ${bound / 1000} s`)), bound);
      this.#waiting.set(id, (result) => {
        clearTimeout(timer);
        resolve(result);
      });
      const asked = modelId === undefined ? {} : { modelId };
      this.#send({ id, method, region, ...asked, timeoutMilliseconds });
    });
    this.#waiting.delete(id);
    return answer as ProbeAnswer<Value>;
  }
}

/** The command of a child that runs the same program as this process, from sources too; `entry` is its script. */
export function probeCommand(entry: string): readonly [string, ...string[]] {
  return [process.execPath, ...process.execArgv, entry, '__probe'];
}

/**
 * AWS as the gateway reaches it: a child process with exactly the given environment and the SDK's default chain. It is
 * started at once, so that it is ready when it is asked; `close` ends it. No method throws: a child that dies is a failure `ProbeEnded`.
 */
export function startStandIn(options: StandInOptions): GatewayStandIn {
  const standIn = new ChildStandIn(options);
  standIn.start();
  return standIn;
}
