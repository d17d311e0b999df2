import type { ErrorDetails } from '../../core/errors.js';
import { SetupError } from '../../core/errors.js';

/** What a look at a file came to: its value, or the expected error that kept it from being read. */
export type Looked<Value> = { readonly value: Value } | { readonly problem: ErrorDetails };

/** Runs a look; a SetupError becomes its details, so that one unreadable file does not stop the other steps. */
export async function look<Value>(action: () => Promise<Value>): Promise<Looked<Value>> {
  try {
    return { value: await action() };
  } catch (error) {
    if (error instanceof SetupError) return { problem: error.details };
    throw error;
  }
}
