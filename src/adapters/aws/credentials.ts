import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { closableHandler } from './closable-handler.js';

/**
 * Milliseconds for one answer of the metadata service. The SDK asks twice, with a token and without, where the first
 * question is never answered; both together stay under a second.
 */
const metadataMilliseconds = 450;

/** The operator's credentials. */
export interface OperatorCredentials {
  readonly provider: AwsCredentialIdentityProvider;
  /** Ends what is still being asked, so that a run can end. */
  close(): void;
}

/**
 * The operator's credentials as the SDK finds them: environment, shared config and SSO of the profile, container,
 * instance metadata. Found once, however many clients ask. Errors are the SDK's own.
 */
export function operatorCredentials(profile: string | null): OperatorCredentials {
  const silent = (): void => undefined;
  // Where a service is asked for credentials (STS, SSO).
  const connections = closableHandler();
  const provider = defaultProvider({
    ...(profile === null ? {} : { profile }),
    clientConfig: { requestHandler: connections.handler },
    timeout: metadataMilliseconds,
    maxRetries: 0,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return { provider, close: () => connections.close() };
}
