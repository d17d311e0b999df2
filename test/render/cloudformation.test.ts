import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cloudFormation } from '../../src/render/cloudformation.js';
import { emptyAccount } from '../support/account.js';
import { setUpCloud } from '../support/cloud.js';
import { useMotoStage } from '../support/moto-stage.js';
import { commandRequirement } from '../support/requirements.js';
import { designOf, enrolled, modelArns, someHostScript, someUserData, variants } from './designs.js';
import { awsVariables, run, withFolder, writeFiles } from './programs.js';
import { stateOf } from './state.js';

const hasLint = await commandRequirement('cfn-lint');
const hasMoto = await commandRequirement('moto_server');
const hasAws = await commandRequirement('aws');

function templateOf(settings: (typeof variants)[number][1]): string {
  return cloudFormation(designOf(settings), {
    userData: someUserData,
    hopLimit: settings.hopLimit ?? null,
    hostScript: someHostScript,
    enroll: settings.enroll ?? null,
  });
}

describe('a template', () => {
  it('holds partition and account of the stack where ours stand for them, and nothing else as a variable', () => {
    const design = { ...designOf({}), tags: { key: '${AWS::AccountId} {{account}}' } };
    const text = cloudFormation(design, {
      userData: '${AWS::Region}',
      hopLimit: null,
      hostScript: '${AWS::StackName}',
      enroll: null,
    });
    expect(text).toContain('Value: "${AWS::AccountId} {{account}}"');
    expect(text).toContain('"Fn::Base64": "${AWS::Region}"'.replace('"Fn::Base64"', 'Fn::Base64'));
    expect(text.match(/Fn::Sub: .*/gu)).toStrictEqual([
      'Fn::Sub: "arn:${AWS::Partition}:bedrock:*::foundation-model/*"',
      'Fn::Sub: "arn:${AWS::Partition}:bedrock:*:${AWS::AccountId}:inference-profile/*"',
      'Fn::Sub: "arn:${AWS::Partition}:bedrock:*:${AWS::AccountId}:application-inference-profile/*"',
      'Fn::Sub: "arn:${AWS::Partition}:bedrock:*:${AWS::AccountId}:custom-model-deployment/*"',
      'Fn::Sub: "arn:${AWS::Partition}:bedrock:*:${AWS::AccountId}:imported-model/*"',
      'Fn::Sub: "arn:${AWS::Partition}:bedrock:*:${AWS::AccountId}:provisioned-model/*"',
      'Fn::Sub: "arn:${AWS::Partition}:bedrock:*:${AWS::AccountId}:*prompt-router/*"',
      'Fn::Sub: "arn:${AWS::Partition}:bedrock:*:${AWS::AccountId}:guardrail/*"',
      'Fn::Sub: "arn:${AWS::Partition}:bedrock:*:${AWS::AccountId}:guardrail-profile/*"',
      'Fn::Sub: "tag:${EnrollTag}"',
    ]);
  });

  it('holds hostile names and tags as they are, and lets none of them be evaluated', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
      fc.constantFrom(
        '${AWS::AccountId}',
        '!Sub x',
        'Fn::Sub: x',
        '{{resolve:ssm:x}}',
        'a\n  b: c',
        '- x',
        '"',
      ),
    );
    fc.assert(
      fc.property(text, text, text, (name, key, value) => {
        const design = { ...designOf({}), name, tags: { [key]: value } };
        const more = { userData: value, hopLimit: null, hostScript: value, enroll: null };
        const template = parse(cloudFormation(design, more)) as {
          readonly Parameters: Readonly<Record<string, { readonly Default?: unknown }>>;
          readonly Resources: Readonly<
            Record<string, { readonly Type: string; readonly Properties: object }>
          >;
        };
        expect(template.Parameters['RoleName']?.Default).toBe(name);
        const roles = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
        expect(roles.map(({ Properties }) => Properties)).toEqual([
          expect.objectContaining({
            RoleName: { Ref: 'RoleName' },
            Tags: [{ Key: key, Value: value }],
          }) as unknown,
        ]);
      }),
      { numRuns: 25 },
    );
  });

  it('attaches the managed policies', () => {
    const text = templateOf({ policy: { kind: 'full-access' }, ssm: true });
    expect(text).toContain(
      'ManagedPolicyArns:\n        - Fn::Sub: "arn:${AWS::Partition}:iam::aws:policy/AmazonBedrockFullAccess"\n        - Fn::Sub: "arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"\n',
    );
    expect(text).not.toContain('AWS::IAM::Policy');
  });
});

