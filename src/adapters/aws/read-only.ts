import type { WithMiddleware } from './middleware.js';

/** Operations that only look. `Decode` is sts:DecodeAuthorizationMessage. */
const looks = /^(?:Get|List|Describe|Simulate|Decode)[A-Z]/u;

/**
 * Makes a client refuse every operation that is not a read, before anything leaves the process: the second lock of
 * `plan` and `--dry-run`. The first is that a plan holds readers only, so what it throws is a bug.
 */
export function makeReadOnly<Input extends object, Output extends object>(
  client: WithMiddleware<Input, Output>,
): void {
  client.middlewareStack.add(
    (next, context) => async (input) => {
      const operation = String(context['commandName']).replace(/Command$/u, '');
      if (!looks.test(operation))
        throw new Error(`${operation} was about to be called in a run that only looks`);
      return next(input);
    },
    { step: 'initialize', name: 'readOnly', priority: 'high', override: true },
  );
}
