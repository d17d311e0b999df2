import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { standInFile } from '../stand-in-models.js';
import type { FaultTable, FaultWorld, RehearsedFault } from '../fault.js';
import { add, put, refuse, remove } from '../fault.js';
import { attach } from './attaching.js';

const gatewayFile = '.openclaw/.env';
const aDay = 86_400_000;

function inPlace(bend: RehearsedFault['bend']): RehearsedFault {
  return { strikes: 'in place', bend };
}

/** `[default]` of the shared config with more in it than the region. */
function withSection(...lines: readonly string[]): RehearsedFault {
  return inPlace(async (world) =>
    put(world, '.aws/config', ['[default]', `region = ${world.region}`, ...lines, ''].join('\n')),
  );
}

function withGatewayVariable(line: string): RehearsedFault {
  return inPlace(async (world) => add(world, gatewayFile, line));
}

/** What OpenClaw lists, in place of what its discovery finds. */
function lists(ids: readonly string[], model?: string): RehearsedFault {
  const bend = async (world: FaultWorld): Promise<void> => put(world, standInFile, JSON.stringify({ ids }));
  return model === undefined ? inPlace(bend) : { ...inPlace(bend), model };
}

async function answerByProcess(world: FaultWorld): Promise<void> {
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = world.aws.settings.operator;
  await put(world, '.aws/answer.json', JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey }));
  const line = `credential_process = /bin/cat ${join(world.home, '.aws/answer.json')}`;
  await withSection(line).bend(world);
}

async function keepKeys(world: FaultWorld): Promise<void> {
  const { accessKeyId, secretAccessKey } = world.aws.settings.operator;
  const keys = [`aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`];
  await put(world, '.aws/credentials', ['[default]', ...keys, ''].join('\n'));
}

async function expire(world: FaultWorld): Promise<void> {
  const Expiration = new Date(world.aws.settings.now() - aDay).toISOString();
  const path = `/latest/meta-data/iam/security-credentials/${world.roleName}`;
  const message = JSON.stringify({ Code: 'Success', Type: 'AWS-HMAC', Expiration });
  await refuse('metadata', path, { status: 200, code: 'Success', message })(world);
}

function editInstance(
  world: FaultWorld,
  edit: (instance: FaultWorld['aws']['state']['instances'][string]) => void,
): void {
  const instance = world.aws.state.instances[world.instanceId];
  if (instance !== undefined) edit(instance);
}

const distrust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** A program that does not start hides every other one further down the path. */
async function breakProgram({ programs }: FaultWorld): Promise<void> {
  const program = join(programs, 'openclaw');
  await writeFile(program, '#!/bin/sh\nexit 127\n');
  await chmod(program, 0o700);
}

/** As if OpenClaw had been stopped because its time was over. */
async function neverList({ programs }: FaultWorld): Promise<void> {
  const program = join(programs, 'openclaw');
  const text = await readFile(program, 'utf8');
  await writeFile(
    program,
    text.replace('\nexec ', () => '\n[ "$1" != models ] || kill -KILL $$\nexec '),
  );
}

/** Failures on the host: instance metadata, the gateway's environment, credentials, OpenClaw. */
export const hostFaults: FaultTable = {
  IMDS_UNREACHABLE: inPlace(({ aws }) => {
    aws.settings.faults.push({ service: 'metadata', operation: '/latest/api/token', kind: 'drop-before' });
  }),
  IMDS_DISABLED: inPlace((world) =>
    editInstance(world, (instance) => {
      instance.metadataOptions.httpEndpoint = 'disabled';
    }),
  ),
  IMDS_HOP_LIMIT: inPlace(({ aws }) => {
    aws.settings.hopLimitExceeded = true;
  }),
  IMDS_TOKEN: inPlace(
    refuse('metadata', '/latest/api/token', {
      status: 502,
      code: 'Bad Gateway',
      message: 'Bad Gateway',
    }),
  ),
  NO_PROFILE_YET: inPlace(({ aws, instanceId }) => {
    for (const [id, association] of Object.entries(aws.state.associations))
      if (association.instanceId === instanceId) delete aws.state.associations[id];
  }),
  WRONG_PROFILE: { ...inPlace((world) => attach(world, 'web-server')), setupOnly: true },
  WRONG_ROLE: inPlace(({ aws, roleName }) => {
    const profile = aws.state.instanceProfiles[roleName];
    if (profile !== undefined) profile.roles = [{ roleName: 'web-server', addedAt: 0 }];
  }),
  TRUST_POLICY: inPlace(({ aws, roleName }) => {
    const role = aws.state.roles[roleName];
    if (role !== undefined) role.trustPolicy = JSON.stringify(distrust);
  }),
  PROFILE_DELETED: inPlace(({ aws, roleName }) => {
    delete aws.state.instanceProfiles[roleName];
  }),
  METADATA_CREDENTIALS_EXPIRED: inPlace(expire),
  SHADOWED_BY_KEYS: inPlace(keepKeys),
  SHADOWED_BY_SSO: withSection('sso_session = corp', 'sso_account_id = 444455556666', 'sso_role_name = Dev'),
  SHADOWED_BY_BEARER: withGatewayVariable('AWS_BEARER_TOKEN_BEDROCK=ABSKRehearsalRehearsalRehearsal'),
  SHADOWED_BY_PROCESS: inPlace(answerByProcess),
  SHADOWED_BY_ROLE: withSection(
    'role_arn = arn:aws:iam::444455556666:role/Deploy',
    'credential_source = Ec2InstanceMetadata',
  ),
  METADATA_TURNED_OFF: withGatewayVariable('AWS_EC2_METADATA_DISABLED=true'),
  NO_GATEWAY_CREDENTIALS: {
    ...withGatewayVariable('AWS_EC2_METADATA_DISABLED=true'),
    gatewayProfile: 'bedrock',
  },
  CLI_PROFILE_MISSING: inPlace(async (world) => remove(world, '.aws')),
  ENV_FILE_READABLE: inPlace(async (world) => {
    await add(world, gatewayFile, 'OPENAI_API_KEY=rehearsal-of-a-key');
    await chmod(join(world.home, gatewayFile), 0o644);
  }),
  GATEWAY_ENV: inPlace(async (world) => remove(world, gatewayFile)),
  REGION_DIFFERS: inPlace(async (world) => {
    const other = world.region === 'us-west-2' ? 'us-east-1' : 'us-west-2';
    await put(world, gatewayFile, `AWS_PROFILE=default\nAWS_REGION=${other}\n`);
  }),
  NO_PROVIDER: inPlace(async (world) => remove(world, '.openclaw/npm')),
  PLUGIN_BLOCKED: inPlace(async (world) =>
    put(world, '.openclaw/openclaw.json', '{"plugins":{"enabled":false}}'),
  ),
  OPENCLAW_NOT_INSTALLED: { strikes: 'first', bend: breakProgram },
  OPENCLAW_SLOW: inPlace(neverList),
  NO_MODELS_LISTED: lists([], 'nova'),
  NO_MODEL_CONFIGURED: lists([]),
  UNKNOWN_MODEL: lists(['amazon.titan-text-express-v1'], 'nova'),
};
