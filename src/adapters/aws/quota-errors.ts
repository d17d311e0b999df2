import type { WithMiddleware } from './middleware.js';

/**
 * Lets a quota of IAM's be an error at once. The SDK counts `LimitExceededException` (409) among the throttling errors and
 * would ask twice more for what can never succeed, so inside its retry loop the error goes by its wire code.
 */
export function keepQuotaErrors<Input extends object, Output extends object>(
  client: WithMiddleware<Input, Output>,
): void {
  client.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request);
      } catch (error) {
        if (error instanceof Error && error.name === 'LimitExceededException') error.name = 'LimitExceeded';
        throw error;
      }
    },
    { step: 'finalizeRequest', name: 'quotaErrors', priority: 'low', override: true },
  );
}
