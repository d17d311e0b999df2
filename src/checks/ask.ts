import { waitFor } from '../core/timing/wait.js';
import type { Explanation } from '../failures/index.js';
import { explainFailure } from '../failures/index.js';
import type { ProbeAnswer } from '../ports/gateway-probe.js';
import type { CheckContext, CheckPorts } from './context.js';
import { failureContext } from './context.js';

/** A call's value, or its failure in the words of the catalogue. */
export type Asked<Value> =
  | { readonly ok: true; readonly value: Value; readonly milliseconds: number }
  | { readonly ok: false; readonly explanation: Explanation };

/** What a call is about. */
export interface Question {
  readonly service: 'bedrock' | 'bedrock-runtime';
  readonly modelId?: string;
  /** Further values for the texts of the catalogue. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Seconds that a new right may take until Bedrock knows of it. */
const arrivalSeconds = 60;

function isArriving(asked: Asked<unknown>): boolean {
  if (asked.ok) return false;
  const { code, denial } = asked.explanation;
  return code === 'NO_IAM' && denial?.explicit !== true;
}

/**
 * Makes a call and looks its failure up. Right after an attach a missing right is asked for again for a minute; nothing
 * else is ever repeated here.
 */
export async function ask<Value>(
  context: CheckContext,
  ports: CheckPorts,
  question: Question,
  call: () => Promise<ProbeAnswer<Value>>,
): Promise<Asked<Value>> {
  const { service, modelId, more = {} } = question;
  const known = failureContext(context, { service, ...more }, modelId ?? context.model);
  const once = async (): Promise<Asked<Value>> => {
    const answer = await call();
    return answer.ok ? answer : { ok: false, explanation: explainFailure(answer.failure, known) };
  };
  let last = await once();
  if (!context.justAttached || !isArriving(last)) return last;
  let first = true;
  await waitFor(
    async () => {
      if (!first) last = await once();
      first = false;
      return isArriving(last) ? null : last;
    },
    {
      clock: ports.clock,
      boundMilliseconds: arrivalSeconds * 1000,
      onWaiting: () => ports.waiting?.('the rights of the role to arrive at Bedrock', arrivalSeconds),
    },
  );
  return last;
}
