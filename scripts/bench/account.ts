import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { type Moto, startMoto } from '../../test/support/moto.js';
import { type RecordingProxy, startRecordingProxy } from '../../test/support/recording-proxy.js';
import { bareVariables } from './tool.js';

const region = 'us-east-1';
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };

/** An account on moto, a proxy that writes down what is asked of it, and a home folder. */
export interface BenchAccount {
  readonly proxy: RecordingProxy;
  /** The instance of the moment. */
  readonly instanceId: string;
  /** Forgets everything, and launches one instance that has no profile. */
  fresh(): Promise<void>;
  /** Variables for the tool or the AWS CLI; `through: 'proxy'` to have the calls written down. */
  variables(through: 'moto' | 'proxy'): Readonly<Record<string, string>>;
}

async function launch(url: string): Promise<string> {
  const settings = { endpoint: url, region, credentials };
  const [ec2, iam] = [new EC2Client(settings), new IAMClient(settings)];
  // The first call after a reset loads 1,485 managed policies; whoever is measured must not pay for that.
  await iam.send(new ListRolesCommand({}));
  const answer = await ec2.send(
    new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 }),
  );
  for (const client of [ec2, iam]) client.destroy();
  const id = answer.Instances?.[0]?.InstanceId;
  if (id === undefined) throw new Error('moto launched nothing');
  return id;
}

/** Runs `use` with an account on a moto of its own. */
export async function withAccount<Value>(use: (account: BenchAccount) => Promise<Value>): Promise<Value> {
  const moto: Moto = await startMoto();
  const proxy = await startRecordingProxy(moto.url);
  const base = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
  const now = { instanceId: '', home: base };
  const account: BenchAccount = {
    proxy,
    get instanceId() {
      return now.instanceId;
    },
    async fresh() {
      await moto.reset();
      now.instanceId = await launch(moto.url);
      now.home = await mkdtemp(join(base, 'home-'));
    },
    variables: (through) => ({
      ...bareVariables(now.home),
      AWS_ENDPOINT_URL: through === 'proxy' ? proxy.url : moto.url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
    }),
  };
  try {
    await account.fresh();
    return await use(account);
  } finally {
    await proxy.stop();
    await moto.stop();
    await rm(base, { recursive: true, force: true });
  }
}
