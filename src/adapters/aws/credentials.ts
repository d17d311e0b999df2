import { fromEnv } from '@aws-sdk/credential-provider-env';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { errorMessage } from '../../core/errors.js';
import type { Environment } from '../../ports/environment.js';
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
function serviceConnections(proxies: Environment): ReturnType<typeof closableHandler> {
  const [ending, lasting] = [closableHandler({ proxies }), closableHandler({ proxies }).handler];
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

type Provider = AwsCredentialIdentityProvider;

/** Milliseconds before they end in which credentials are found anew. */
const aheadMilliseconds = 300_000;

/** Credentials that are found once for all who ask, and again before they end. */
function shared(find: Provider): Provider {
  let found: ReturnType<Provider> | null = null;
  return async (options) => {
    const seen = found;
    const known = (await seen?.catch(() => null)) ?? null;
    const ends = known?.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    const isGood = known !== null && ends - aheadMilliseconds > Date.now() && options?.forceRefresh !== true;
    if (!isGood && found === seen) found = find(options);
    return found ?? find(options);
  };
}

/** What `fromIni` throws for a profile that has nothing to do with credentials, such as one with a region alone. */
function saysNothing(error: unknown): boolean {
  return errorMessage(error).startsWith('Could not resolve credentials using profile');
}

/**
 * The credentials of a named profile. The SDK's own chain goes on where they cannot be had, to the role of the instance at last,
 * and would change the account as somebody else; the AWS CLI stops, and so does this.
 */
function ofProfile(profile: string, options: Parameters<typeof defaultProvider>[0]): Provider {
  const others = defaultProvider({ ...options, profile });
  return shared(async (asked) => {
    const { fromIni } = await import('@aws-sdk/credential-provider-ini');
    try {
      return await fromIni({ ...options, profile })(asked);
    } catch (error) {
      if (saysNothing(error)) return others(asked);
      throw error;
    }
  });
}

/**
 * Tells a token's file that cannot be read as what it is. The SDK passes the error of the system on, which says nothing of credentials; the
 * shared config is no such file, since the SDK takes one that it cannot read for an empty one.
 */
function tellingTokens(find: Provider): Provider {
  return async (options) => {
    try {
      return await find(options);
    } catch (error) {
      if (!(error instanceof Error && 'path' in error)) throw error;
      const message = `a token that credentials are made of cannot be read: ${error.message}`;
      throw Object.assign(new Error(message, { cause: error }), { name: 'CredentialsProviderError' });
    }
  };
}

/** Whether a pair of keys stands in the environment. */
function hasKeys(environment: Environment): boolean {
  return ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].every((name) => (environment[name] ?? '') !== '');
}

/**
 * The operator's credentials: environment, shared config and SSO of the profile, container, instance metadata. Found once, however
 * many clients ask. Keys of the environment come before AWS_PROFILE, as for the AWS CLI and unlike the SDK's own chain: on a
 * host that is set up every shell has AWS_PROFILE=default, and exported keys would be left aside unseen. Errors are the SDK's own, but for
 * a token's file that cannot be read.
 */
export function operatorCredentials(profile: string | null, environment: Environment): OperatorCredentials {
  const silent = (): void => undefined;
  // Where a service is asked for credentials (STS, SSO).
  const connections = serviceConnections(environment);
  const options = {
    clientConfig: { requestHandler: connections.handler },
    timeout: metadataMilliseconds,
    maxRetries: 0,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  };
  const close = (): void => connections.close();
  if (profile === null && hasKeys(environment)) return { provider: fromEnv(options), close };
  const named = profile ?? environment['AWS_PROFILE'] ?? '';
  const isNamed = named !== '' && named !== 'default';
  return { provider: tellingTokens(isNamed ? ofProfile(named, options) : defaultProvider(options)), close };
}
