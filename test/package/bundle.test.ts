import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptMembers, memberNames, pruneSchemas } from '../../scripts/bundle/schemas.js';
import { aliases, slim } from '../../scripts/bundle/slim.js';
import { mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import * as whole from './dependencies.js';

type Dependencies = typeof whole;

const project = join(import.meta.dirname, '../..');
let folder: string;
let slimmed: Dependencies;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  await build({
    input: join(import.meta.dirname, 'dependencies.ts'),
    platform: 'node',
    resolve: { mainFields: ['module', 'main'], alias: aliases },
    plugins: [slim({ whole: false })],
    output: { dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
    logLevel: 'silent',
  });
  slimmed = (await import(pathToFileURL(join(folder, 'dependencies.mjs')).href)) as Dependencies;
}, 60_000);

afterAll(async () => rm(folder, { recursive: true, force: true }));

async function schemasOf(client: string): Promise<string> {
  return readFile(join(project, 'node_modules/@aws-sdk', client, 'dist-es/schemas/schemas_0.js'), 'utf8');
}

/** Where Auto Scaling groups and launch templates are read. */
const groups = 'src/adapters/aws/auto-scaling.ts';

/** Where Systems Manager is used. */
const afar = ['systems-manager', 'enrollments', 'state-manager'].map((name) => `src/adapters/aws/${name}.ts`);

/** Where a client's answers are read. */
const readers: Readonly<Record<string, string | readonly string[]>> = {
  'client-ssm': afar,
  'client-iam': ['iam', 'iam-reader', 'simulate'].map((name) => `src/adapters/aws/${name}.ts`),
  'client-ec2': 'src/adapters/aws',
  'client-auto-scaling': groups,
  'client-bedrock': ['bedrock', 'model-access'].map((name) => `src/adapters/aws/${name}.ts`),
  'client-bedrock-runtime': 'src/adapters/probe',
  'client-sts': [
    'src/adapters/aws/sts.ts',
    'src/adapters/probe/child.ts',
    ...[
      'client-sts/dist-es/defaultStsRoleAssumers',
      'credential-provider-ini/dist-es/resolveAssumeRoleCredentials',
    ].map((name) => `node_modules/@aws-sdk/${name}.js`),
  ],
};

async function sourcesIn(path: string | readonly string[]): Promise<string> {
  if (typeof path !== 'string') return (await Promise.all(path.map(sourcesIn))).join('\n');
  if (/\.[jt]s$/u.test(path)) return readFile(join(project, path), 'utf8');
  const files = (await readdir(join(project, path))).map(async (file) =>
    readFile(join(project, path, file), 'utf8'),
  );
  return (await Promise.all(files)).join('\n');
}

describe('the schemas', () => {
  it.each(Object.entries(keptMembers))('of %s lose no member that is used', async (client, structures) => {
    const [schemas, everywhere, ofGroups] = await Promise.all([
      schemasOf(client),
      sourcesIn(readers[client] ?? 'src'),
      sourcesIn(groups),
    ]);
    // Structures of Systems Manager share their members' names; what one of them keeps is used there.
    const shared = client === 'client-ssm' ? new Set(Object.values(structures).flat()) : new Set<string>();
    const used = Object.entries(structures).flatMap(([structure, kept]) => {
      const sources = structure.includes('LaunchTemplate') ? ofGroups : everywhere;
      return memberNames(schemas, structure)
        .filter(
          (name) =>
            !kept.includes(name) &&
            !shared.has(name) &&
            new RegExp(String.raw`\b${name}\b\??[.:]|\.${name}\b`, 'u').test(sources),
        )
        .map((name) => `${structure}.${name}`);
    });
    expect(used).toEqual([]);
  });

  it('stay as they are where every member is kept', async () => {
    const schemas = await schemasOf('client-ec2');
    const all = { Instance: memberNames(schemas, 'Instance') };
    const squeezed = (text: string): string => text.replace(/\s+/gu, '');
    expect(squeezed(pruneSchemas(schemas, all))).toBe(squeezed(schemas));
  });

  it('are refused when they have no member that is to be kept', async () => {
    const schemas = await schemasOf('client-ec2');
    expect(() => pruneSchemas(schemas, { Instance: ['InstanceIdentifier'] })).toThrow(
      'Instance has no InstanceIdentifier',
    );
  });
});

describe('json5', () => {
  it.each([
    "{ // comment\n unquoted: 'single', \\u0061b: +.5, hex: 0xFF, last: [1, 2,], }",
    '{ größe: 1, 变量: 2, $_: 3, ª: 4, a\u0301: 5, Ⅷ: 6, "\\x41\\\n": Infinity }',
    '\uFEFF\u00A0\u2003{ a\u200C: NaN }',
  ])('reads %j as it does outside of the bundle', (text) => {
    expect(slimmed.json5.parse(text)).toEqual(whole.json5.parse(text));
  });

  it.each(['{ 1a: 2 }', '{ a: 1', '{ a-b: 1 }', '{ a: "\n" }', ''])(
    'refuses %j with the same words',
    (text) => {
      const refusal = (json5: Dependencies['json5']): unknown => {
        try {
          return json5.parse(text);
        } catch (error) {
          return (error as Error).message;
        }
      };
      expect(refusal(slimmed.json5)).toBe(refusal(whole.json5));
    },
  );
});

describe('enquirer', () => {
  it('has the classes of which the prompts are made', () => {
    expect(Object.keys(slimmed.enquirer).sort()).toEqual(['Prompt', 'StringPrompt']);
  });
});

describe('the SDK', () => {
  it('gets the same answers of AWS as outside of the bundle', async () => {
    const mock = await startMockAws({});
    const before = { ...process.env };
    Object.assign(process.env, mockAwsEnvironment(mock, 'operator'));
    try {
      const ask = async (sdk: Dependencies): Promise<object> => {
        const region = 'us-east-1';
        const instances = await new sdk.EC2Client({ region }).send(new sdk.DescribeInstancesCommand({}));
        const identity = await new sdk.STSClient({ region }).send(new sdk.GetCallerIdentityCommand({}));
        const [instance] = instances.Reservations?.[0]?.Instances ?? [];
        const { InstanceId: id, State: state, Tags: tags, MetadataOptions: options } = instance ?? {};
        return { arn: identity.Arn, id, state, tags, options };
      };
      expect(await ask(slimmed)).toEqual(await ask(whole));
      expect(await ask(slimmed)).toHaveProperty('id', 'i-0abc1234def567890');
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await mock.stop();
    }
  });
});
