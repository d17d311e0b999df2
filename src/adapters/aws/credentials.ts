import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { closableHandler } from './closable-handler.js';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * Milliseconds for one answer of the metadata service. The SDK asks twice, with a token and without, where the first
 * question is never answered; both together stay under a second.
 */
const metadataMilliseconds = 450;

/**
 * Whether a session is renewed by it (CreateToken of IAM Identity Center, CreateOAuth2Token of the sign-in service). What it gives
 * replaces the token that is on the disk, which may be worth nothing afterwards.
 */
function renews({ path }: Parameters<NodeHttpHandler['handle']>[0]): boolean {
  return path.endsWith('/token');
}

/** Connections that end with the run, and others that do not, for what would be lost with its answer. */
function serviceConnections(): ReturnType<typeof closableHandler> {
  const [ending, lasting] = [closableHandler(), closableHandler().handler];
  const handle = ending.handler.handle.bind(ending.handler);
  ending.handler.handle = async (request, options) =>
    renews(request) ? lasting.handle(request, options) : handle(request, options);
  return ending;
}

/** The operator's credentials. */
export interface OperatorCredentials {
  readonly provider: AwsCredentialIdentityProvider;
  /** Ends what STS and SSO are still being asked; a session that is being renewed, a program and an endpoint of a container are not ended. */
  close(): void;
}

/**
 * The operator's credentials as the SDK finds them: environment, shared config and SSO of the profile, container,
 * instance metadata. Found once, however many clients ask. Errors are the SDK's own.
 */
export function operatorCredentials(profile: string | null): OperatorCredentials {
  const silent = (): void => undefined;
  // Where a service is asked for credentials (STS, SSO).
  const connections = serviceConnections();
  const provider = defaultProvider({
    ...(profile === null ? {} : { profile }),
    clientConfig: { requestHandler: connections.handler },
    timeout: metadataMilliseconds,
    maxRetries: 0,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return { provider, close: () => connections.close() };
}
