import { STSClient } from '@aws-sdk/client-sts';

/**
 * The region that the shared AWS config (`~/.aws/config`, or AWS_CONFIG_FILE) has for a profile, as the SDK reads it;
 * `null` for none. Without a profile it is AWS_PROFILE, then `default`.
 */
export async function regionFromSharedConfig(profile: string | null): Promise<string | null> {
  const client = new STSClient(profile === null ? {} : { profile });
  try {
    return await client.config.region();
  } catch {
    return null;
  } finally {
    client.destroy();
  }
}
