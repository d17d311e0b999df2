import { errorName } from '../core/errors.js';

/** What an action on a file gives, `null` where there is no such file. */
export async function orNull<Value>(action: Promise<Value>): Promise<Value | null> {
  try {
    return await action;
  } catch (error) {
    if (errorName(error) === 'ENOENT') return null;
    throw error;
  }
}
