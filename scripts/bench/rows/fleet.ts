import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mockAwsEnvironment, startMockAws } from '../../../src/mock-aws/index.js';
import type { BenchRow, Figure } from '../figure.js';
import { runOnce } from '../measure.js';
import { bareVariables, tool } from '../tool.js';

const preload = fileURLToPath(new URL('../peak-memory.cjs', import.meta.url));

/** Associations that EC2 lets through at once, and each second afterwards. */
const bucket = { burst: 100, perSecond: 5 };

function idOf(number: number): string {
  return `i-0f${number.toString(16).padStart(15, '0')}`;
}

async function peakIn(folder: string, pid: number): Promise<number> {
  const name = (await readdir(folder)).find((entry) => entry.endsWith(`.${pid}`)) ?? '';
  return Number(await readFile(join(folder, name), 'utf8')) / 1024;
}

/** Sets up so many instances once, with EC2's own token buckets and 60 ms for each call. */
async function setUp(number: number): Promise<readonly Figure[]> {
  const tags = { env: 'prod' };
  const aws = await startMockAws({
    instances: Array.from({ length: number }, (_, index) => ({ instanceId: idOf(index), tags })),
    latencyMilliseconds: 60,
    ec2TokenBuckets: true,
  });
  const folder = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
  try {
    const variables = {
      ...bareVariables(folder),
      ...mockAwsEnvironment(aws, 'operator'),
      AWS_EC2_METADATA_DISABLED: 'true',
      NODE_OPTIONS: `--require=${preload}`,
      PEAK_MEMORY_FILE: join(folder, 'peak'),
    };
    const command = tool(['--instance-tag', 'env=prod', '--yes', '--json'], variables);
    const { milliseconds, pid, stdout } = await runOnce(command);
    const done = stdout.split('"status": "done"').length - 1;
    if (done !== number) throw new Error(`${done} of ${number} instances are set up`);
    const throttled = aws.calls.filter(({ status }) => status === 503).length;
    const wall = milliseconds / 1000;
    const floor = Math.max(0, number - bucket.burst) / bucket.perSecond;
    const against = `${wall.toFixed(1)} s; the buckets alone take ${floor.toFixed(0)} s; ${throttled} calls throttled`;
    const pages = Math.ceil(number / 1000);
    const name = number === 1 ? 'one instance by tag' : `${number} instances`;
    return [
      {
        name: `${name}: calls`,
        value: aws.calls.length,
        unit: 'calls',
        bar: number + 20 + 3 * pages,
        detail: against,
      },
      ...(floor === 0
        ? []
        : [
            {
              name: `${name}: wall time`,
              value: wall / floor,
              unit: 'x',
              bar: 1.1,
              detail: against,
            } as const,
          ]),
      { name: `${name}: peak memory`, value: await peakIn(folder, pid), unit: 'MiB', bar: 150, detail: '' },
    ];
  } finally {
    await aws.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Up to a thousand instances: about three minutes. */
export const fleet: BenchRow = {
  name: 'fleet',
  run: async () => [...(await setUp(1)), ...(await setUp(100)), ...(await setUp(1000))],
};

/** Ten thousand instances: about 33 minutes, nearly all of them idle. */
export const largeFleet: BenchRow = { name: 'fleet-10000', run: async () => setUp(10_000) };
