import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../src/adapters/templates.js';
import type { Files } from '../../src/render/terraform.js';
import { moduleTemplates, oneFile, terraformModule } from '../../src/render/terraform.js';
import { emptyAccount } from '../support/account.js';
import { setUpCloud } from '../support/cloud.js';
import { useMotoStage } from '../support/moto-stage.js';
import { commandRequirement } from '../support/requirements.js';
import { designOf, enrolled, someHostScript, someUserData, variants } from './designs.js';
import {
  awsVariables,
  providerRequirement,
  run,
  terraformVariables,
  withFolder,
  writeFiles,
} from './programs.js';
import { stateOf } from './state.js';

const hasTerraform = (await commandRequirement('terraform')) && (await providerRequirement());
const hasMoto = await commandRequirement('moto_server');
const templates = await readTemplates('terraform', moduleTemplates);

function moduleOf(settings: (typeof variants)[number][1]): Files {
  const example = {
    userData: someUserData,
    region: 'us-east-1',
    hopLimit: settings.hopLimit ?? null,
    hostScript: someHostScript,
    enroll: settings.enroll ?? null,
  };
  return terraformModule(designOf(settings), example, templates);
}

describe('a module', () => {
  it('interpolates nothing but account and partition', () => {
    const design = { ...designOf({}), name: '${path.cwd}', tags: { '%{if true}': '${file("/etc/passwd")}' } };
    const files = terraformModule(
      design,
      { userData: '', region: '${a}', hopLimit: null, hostScript: '${b}', enroll: null },
      templates,
    );
    expect(files['variables.tf']).toContain('default     = "$${path.cwd}"');
    expect(files['variables.tf']).toContain('"%%{if true}" = "$${file(\\"/etc/passwd\\")}"');
    expect(files['examples/instance/main.tf']).toContain('default     = "$${a}"');
    expect(oneFile(files).match(/"[^"\n]*(?<!\$)\$\{[^"\n]*"/gu)).toStrictEqual([
      '"arn:${local.partition}:bedrock:*::foundation-model/*"',
      '"arn:${local.partition}:bedrock:*:${local.account}:inference-profile/*"',
      '"arn:${local.partition}:bedrock:*:${local.account}:application-inference-profile/*"',
      '"arn:${local.partition}:bedrock:*:${local.account}:custom-model-deployment/*"',
      '"arn:${local.partition}:bedrock:*:${local.account}:imported-model/*"',
      '"arn:${local.partition}:bedrock:*:${local.account}:provisioned-model/*"',
      '"arn:${local.partition}:bedrock:*:${local.account}:*prompt-router/*"',
      '"arn:${local.partition}:bedrock:*:${local.account}:guardrail/*"',
      '"arn:${local.partition}:bedrock:*:${local.account}:guardrail-profile/*"',
      '"${var.role_name}-host"',
      '"tag:${var.enroll.key}"',
    ]);
  });
});

describe.skipIf(!hasTerraform || !hasMoto)('a module on an independent implementation of AWS', () => {
  const stage = useMotoStage();
  const region = 'us-east-1';

  interface Workspace {
    readonly terraform: (...words: readonly string[]) => Promise<string>;
  }

  /** Runs Terraform in a folder of its own; a command that does not end well is an error. */
  async function withModule(
    files: Files,
    place: string,
    use: (workspace: Workspace) => Promise<void>,
  ): Promise<void> {
    await withFolder(async (root) => {
      await writeFiles(root, files);
      const variables = { ...awsVariables(stage.url), ...(await terraformVariables(root)) };
      await use({
        terraform: async (...words) => {
          const folder = join(root, place);
          const { exitCode, stdout, stderr } = await run('terraform', words, { folder, variables });
          if (exitCode !== 0)
            throw new Error(`terraform ${words.join(' ')}: ${exitCode}\n${stdout}\n${stderr}`);
          return stdout;
        },
      });
    });
  }

  async function wantedOf(settings: (typeof variants)[number][1]) {
    expect(
      await setUpCloud({ account: stage.account, instanceId: stage.instanceId, region, settings }),
    ).toMatchObject({ errors: [] });
    const { roles, profiles } = await stateOf(stage.outside);
    await emptyAccount(stage.outside);
    return { roles, profiles };
  }

  it('is valid and formatted in all its variety, and stands in one file, too', async () => {
    const modules = [...variants, enrolled].map(([, settings]) => moduleOf(settings));
    const one = { 'main.tf': oneFile(moduleOf({ ssm: true })) };
    const placed = [...modules, one].flatMap((files, index) =>
      Object.entries(files).map(([path, text]) => [`m${index}/${path}`, text] as const),
    );
    const calls = [...modules, one].map((_, index) => `module "m${index}" {\n  source = "./m${index}"\n}\n`);
    const all = { ...Object.fromEntries(placed), 'main.tf': calls.join('\n') };
    await withModule(all, '.', async ({ terraform }) => {
      await terraform('fmt', '-check', '-recursive', '-diff');
      await terraform('init', '-no-color');
      expect(await terraform('validate', '-no-color')).toContain('The configuration is valid.');
    });
  }, 120_000);

  it('has the role, the policies and the profile of a set-up', async () => {
    const settings = { ...Object.fromEntries(variants)['full'] };
    const wanted = await wantedOf(settings);

    await withModule(moduleOf(settings), '.', async ({ terraform }) => {
      await terraform('init', '-no-color');
      await terraform('apply', '-auto-approve', '-no-color');
      const { roles, profiles } = await stateOf(stage.outside);
      expect({ roles, profiles }).toStrictEqual(wanted);
      await terraform('plan', '-detailed-exitcode', '-no-color');
    });
  }, 180_000);

  it('launches an instance with that profile in its example', async () => {
    const wanted = await wantedOf({});

    await withModule(moduleOf({ hopLimit: 2 }), 'examples/instance', async ({ terraform }) => {
      const ami = ['-var', 'ami=ami-12c6146b'];
      await terraform('init', '-no-color');
      await terraform('apply', '-auto-approve', '-no-color', ...ami);
      const { roles, profiles, associations } = await stateOf(stage.outside);
      expect({ roles, profiles }).toStrictEqual(wanted);
      expect(associations).toMatchObject([
        { profile: 'arn:aws:iam::123456789012:instance-profile/EC2-Bedrock-Access' },
      ]);
      await terraform('plan', '-detailed-exitcode', '-no-color', ...ami);
    });
  }, 180_000);
});