describe.skipIf(!hasLint)('a template before cfn-lint', () => {
  it.each([...variants, enrolled])('%s is without a warning', async (_name, settings) => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { 'template.yaml': templateOf(settings) });
      const words = ['--include-checks', 'I', '--template', join(folder, 'template.yaml')];
      expect(await run('cfn-lint', words)).toStrictEqual({ exitCode: 0, stdout: '', stderr: '' });
    });
  });
});

describe.skipIf(!hasMoto || !hasAws)('a stack on an independent implementation of AWS', () => {
  const stage = useMotoStage();
  const region = 'us-east-1';

  /** This implementation gives an instance profile no tags and leaves ManagedPolicyArns out. */
  async function comparable() {
    const { roles, profiles } = await stateOf(stage.outside);
    return {
      roles: roles.map(({ attached: _attached, ...role }) => role),
      profiles: profiles.map(({ tags: _tags, ...profile }) => profile),
    };
  }

  async function aws(...words: readonly string[]): Promise<void> {
    const { exitCode, stderr } = await run('aws', words, { variables: awsVariables(stage.url) });
    expect({ words, exitCode, stderr }).toStrictEqual({ words, exitCode: 0, stderr: '' });
  }

  it.each(variants)('%s has the role, the policy and the profile of a set-up', async (_name, settings) => {
    const model = settings.model === undefined ? null : { id: settings.model ?? '', arns: modelArns };
    expect(
      await setUpCloud({ account: stage.account, instanceId: stage.instanceId, region, settings, model }),
    ).toMatchObject({ errors: [] });
    const wanted = await comparable();
    await emptyAccount(stage.outside);

    await withFolder(async (folder) => {
      await writeFiles(folder, { 'template.yaml': templateOf(settings) });
      const stack = ['--stack-name', 'openclaw'];
      const file = ['--template-file', join(folder, 'template.yaml')];
      await aws('cloudformation', 'deploy', ...stack, ...file, '--capabilities', 'CAPABILITY_NAMED_IAM');
      expect(await comparable()).toStrictEqual(wanted);
      await aws('cloudformation', 'delete-stack', ...stack);
      expect((await stateOf(stage.outside)).roles).toStrictEqual([]);
    });
  });

  interface Stored {
    readonly Content: {
      readonly mainSteps: readonly { readonly inputs: { readonly runCommand: readonly string[] } }[];
    };
  }

  /** The SDK cannot read a document that moto keeps as an object, not as a text. */
  async function askSystemsManager(operation: string, input: object): Promise<unknown> {
    const scope = 'testing/20260101/us-east-1/ssm/aws4_request';
    const answer = await fetch(stage.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AmazonSSM.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    return answer.json();
  }

  it('runs on enrolled instances what a set-up from afar runs', async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { 'template.yaml': templateOf(enrolled[1]) });
      const stack = ['--stack-name', 'enrolled'];
      const file = ['--template-file', join(folder, 'template.yaml')];
      await aws('cloudformation', 'deploy', ...stack, ...file, '--capabilities', 'CAPABILITY_NAMED_IAM');
      const { DocumentIdentifiers: [found] = [] } = (await askSystemsManager('ListDocuments', {
        Filters: [{ Key: 'Owner', Values: ['Self'] }],
      })) as { DocumentIdentifiers?: { Name: string }[] };
      const { Content: content } = (await askSystemsManager('GetDocument', { Name: found?.Name })) as Stored;
      const { mainSteps } = typeof content === 'string' ? (JSON.parse(content) as typeof content) : content;
      expect(mainSteps.map(({ inputs }) => inputs.runCommand.join('\n'))).toEqual([someHostScript]);
    });
  }, 120_000);
});
