/** Whether AWS refused a request for its time, and the SDK now knows how far this machine's clock is off. */
function isCorrected(error: unknown): boolean {
  if (!(error instanceof Error) || !('$metadata' in error)) return false;
  const { $metadata: metadata } = error;
  return (
    typeof metadata === 'object' &&
    metadata !== null &&
    'clockSkewCorrected' in metadata &&
    metadata.clockSkewCorrected === true
  );
}

/**
 * Sends something by a client that does not ask again by itself; again only where AWS has refused it for a wrong clock, which
 * had no effect.
 */
export async function clockCorrected<Value>(send: () => Promise<Value>): Promise<Value> {
  try {
    return await send();
  } catch (error) {
    if (!isCorrected(error)) throw error;
    return send();
  }
}
