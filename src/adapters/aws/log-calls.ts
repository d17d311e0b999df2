import { errorName } from '../../core/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { WithMiddleware } from './middleware.js';

/** One call to AWS, retries included. */
export interface AwsCall {
  /** Service and operation, e.g. `IAM GetRole`. */
  readonly name: string;
  readonly milliseconds: number;
  /** Name of the error that came instead of an answer. */
  readonly error: string | null;
}

/** Has a client tell of each call once it is over; what was sent and answered is not told. */
export function logCalls<Input extends object, Output extends object>(
  client: WithMiddleware<Input, Output>,
  { now }: Pick<Clock, 'now'>,
  tell: (call: AwsCall) => void,
): void {
  client.middlewareStack.add(
    (next, context) => async (input) => {
      const service = String(context['clientName']).replace(/Client$/u, '');
      const operation = String(context['commandName']).replace(/Command$/u, '');
      const start = now();
      let error: string | null = null;
      try {
        return await next(input);
      } catch (thrown) {
        error = errorName(thrown);
        throw thrown;
      } finally {
        tell({ name: `${service} ${operation}`, milliseconds: now() - start, error });
      }
    },
    { step: 'initialize', name: 'logCalls', priority: 'low', override: true },
  );
}
