// Completes the stand-in for OpenClaw's Bedrock plug-in in the folder that is given: a manifest without what it does not
// have, and an entry point that registers discovery alone. Called by install-openclaw.sh.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';

function rewrite(name, change) {
  const file = join(folder, name);
  writeFileSync(file, `${JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8'))), null, 2)}\n`);
}

rewrite('openclaw.plugin.json', ({ contracts: _contracts, ...manifest }) => ({
  ...manifest,
  activation: { onStartup: false },
  modelCatalog: { discovery: { 'amazon-bedrock': 'refreshable' } },
}));
rewrite('package.json', ({ private: _private, dependencies, ...manifest }) => ({
  ...manifest,
  dependencies: { ...dependencies, '@smithy/shared-ini-file-loader': '^4' },
}));
writeFileSync(
  join(folder, 'index.js'),
  `import { resolvePluginConfigObject } from 'openclaw/plugin-sdk/plugin-config-runtime';
import { definePluginEntry } from 'openclaw/plugin-sdk/plugin-entry';
import { runLiveProviderCatalog } from 'openclaw/plugin-sdk/provider-catalog-live-runtime';
import { resolveBedrockConfigApiKey } from './discovery-shared.js';

const id = 'amazon-bedrock';

async function discover({ config, env }) {
  const { resolveImplicitBedrockProvider } = await import('./discovery.js');
  const pluginConfig = resolvePluginConfigObject(config, id);
  const provider = await resolveImplicitBedrockProvider({ pluginConfig, env });
  return provider ? { provider } : null;
}

export default definePluginEntry({
  id,
  name: 'Amazon Bedrock',
  description: 'stand-in for tests: discovery only',
  register(api) {
    api.registerProvider({
      id,
      label: 'Amazon Bedrock',
      docsPath: '/providers/models',
      auth: [],
      catalog: { order: 'simple', run: (context) => runLiveProviderCatalog({ providerId: id, run: () => discover(context) }) },
      resolveConfigApiKey: ({ env }) => resolveBedrockConfigApiKey(env),
    });
  },
});
`,
);
