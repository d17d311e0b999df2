import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const nova = 'us.amazon.nova-micro-v1:0';
const canary = 'CANARYsecretCANARYsecretCANARYsecretCANA';
const staleKeys = `[default]\naws_access_key_id = AKIACANARY0123456789\naws_secret_access_key = ${canary}\n`;

describe('the checks', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await setScene();
  });
  afterEach(() => scene.close());

  it('are all fine where everything is in place, in stable order', async () => {
    const findings = await scene.check({ model: 'nova-micro' });
    expect(findings.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'metadata ok',
      'metadata-token ok',
      'metadata-profile ok',
      'metadata-credentials ok',
      'gateway-env ok',
      'identity ok',
      'list-models ok',
      'list-inference-profiles ok',
      'converse ok',
      'converse-stream ok',
      'primary-model ok',
      'openclaw ok',
    ]);
  });

  it('are skipped away from the instance, with the command to run there', async () => {
    const findings = await scene.check({ here: false });
    expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['skip']));
    expect(findings[0]?.fix).toContain('npx openclaw-bedrock-setup@1.2.3 verify');
    expect(scene.aws.calls).toEqual([]);
  });

  describe('of the metadata', () => {
    it('tell that it is switched off', async () => {
      const instance = scene.aws.state.instances['i-0abc1234def567890'];
      if (instance !== undefined) instance.metadataOptions.httpEndpoint = 'disabled';
      expect(await scene.failures()).toEqual(['IMDS_DISABLED']);
    });

    it('tell the hop limit', async () => {
      scene.aws.settings.hopLimitExceeded = true;
      const machine = {
        ec2: true,
        evidence: 'test',
        instanceId: null,
        container: 'Docker: /.dockerenv is there',
      };
      const findings = await scene.check({ machine });
      expect(findings.find(({ status }) => status === 'fail')).toMatchObject({
        id: 'metadata',
        code: 'IMDS_HOP_LIMIT',
        cause: expect.stringContaining('/.dockerenv') as unknown,
        fix: expect.stringContaining('--hop-limit 2') as unknown,
      });
    });

    it('tell that no profile is there, without waiting', async () => {
      scene.aws.state.associations = {};
      expect(await scene.failures()).toEqual(['NO_PROFILE_YET']);
      expect(scene.waited).toBe(0);
    });

    it('wait for a profile after an attach, and no longer than two minutes', async () => {
      scene.aws.state.associations = {};
      expect(await scene.failures({ justAttached: true })).toEqual(['NO_PROFILE_YET']);
      expect(scene.waited).toBeGreaterThan(100_000);
      expect(scene.waited).toBeLessThanOrEqual(120_000);
    });

    it('go on as soon as the profile has arrived', async () => {
      const { associations } = scene.aws.state;
      scene.aws.state.associations = {};
      scene.onPause = () => {
        scene.aws.state.associations = associations;
      };
      expect(await scene.failures({ justAttached: true })).toEqual([]);
      expect(scene.waited).toBe(250);
    });

    it('tell another profile, and who may have swapped it', async () => {
      const profileArn = 'arn:aws:iam::111122223333:instance-profile/mine';
      const findings = await scene.check({ profileArn });
      expect(findings.find(({ status }) => status === 'fail')).toMatchObject({
        code: 'WRONG_PROFILE',
        message: expect.stringContaining('instance-profile/EC2-Bedrock-Access') as unknown,
        cause: expect.stringContaining('Quick Setup') as unknown,
      });
    });

    it('tell a role that does not trust EC2', async () => {
      await scene.close();
      scene = await setScene({
        trustPolicy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
      });
      expect(await scene.failures()).toEqual(['TRUST_POLICY']);
    });

    it('are asked where a container hides the signs of an instance', async () => {
      const machine = {
        ec2: false,
        evidence: null,
        instanceId: null,
        container: 'Docker: /.dockerenv is there',
      };
      expect(await scene.failures({ machine })).toEqual([]);
    });

    it('tell a firewall from silence', async () => {
      await scene.aws.stop();
      expect(await scene.failures()).toEqual(['IMDS_UNREACHABLE']);
    });

    it('tell a host that is no EC2 instance', async () => {
      const machine = { ec2: false, evidence: null, instanceId: null, container: null };
      expect(await scene.failures({ machine, instanceId: null })).toEqual(['IMDS_UNREACHABLE']);
      expect(scene.aws.calls).toEqual([]);
    });
  });

  describe('of the credentials', () => {
    it.each([
      ['SHADOWED_BY_KEYS', '.aws/credentials', staleKeys, '~/.aws/credentials:2'],
      [
        'SHADOWED_BY_SSO',
        '.aws/config',
        '[default]\nregion = us-east-1\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = x\n[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n',
        '~/.aws/config:3',
      ],
      [
        'SHADOWED_BY_BEARER',
        '.openclaw/.env',
        `AWS_PROFILE=default\nAWS_REGION=us-east-1\nAWS_BEARER_TOKEN_BEDROCK=${canary}\n`,
        '~/.openclaw/.env:3',
      ],
      [
        'METADATA_TURNED_OFF',
        '.openclaw/.env',
        'AWS_PROFILE=default\nAWS_REGION=us-east-1\nAWS_EC2_METADATA_DISABLED=true\n',
        '~/.openclaw/.env:3',
      ],
    ])('tell %s with file and line', async (code, file, text, place) => {
      await scene.put(file, text);
      const findings = await scene.check();
      const failed = findings.filter(({ status }) => status === 'fail');
      expect(new Set(failed.map((one) => one.code))).toEqual(new Set([code]));
      expect(failed[0]?.cause).toContain(place);
      expect(failed[0]?.fix).toContain(place);
      expect(JSON.stringify(findings)).not.toContain('CANARY');
      expect(scene.aws.calls.filter(({ service }) => service.startsWith('bedrock'))).toEqual([]);
    });

    it('tell keys in the environment of the gateway', async () => {
      await scene.put(
        '.config/systemd/user/openclaw-gateway.service',
        `[Service]\nEnvironment=AWS_REGION=us-east-1\nEnvironment="AWS_ACCESS_KEY_ID=AKIACANARY0123456789" AWS_SECRET_ACCESS_KEY=${canary}\n`,
      );
      await scene.put('.openclaw/.env', '');
      const findings = await scene.check();
      expect(findings.find(({ status }) => status === 'fail')).toMatchObject({
        code: 'SHADOWED_BY_KEYS',
        cause: expect.stringContaining('openclaw-gateway.service:3') as unknown,
      });
      expect(JSON.stringify(findings)).not.toContain('CANARY');
    });

    it('pass for keys on a host that is no EC2 instance', async () => {
      const { accessKeyId, secretAccessKey } = scene.aws.settings.operator;
      await scene.put(
        '.aws/credentials',
        `[default]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`,
      );
      const machine = { ec2: false, evidence: null, instanceId: null, container: null };
      const findings = await scene.check({ machine, instanceId: null });
      expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
      expect(findings.find(({ id }) => id === 'converse')?.status).toBe('ok');
      expect(JSON.stringify(findings)).not.toContain(accessKeyId);
    });

    it('tell a failing credential process from the role that stands behind it', async () => {
      await scene.put('.aws/config', '[default]\nregion = us-east-1\ncredential_process = /bin/false\n');
      const findings = await scene.check();
      expect(findings.find(({ id }) => id === 'gateway-env')).toMatchObject({
        status: 'warn',
        code: 'SHADOWED_BY_PROCESS',
      });
      expect(findings.find(({ id }) => id === 'identity')?.status).toBe('ok');
    });
  });

  describe("of the gateway's environment", () => {
    it('find variables that stand in the shell profile only', async () => {
      await scene.put('.openclaw/.env', '');
      await scene.put('.bashrc', 'export A=b\nexport AWS_PROFILE=default\nexport AWS_REGION=us-east-1\n');
      const findings = await scene.check({
        callerEnvironment: { AWS_PROFILE: 'default', AWS_REGION: 'us-east-1' },
      });
      const failed = findings.filter(({ status }) => status === 'fail');
      expect(failed).toHaveLength(1);
      expect(failed[0]).toMatchObject({
        id: 'gateway-env',
        code: 'GATEWAY_ENV',
        cause: expect.stringContaining('~/.bashrc:2') as unknown,
        fix: expect.stringContaining('~/.openclaw/.env') as unknown,
      });
      expect(failed[0]?.detail).toContain('AWS_PROFILE is set in this shell, not for the gateway');
    });

    it('warn of a profile that the AWS CLI would not find', async () => {
      await scene.put('.aws/config', '');
      expect((await scene.check()).find(({ id }) => id === 'gateway-env')).toMatchObject({
        status: 'warn',
        code: 'CLI_PROFILE_MISSING',
      });
    });

    it('warn of regions that differ', async () => {
      await scene.put('.openclaw/.env', 'AWS_PROFILE=default\nAWS_REGION=eu-west-1\n');
      expect((await scene.check()).find(({ id }) => id === 'gateway-env')).toMatchObject({
        status: 'warn',
        code: 'REGION_DIFFERS',
      });
    });

    it("mark the winner in OpenClaw's order", async () => {
      const detail = (await scene.check()).find(({ id }) => id === 'gateway-env')?.detail;
      expect(detail).toContain('bearer token > access keys > [profile] > default chain');
      expect(detail).toContain('AWS_PROFILE=default from ~/.openclaw/.env:1');
    });
  });

  describe('of Bedrock', () => {
    it.each([
      [
        'MARKETPLACE_PERMISSION',
        403,
        'AccessDeniedException',
        'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. try again after 2 minutes.',
      ],
      [
        'PAYMENT',
        403,
        'AccessDeniedException',
        'Model access is denied due to INVALID_PAYMENT_INSTRUMENT: A valid payment instrument must be provided.',
      ],
      [
        'USE_CASE_FORM',
        404,
        'ResourceNotFoundException',
        'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.',
      ],
      [
        'ON_DEMAND_UNSUPPORTED',
        400,
        'ValidationException',
        'Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
      ],
      [
        'LEGACY_MODEL',
        404,
        'ResourceNotFoundException',
        'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days.',
      ],
      ['QUOTA_DAY', 429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.'],
      ['ACCOUNT_UNVERIFIED', 400, 'ValidationException', 'Operation not allowed'],
    ])('tell %s', async (code, status, name, message) => {
      scene.aws.settings.modelFaults[nova] = { status, name, message };
      expect(await scene.failures()).toEqual([code]);
    });

    it('tell an error in the middle of a stream', async () => {
      scene.aws.settings.modelFaults[nova] = {
        status: 429,
        name: 'ThrottlingException',
        message: 'Too many tokens per day, please wait before trying again.',
        midStream: true,
      };
      expect(await scene.failures()).toContain('QUOTA_DAY');
    });

    it('tell the deny of one destination region and list the regions', async () => {
      scene.aws.settings.serviceControlPolicies.push({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Deny', Action: 'bedrock:*', Resource: 'arn:aws:bedrock:us-east-2::foundation-model/*' },
        ],
      });
      const findings = await scene.check();
      const failed = findings.find(({ status }) => status === 'fail');
      expect(failed).toMatchObject({ code: 'DENIED_BY_SCP', who: 'admin' });
      expect(failed?.fix).toMatch(/answered from us-east-1, us-east-2/u);
    });

    it('ask nothing billable when a list is refused', async () => {
      await scene.close();
      scene = await setScene({
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['bedrock:InvokeModel*', 'bedrock:ListFoundationModels'],
              Resource: '*',
            },
          ],
        },
      });
      expect(await scene.failures()).toEqual(['NO_IAM']);
      expect(scene.aws.calls.filter(({ service }) => service === 'bedrock-runtime')).toEqual([]);
    });

    it('wait up to a minute for rights that were just given', async () => {
      await scene.close();
      scene = await setScene({ policy: { Version: '2012-10-17', Statement: [] } });
      expect(await scene.failures({ justAttached: true })).toEqual(['NO_IAM']);
      expect(scene.waited).toBeGreaterThan(40_000);
      expect(scene.waited).toBeLessThanOrEqual(120_000);
    });

    it('give up on a service that does not answer', async () => {
      scene.aws.settings.faults.push({ service: 'bedrock', kind: 'timeout' });
      expect(await scene.failures({ timeoutSeconds: 1 })).toEqual(['NO_ROUTE']);
    });
  });

  describe('of the primary model', () => {
    const sonnet = 'anthropic.claude-sonnet-4-6';

    it('call no third party without consent', async () => {
      const findings = await scene.check({ model: sonnet, acceptAgreement: false });
      expect(findings.find(({ id }) => id === 'primary-model')).toMatchObject({
        status: 'skip',
        fix: 'agree with --accept-model-agreement',
      });
      const called = scene.aws.calls.filter(({ service }) => service === 'bedrock-runtime');
      expect(called).toHaveLength(2);
    });

    it('tell a model that the region does not have, with near ones', async () => {
      const findings = await scene.check({ model: 'us.amazon.nova-mikro-v1:0' });
      expect(findings.find(({ id }) => id === 'primary-model')).toMatchObject({
        code: 'BAD_MODEL_ID',
        fix: expect.stringContaining(nova) as unknown,
      });
    });

    it('forgive a policy that allows the wanted model only', async () => {
      await scene.close();
      const lite = 'us.amazon.nova-lite-v1:0';
      scene = await setScene({
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'bedrock:List*', Resource: '*' },
            {
              Effect: 'Allow',
              Action: 'bedrock:InvokeModel*',
              Resource: [
                `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${lite}`,
                'arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0',
              ],
            },
          ],
        },
      });
      const findings = await scene.check({ model: lite });
      expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
      expect(findings.find(({ id }) => id === 'primary-model')?.status).toBe('ok');
      expect(await scene.failures()).toEqual(['NO_IAM']);
    });
  });

  describe('of OpenClaw', () => {
    it('tell that it is not installed', async () => {
      scene.openclaw.installed = false;
      expect(await scene.failures()).toEqual(['OPENCLAW_NOT_INSTALLED']);
    });

    it('tell that the plug-in is missing', async () => {
      scene.openclaw.plugin = 'missing';
      expect(await scene.failures()).toEqual(['NO_PROVIDER']);
    });

    it('tell that it lists nothing', async () => {
      scene.openclaw.models = { keys: [], discovered: [] };
      expect(await scene.failures()).toEqual(['NO_MODELS_LISTED']);
    });

    it('only say so where it has no reason to list any', async () => {
      scene.openclaw.models = { keys: [], discovered: [] };
      scene.openclaw.config = {};
      expect((await scene.check()).find(({ id }) => id === 'openclaw')).toMatchObject({
        status: 'warn',
        code: 'NO_MODEL_CONFIGURED',
      });
    });

    it('name a proxy in front of Bedrock and leave it alone', async () => {
      scene.openclaw.config = {
        models: {
          providers: {
            gateway: {
              api: 'openai-completions',
              baseUrl: 'http://user:CANARY@litellm.internal:4000/v1',
              apiKey: 'sk-CANARYCANARYCANARYCANARY',
              models: [{ id: 'bedrock/claude' }],
            },
          },
        },
      };
      const findings = await scene.check();
      expect(findings.find(({ id }) => id === 'gateway-env')?.detail).toContain(
        'gateway at litellm.internal:4000',
      );
      expect(JSON.stringify(findings)).not.toContain('CANARY');
    });

    it('tell why from its own words', async () => {
      scene.openclaw.models = {
        keys: [],
        discovered: [],
        stderr: `[bedrock-discovery] Failed to discover Bedrock models ${canary} AKIACANARY0123456789`,
      };
      expect(await scene.failures()).toEqual(['NO_PROVIDER']);
    });
  });
});
