import { fileURLToPath } from 'node:url';
import type { ChunkingContext } from 'rolldown';
import { defineConfig } from 'rolldown';
import { builtins } from './scripts/bundle/builtins.js';
import { shortExports } from './scripts/bundle/exports.js';
import { licenses } from './scripts/bundle/licenses.js';
import { sbom } from './scripts/bundle/sbom.js';
import { aliases, slim } from './scripts/bundle/slim.js';
import { templates } from './scripts/bundle/templates.js';

/** Modules that are loaded together, by those that lead to all of them. */
interface Phase {
  readonly name: string;
  readonly roots: readonly string[];
  /** Whether what is imported when it is called for comes along. */
  readonly deep?: boolean;
}

/**
 * A module is in the file of the first phase that leads to it, so that no phase loads what only a later one needs. `start` is
 * the entry's own file: version, help and usage errors load nothing else.
 */
const phases: readonly Phase[] = [
  { name: 'start', roots: ['bin', 'cli/arguments/parse', 'cli/arguments/help', 'adapters/output/print'] },
  // Commands use it, and the gateway's stand-in, which then need not load all that only commands use.
  { name: 'start', roots: ['core/json'] },
  {
    name: 'command',
    roots: [
      'cli/arguments/complete',
      'cli/run',
      'cli/compose',
      'cli/look/prepare',
      'cli/commands/plan',
      'adapters/metadata/index',
      'core/step',
      'steps/conflicts',
      'steps/op-fields',
    ],
  },
  { name: 'command', roots: ['adapters/aws/region', 'adapters/aws/pages', 'adapters/aws/absent'] },
  { name: 'command', roots: ['adapters/host/user', 'adapters/receipt-files', 'adapters/run-lock'] },
  { name: 'gateway', roots: ['adapters/probe/child', 'adapters/output/pipes'] },
  { name: 'bedrock', roots: ['adapters/probe/listings', 'adapters/aws/open-bedrock'] },
  {
    name: 'cloud',
    roots: ['adapters/aws/clients', 'adapters/aws/credentials', 'adapters/aws/shared-config'],
  },
  { name: 'cloud', roots: ['steps/cloud/index', 'steps/cloud/goal'] },
  { name: 'setup', roots: ['cli/commands/setup', 'cli/change/workers', 'cli/look/rights', 'checks/away'] },
  { name: 'host', roots: ['adapters/host/index', 'steps/host/index'] },
  { name: 'aside', roots: ['cli/look/managers', 'adapters/aws/state-manager', 'adapters/aws/quotas'] },
  { name: 'gateway', roots: ['cli/commands/verify', 'adapters/gateway-env/index', 'adapters/probe/index'] },
  { name: 'checks', roots: ['cli/prove/findings', 'cli/prove/verify-target'] },
  {
    name: 'remote',
    roots: [
      'cli/remote/commands',
      'adapters/aws/systems-manager',
      'adapters/aws/enrollments',
      'cli/remote/enrollment',
      'adapters/templates',
    ],
  },
  { name: 'render', roots: ['render/commands', 'cli/commands/render'], deep: true },
  { name: 'fleet', roots: ['cli/fleet/index', 'adapters/aws/auto-scaling', 'adapters/instances-file'] },
  { name: 'mock', roots: ['cli/rehearsal/start', 'cli/rehearsal/set-up', 'mock-host/openclaw'], deep: true },
  {
    name: 'guide',
    roots: ['cli/guide/guide', 'adapters/prompt/enquirer', 'adapters/output/process-terminal'],
    deep: true,
  },
  { name: 'others', roots: ['main'], deep: true },
];

/** The phase of each module, for the build that is being made. */
const places = new Map<string, string>();

/** Of which build that is: several can be made with this file, one after the other. */
let build: ChunkingContext | null = null;

/** Gives a phase all modules that it leads to and that no earlier one has. */
function fill({ name, roots, deep = false }: Phase, context: ChunkingContext): void {
  const seen = new Set<string>();
  const add = (id: string): void => {
    if (id.includes('node_modules') || seen.has(id) || (places.has(id) && !deep)) return;
    seen.add(id);
    if (!places.has(id)) places.set(id, name);
    const { importedIds = [], dynamicallyImportedIds = [] } = context.getModuleInfo(id) ?? {};
    for (const imported of [...importedIds, ...(deep ? dynamicallyImportedIds : [])]) add(imported);
  };
  for (const root of roots) add(fileURLToPath(new URL(`src/${root}.ts`, import.meta.url)));
}

/** The phase of one of this program's own modules; those of dependencies are grouped below. */
function phaseOf(id: string, context: ChunkingContext): string | null {
  if (build !== context) {
    build = context;
    places.clear();
    for (const phase of phases) fill(phase, context);
  }
  return places.get(id) ?? null;
}

/** The files of dependencies, the more special first. */
const dependencies: readonly { readonly name: string; readonly test: RegExp }[] = [
  { name: 'sso', test: /nested-clients|credential-provider-(?:sso|login)/u },
  {
    name: 'credentials',
    test: /credential-provider-(?:ini|process|http|imds|web-identity)[\\/]|token-providers/u,
  },
  {
    name: 'bedrock-runtime',
    test: /client-bedrock-runtime|eventstream|event-streams|websocket|crc32|node-http-handler.*http2/u,
  },
  { name: 'bedrock', test: /client-bedrock[\\/]/u },
  { name: 'account', test: /client-(?:iam|ec2|sts)|middleware-sdk-ec2/u },
  { name: 'aside', test: /client-(?:ssm|service-quotas)/u },
  { name: 'fleet', test: /client-auto-scaling/u },
  { name: 'json', test: /protocols[\\/]json|HttpBindingProtocol/u },
  { name: 'sdk', test: /node_modules[\\/](?:@smithy|@aws-sdk|@aws)[\\/]/u },
  { name: 'guide', test: /node_modules[\\/](?:enquirer|ansi-colors|strip-ansi)[\\/]/u },
  { name: 'host', test: /node_modules[\\/]json5[\\/]/u },
  { name: 'execa', test: /node_modules[\\/]/u },
];

/** The file in which a module is. Few are worth a file of their own: each costs whoever fetches the package two milliseconds. */
function fileOf(id: string, context: ChunkingContext): string | null {
  return phaseOf(id, context) ?? dependencies.find(({ test }) => test.test(id))?.name ?? null;
}

/** Whether to build for `npm run coverage`, which asks where in the source each part of the bundle comes from. */
const traced = process.env['SOURCE_MAPS'] === '1';

export default defineConfig({
  input: { bin: 'src/bin.ts' },
  platform: 'node',
  // What stands in which file is said above, whoever imports it in which way.
  checks: { ineffectiveDynamicImport: false },
  // Chunks may export more than their modules do: what is loaded later then needs no file of its own that only passes it on.
  preserveEntrySignatures: 'allow-extension',
  resolve: { mainFields: ['module', 'main'], alias: aliases },
  plugins: [
    slim({ whole: true }),
    templates(import.meta.dirname),
    builtins(),
    shortExports(),
    licenses(),
    sbom(import.meta.dirname),
  ],
  output: {
    dir: 'dist',
    format: 'cjs',
    cleanDir: true,
    minify: !traced,
    sourcemap: traced,
    sourcemapExcludeSources: true,
    comments: { legal: false, annotation: false, jsdoc: false },
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name].cjs',
    codeSplitting: { groups: [{ debugName: 'files', name: fileOf }], includeDependenciesRecursively: false },
  },
});
