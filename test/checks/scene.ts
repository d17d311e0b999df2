import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFiles } from '../../src/adapters/host/files.js';
import { createGatewayEnvironmentReader } from '../../src/adapters/gateway-env/index.js';
import { createMetadataReader } from '../../src/adapters/metadata/index.js';
import { startStandIn } from '../../src/adapters/probe/index.js';
import type { CheckContext, CheckPorts } from '../../src/checks/index.js';
import { runChecks } from '../../src/checks/index.js';
import type { Finding } from '../../src/core/finding.js';
import type { MockAws, MockAwsOptions } from '../../src/mock-aws/index.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import type { HostUser } from '../../src/ports/host.js';
import type { JsonObject } from '../../src/ports/json.js';
import type { OpenClawModels, OpenClawReader, OpenClawTurn } from '../../src/ports/openclaw.js';

const entry = path.join(import.meta.dirname, '../adapters/probe/entry.ts');
const roleName = 'EC2-Bedrock-Access';

/** The rights that a role has when it has all of them. */
const allowBedrock = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }],
};

/** What was begun before the checks. */
type Begun = Pick<CheckPorts, 'firstRole'>;

/** An instance with a role, and a gateway on it that is set up as it should be. */
export interface Scene {
  readonly aws: MockAws;
  readonly home: string;
  /** What the stand-in for OpenClaw answers; may be changed. */
  readonly openclaw: {
    installed: boolean;
    plugin: 'installed' | 'missing';
    models: Partial<OpenClawModels>;
    turn: Partial<OpenClawTurn>;
    config: JsonObject;
  };
  /** Clock time that was waited for, in milliseconds. */
  waited: number;
  /** Called before each pause of the checks. */
  onPause: () => void;
  put(file: string, text: string): Promise<void>;
  check(context?: Partial<CheckContext>, begun?: Begun): Promise<readonly Finding[]>;
  /** The codes of what failed, each once. */
  failures(context?: Partial<CheckContext>, begun?: Begun): Promise<readonly string[]>;
  close(): Promise<void>;
}

function makeOpenClaw(scene: Pick<Scene, 'openclaw' | 'home'>): OpenClawReader {
  const stateFolder = path.join(scene.home, '.openclaw');
  const discovery = { enabled: true, region: 'us-east-1' };
  return {
    installation: async () =>
      scene.openclaw.installed
        ? { version: '2026.9.6', configPath: path.join(stateFolder, 'openclaw.json'), stateFolder }
        : null,
    readConfig: async () => ({
      plugins: { entries: { 'amazon-bedrock': { enabled: true, config: { discovery } } } },
      ...scene.openclaw.config,
    }),
    pluginState: async () => scene.openclaw.plugin,
    runningGateways: async () => [],
    runTurn: async () => ({
      command: 'openclaw agent --local',
      exitCode: 0,
      provider: 'amazon-bedrock',
      model: 'us.amazon.nova-micro-v1:0',
      text: 'ready',
      inputTokens: 9000,
      outputTokens: 2,
      stderr: '',
      ...scene.openclaw.turn,
    }),
    listBedrockModels: async () => ({
      command: 'openclaw models list',
      exitCode: 0,
      keys: ['amazon-bedrock/us.amazon.nova-micro-v1:0'],
      discovered: ['amazon-bedrock/us.amazon.nova-micro-v1:0'],
      stderr: '',
      ...scene.openclaw.models,
    }),
  };
}

function makeContext(): CheckContext {
  return {
    version: '1.2.3',
    account: '111122223333',
    region: 'us-east-1',
    partition: 'aws',
    instanceId: 'i-0abc1234def567890',
    roleName,
    profileArn: `arn:aws:iam::111122223333:instance-profile/${roleName}`,
    operatorProfile: null,
    gatewayProfile: 'default',
    model: null,
    acceptAgreement: true,
    onlyModel: false,
    justAttached: false,
    here: true,
    machine: { ec2: true, instanceId: null, container: null },
    timeoutSeconds: 8,
    setupCommand: null,
    agentTurn: false,
    callerEnvironment: {},
  };
}

/** Sets the scene; everything works in it until a test breaks something. */
export async function setScene(
  options: MockAwsOptions & { readonly policy?: object; readonly trustPolicy?: object } = {},
): Promise<Scene> {
  const { policy = allowBedrock, trustPolicy, ...rest } = options;
  const home = await mkdtemp(path.join(tmpdir(), 'scene-'));
  const aws = await startMockAws({
    world: {
      instances: [{ instanceId: 'i-0abc1234def567890', instanceProfile: roleName }],
      roles: [
        {
          roleName,
          inlinePolicies: { OpenClawBedrock: policy },
          ...(trustPolicy === undefined ? {} : { trustPolicy }),
        },
      ],
      instanceProfiles: [{ name: roleName, roleName }],
      policies: [],
    },
    ...rest,
  });
  const user: HostUser = {
    name: 'claw',
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    home,
    shell: '/bin/bash',
  };
  const endpoints = { AWS_ENDPOINT_URL: aws.url, AWS_EC2_METADATA_SERVICE_ENDPOINT: aws.url };
  const put: Scene['put'] = async (file, text) => {
    await mkdir(path.dirname(path.join(home, file)), { recursive: true });
    await writeFile(path.join(home, file), text);
    await chmod(path.join(home, file), 0o600);
  };
  const scene: Scene = {
    aws,
    home,
    openclaw: {
      installed: true,
      plugin: 'installed',
      models: {},
      turn: {},
      config: { agents: { defaults: { model: { primary: 'amazon-bedrock/us.amazon.nova-micro-v1:0' } } } },
    },
    waited: 0,
    onPause: () => undefined,
    put,
    async check(context = {}, begun = {}) {
      const openclaw = makeOpenClaw(scene);
      let now = Date.now();
      const ports: CheckPorts = {
        ...begun,
        clock: {
          now: () => now,
          async sleep(milliseconds) {
            now += milliseconds;
            scene.waited += milliseconds;
            scene.onPause();
          },
        },
        metadata: createMetadataReader({ environment: endpoints, timeoutMilliseconds: 400 }),
        environment: createGatewayEnvironmentReader({
          host: { user, environment: {}, files: createFiles(user), openclaw },
          systemctl: async () => null,
          extra: endpoints,
        }),
        openclaw,
        async openProbe(region, timeoutMilliseconds) {
          const { variables } = await ports.environment.read();
          const command = [process.execPath, '--import', 'tsx', entry] as const;
          return startStandIn({ command, variables }).at(region, timeoutMilliseconds);
        },
      };
      return runChecks({ ...makeContext(), ...context }, ports);
    },
    async failures(context, begun) {
      const findings = await scene.check(context, begun);
      const failed = findings.filter(({ status }) => status === 'fail');
      return [...new Set(failed.map(({ code }) => code ?? 'none'))];
    },
    async close() {
      await aws.stop();
      await rm(home, { recursive: true });
    },
  };
  await put('.openclaw/.env', 'AWS_PROFILE=default\nAWS_REGION=us-east-1\n');
  await put('.aws/config', '[default]\nregion = us-east-1\n');
  return scene;
}
