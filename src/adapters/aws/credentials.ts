import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentityProvider } from '@smithy/types';

/**
 * Milliseconds for one answer of the metadata service. The SDK asks twice, with a token and without, where the first
 * question is never answered; both together stay under a second.
 */
const metadataMilliseconds = 450;

/**
 * The operator's credentials as the SDK finds them: environment, shared config and SSO of the profile, container,
 * instance metadata. Found once, however many clients ask. Errors are the SDK's own.
 */
export function operatorCredentials(profile: string | null): AwsCredentialIdentityProvider {
  const silent = (): void => undefined;
  return defaultProvider({
    ...(profile === null ? {} : { profile }),
    timeout: metadataMilliseconds,
    maxRetries: 0,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
}
