import { hasCode } from '../../core/failure/aws-error.js';

/** The answer of a read, or `null` where AWS says with one of these codes that there is no such thing. */
export async function orNull<Value>(
  ask: () => Promise<Value>,
  ...codes: readonly string[]
): Promise<Value | null> {
  try {
    return await ask();
  } catch (error) {
    if (hasCode(error, ...codes)) return null;
    throw error;
  }
}
