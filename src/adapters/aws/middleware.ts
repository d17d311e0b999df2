import type { MiddlewareStack } from '@smithy/types';

/** An SDK client, as far as its middleware goes. */
export interface WithMiddleware<Input extends object, Output extends object> {
  readonly middlewareStack: MiddlewareStack<Input, Output>;
}

/** What every client gets once it is made. */
export type Guard = <Input extends object, Output extends object>(
  client: WithMiddleware<Input, Output>,
) => void;
