import type { WithMiddleware } from './middleware.js';

/**
 * Tells the SDK's retry loop which of IAM's errors pass. It counts `LimitExceededException` (409) among the throttling errors
 * and would ask twice more for what can never succeed, so inside the loop that error goes by its wire code. Of
 * `ConcurrentModification` (409) it knows nothing, although IAM says to wait and ask again (IAM API Reference, CreateRole).
 */
export function correctRetries<Input extends object, Output extends object>(
  client: WithMiddleware<Input, Output>,
): void {
  client.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request);
      } catch (error) {
        if (error instanceof Error && error.name === 'LimitExceededException') error.name = 'LimitExceeded';
        if (error instanceof Error && /^ConcurrentModification(?:Exception)?$/u.test(error.name))
          Object.assign(error, { $retryable: {} });
        throw error;
      }
    },
    { step: 'finalizeRequest', name: 'iamRetries', priority: 'low', override: true },
  );
}
