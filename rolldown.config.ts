import { fileURLToPath } from 'node:url';
import type { ChunkingContext, CodeSplittingGroup } from 'rolldown';
import { defineConfig } from 'rolldown';
import { builtins } from './scripts/bundle/builtins.js';
import { aliases, slim } from './scripts/bundle/slim.js';

/** What every command line needs before anything is done: version, help and usage errors need no more. */
const first = ['src/bin.ts', 'src/cli/parse.ts', 'src/cli/help.ts', 'src/adapters/output/print.ts'].map(
  (path) => fileURLToPath(new URL(path, import.meta.url)),
);

const start = new Set<string>();

/** Whether a module is one of the first, or imported by one of them at once. */
function isOfStart(id: string, context: ChunkingContext): boolean {
  const add = (one: string): void => {
    if (start.has(one)) return;
    start.add(one);
    context.getModuleInfo(one)?.importedIds.forEach(add);
  };
  if (start.size === 0) first.forEach(add);
  return start.has(id) || id.includes('rolldown/runtime');
}

/**
 * What is loaded together stands in one file. A group never holds what a shorter command does not need: `--version` and
 * usage errors load nothing of it, `plan` nothing of the checks, nobody the mock but a rehearsal.
 */
const groups: readonly CodeSplittingGroup[] = [
  { debugName: 'start', name: (id, context) => (isOfStart(id, context) ? 'start' : null), priority: 40 },
  { name: 'mock', test: /src[\\/](?:mock-aws|mock-host)[\\/]/u, priority: 30 },
  {
    name: 'sso',
    test: /nested-clients|credential-provider-(?:sso|login|web-identity)|token-providers/u,
    priority: 25,
  },
  {
    name: 'bedrock-runtime',
    test: /client-bedrock-runtime|eventstream|event-streams|websocket/u,
    priority: 22,
  },
  { name: 'bedrock', test: /client-bedrock[\\/]/u, priority: 21 },
  { name: 'sts', test: /client-sts/u, priority: 20 },
  { name: 'iam-ec2', test: /client-(?:iam|ec2)|middleware-sdk-ec2/u, priority: 20 },
  { name: 'sdk', test: /node_modules[\\/](?:@smithy|@aws-sdk|@aws)[\\/]/u, priority: 10 },
  {
    name: 'enquirer',
    test: /node_modules[\\/](?:enquirer|ansi-colors|ansi-regex|strip-ansi)[\\/]|src[\\/]adapters[\\/]prompt[\\/]/u,
    priority: 10,
  },
  { name: 'json5', test: /node_modules[\\/]json5[\\/]/u, priority: 10 },
  { name: 'execa', test: /node_modules[\\/]/u, priority: 5 },
  {
    name: 'checks',
    test: /src[\\/]checks[\\/]|src[\\/]core[\\/]environment[\\/]|src[\\/]adapters[\\/]gateway-env[\\/]/u,
    priority: 4,
  },
  { name: 'failures', test: /src[\\/]failures[\\/]/u, priority: 4 },
  { name: 'cloud', test: /src[\\/]steps[\\/]cloud[\\/]|src[\\/]adapters[\\/]aws[\\/]/u, priority: 4 },
  {
    name: 'host',
    test: /src[\\/]steps[\\/]host[\\/]|src[\\/]adapters[\\/]host[\\/]|src[\\/]core[\\/]json5[\\/]/u,
    priority: 4,
  },
  { name: 'render', test: /src[\\/]render[\\/]|src[\\/]cli[\\/]commands[\\/]render/u, priority: 4 },
  {
    name: 'arguments',
    test: /src[\\/]cli[\\/](?:parse|flags|flag-table|switches|takers|values|contradictions|layers|config-file|validate|help)\.ts|src[\\/]cli[\\/]completion|src[\\/]core[\\/](?:nearest|settings|arn)/u,
    priority: 4,
  },
  { name: 'run', test: /src[\\/](?:cli|core|adapters)[\\/](?!output[\\/]print|.*errors)/u, priority: 1 },
];

export default defineConfig({
  input: { bin: 'src/bin.ts' },
  platform: 'node',
  // Chunks may export more than their modules do: what is loaded later then needs no file of its own that only passes it on.
  preserveEntrySignatures: 'allow-extension',
  resolve: { mainFields: ['module', 'main'], alias: aliases },
  plugins: [slim({ whole: true }), builtins()],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    minify: true,
    comments: { legal: false, annotation: false, jsdoc: false },
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: { groups: [...groups], includeDependenciesRecursively: false },
  },
});
