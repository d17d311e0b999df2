import type { OpenClawTurn } from '../../ports/openclaw.js';
import type { RunProgram } from './openclaw-program.js';

/** The smallest question that shows that the agent answers. */
const question = 'Answer with the word: ready';

/** A session of its own, so that the turn is part of nobody's conversation. */
const session = 'openclaw-bedrock-setup';

/** What OpenClaw gets beyond the turn's own time, to start and to end. */
const startSeconds = 20;

interface Answer {
  readonly payloads?: unknown;
  readonly meta?: {
    readonly agentMeta?: {
      readonly provider?: unknown;
      readonly model?: unknown;
      readonly usage?: { readonly input?: unknown; readonly output?: unknown };
    };
  };
}

function parse(stdout: string): Answer {
  try {
    const value: unknown = JSON.parse(stdout.slice(Math.max(0, stdout.indexOf('{'))));
    // The answer of a gateway is wrapped once more.
    const { result } = value as { readonly result?: unknown };
    return (typeof result === 'object' && result !== null ? result : value) as Answer;
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The texts of an answer, a line each; whatever else stands there says nothing. */
function wordsOf(payloads: unknown): string {
  const all: readonly unknown[] = Array.isArray(payloads) ? payloads : [];
  return all
    .map((one) => (typeof one === 'object' && one !== null && 'text' in one ? (textOf(one.text) ?? '') : ''))
    .join('\n');
}

function countOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/**
 * One turn of the embedded agent with the given variables: `openclaw agent --local`, which every version since 2026.2 has.
 * It ends with 0 and an error's text in the place of an answer where the model cannot be called (seen with 2026.2.26), so
 * the tokens tell whether somebody answered.
 */
export async function runTurn(
  run: RunProgram,
  variables: Readonly<Record<string, string>>,
  timeoutSeconds: number,
): Promise<OpenClawTurn> {
  const bound = ['--timeout', String(timeoutSeconds)];
  const words = ['agent', '--local', '--json', '--session-id', session, '--thinking', 'off', ...bound];
  const result = await run([...words, '--message', question], timeoutSeconds + startSeconds, variables);
  const { payloads, meta } = parse(result.stdout);
  const { provider, model, usage } = meta?.agentMeta ?? {};
  return {
    command: ['openclaw', ...words, '--message', JSON.stringify(question)].join(' '),
    exitCode: result.exitCode,
    provider: textOf(provider),
    model: textOf(model),
    text: wordsOf(payloads),
    inputTokens: countOf(usage?.input),
    outputTokens: countOf(usage?.output),
    stderr: result.stderr,
  };
}
