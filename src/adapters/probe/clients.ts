import type { BedrockClient } from '@aws-sdk/client-bedrock';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { STSClient } from '@aws-sdk/client-sts';
import type { defaultProvider } from '@aws-sdk/credential-provider-node';

/** The SDK's clients of one region, each loaded with its module the first time it is used. */
export interface ProbeClients {
  sts(): Promise<STSClient>;
  bedrock(): Promise<BedrockClient>;
  runtime(): Promise<BedrockRuntimeClient>;
  /** Closes their connections, so that the process can end. */
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

/** The SDK's default chain, with what it found kept for all clients that ask: else each of them would look anew. */
async function sharedChain(): Promise<Chain> {
  const sdk = await import('@aws-sdk/credential-provider-node');
  let chain: ReturnType<Chain> | null = null;
  return (init) => (chain ??= sdk.defaultProvider(init));
}

/**
 * Clients with nothing set but the region: credentials, endpoints and HTTP version are what the SDK takes from this
 * process's environment and files. An answer that is throttled is asked for three times, as the SDK does by default.
 */
export function makeClients(region: string): ProbeClients {
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
  const chain = sharedChain();
  // Who asks first hears of it.
  chain.catch(() => undefined);
  const settings = async (): Promise<{
    readonly region: string;
    readonly credentialDefaultProvider: Chain;
  }> => ({
    region,
    credentialDefaultProvider: await chain,
  });
  return {
    sts: once(async () => new (await classes.sts())(await settings())),
    bedrock: once(async () => new (await classes.bedrock())(await settings())),
    runtime: once(async () => new (await classes.runtime())(await settings())),
    destroy: () => {
      for (const client of made) client.destroy();
    },
  };
}

/** Begins to load the SDK's modules, before anybody asks. What goes wrong is met again where they are used. */
export function loadClients(): void {
  const credentials = import('@smithy/credential-provider-imds');
  Promise.all([credentials, ...Object.values(classes).map(async (load) => load())]).catch(() => undefined);
}
