import type { BedrockClient } from '@aws-sdk/client-bedrock';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { STSClient } from '@aws-sdk/client-sts';
import type { defaultProvider } from '@aws-sdk/credential-provider-node';

/** The SDK's clients of one region, each loaded with its module the first time it is used. */
export interface ProbeClients {
  sts(): Promise<STSClient>;
  bedrock(): Promise<BedrockClient>;
  runtime(): Promise<BedrockRuntimeClient>;
  /** Finds what they sign with, before one of them is used. Throws what the SDK throws. */
  findCredentials(): Promise<void>;
  /** Closes their connections, so that the process can end. */
  destroy(): void;
}

/** The clients of every region that is asked in. What one of them found of credentials is there for all. */
export interface ProbeRegions {
  /** Those of the first region that will be named; what needs a region waits for that. */
  readonly first: ProbeClients;
  at(region: string): ProbeClients;
  destroy(): void;
}

interface Destroyable {
  destroy(): void;
}

const classes = {
  sts: async () => (await import('@aws-sdk/client-sts')).STSClient,
  bedrock: async () => (await import('@aws-sdk/client-bedrock')).BedrockClient,
  runtime: async () => (await import('@aws-sdk/client-bedrock-runtime')).BedrockRuntimeClient,
};

type Chain = typeof defaultProvider;
type Region = () => Promise<string>;

/** The SDK's default chain, with what it found kept for all clients that ask: else each of them would look anew. */
async function sharedChain(): Promise<Chain> {
  const sdk = await import('@aws-sdk/credential-provider-node');
  let chain: ReturnType<Chain> | null = null;
  return (init) => (chain ??= sdk.defaultProvider(init));
}

function makeClients(region: Region, chain: Promise<Chain>): ProbeClients {
  const made: Destroyable[] = [];
  const once = <Client extends Destroyable>(make: () => Promise<Client>): (() => Promise<Client>) => {
    let client: Promise<Client> | null = null;
    return () => {
      client ??= make().then((fresh) => {
        made.push(fresh);
        return fresh;
      });
      return client;
    };
  };
  const settings = async (): Promise<{
    readonly region: Region;
    readonly credentialDefaultProvider: Chain;
  }> => ({
    region,
    credentialDefaultProvider: await chain,
  });
  return {
    sts: once(async () => new (await classes.sts())(await settings())),
    bedrock: once(async () => new (await classes.bedrock())(await settings())),
    runtime: once(async () => new (await classes.runtime())(await settings())),
    async findCredentials() {
      await (await chain)()({ callerClientConfig: { region } });
    },
    destroy: () => {
      for (const client of made) client.destroy();
    },
  };
}

/**
 * Clients with nothing set but the region: credentials, endpoints and HTTP version are what the SDK takes from this
 * process's environment and files. An answer that is throttled is asked for three times, as the SDK does by default.
 */
export function openRegions(): ProbeRegions {
  const chain = sharedChain();
  // Who asks first hears of it.
  chain.catch(() => undefined);
  let nameFirst: (region: string) => void = () => undefined;
  const firstRegion = new Promise<string>((resolve) => {
    nameFirst = resolve;
  });
  const first = makeClients(async () => firstRegion, chain);
  const regions = new Map<string, ProbeClients>();
  return {
    first,
    at(region) {
      nameFirst(region);
      const clients =
        regions.get(region) ?? (regions.size === 0 ? first : makeClients(async () => region, chain));
      regions.set(region, clients);
      return clients;
    },
    destroy() {
      for (const clients of [first, ...regions.values()]) clients.destroy();
    },
  };
}
