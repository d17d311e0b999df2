import type { BedrockClient } from '@aws-sdk/client-bedrock';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { STSClient } from '@aws-sdk/client-sts';

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
  return {
    sts: once(async () => new (await classes.sts())({ region })),
    bedrock: once(async () => new (await classes.bedrock())({ region })),
    runtime: once(async () => new (await classes.runtime())({ region })),
    destroy: () => {
      for (const client of made) client.destroy();
    },
  };
}

/** Begins to load the SDK's modules, before anybody asks. What goes wrong is met again where they are used. */
export function loadClients(): void {
  Promise.all(Object.values(classes).map(async (load) => load())).catch(() => undefined);
}
