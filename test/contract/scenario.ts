import type { Account } from './account.js';

/** One piece of behaviour, asked of two implementations through the real SDK clients. */
export interface Scenario {
  /** Stable: the table of differences names it. */
  readonly id: string;
  /** Runs it; what comes back is compared after {@link normalise}. */
  readonly run: (account: Account) => Promise<unknown>;
  /** What AWS does, and so what the embedded AWS must do. */
  readonly expected: unknown;
}

/** What a refused call came to. */
export interface Refusal {
  readonly code: string;
  readonly status: number | undefined;
  readonly message: string;
}

/** The answer's part that `pick` takes, or the refusal. */
export async function outcome<Answer>(
  call: Promise<Answer>,
  pick: (answer: Answer) => unknown = () => 'ok',
): Promise<unknown> {
  try {
    return pick(await call);
  } catch (error) {
    return refusal(error);
  }
}

function refusal(error: unknown): Refusal {
  if (!(error instanceof Error)) return { code: 'not an Error', status: undefined, message: String(error) };
  const details = error as Error & { Code?: string; $metadata?: { httpStatusCode?: number } };
  return {
    code: details.Code ?? error.name,
    status: details.$metadata?.httpStatusCode,
    message: error.message,
  };
}

/** Replaces what may differ from run to run: ids, the scenario's own name. */
export function normalise(value: unknown, name: string): unknown {
  const text = JSON.stringify(value) ?? 'null';
  return JSON.parse(
    text
      .replaceAll(name, 'NAME')
      .replaceAll(/\bi-[0-9a-f]{17}\b/g, 'INSTANCE')
      .replaceAll(/\blt-[0-9a-f]{17}\b/g, 'TEMPLATE')
      .replaceAll(/\biip-assoc-[0-9a-f]{17}\b/g, 'ASSOCIATION'),
  ) as unknown;
}
