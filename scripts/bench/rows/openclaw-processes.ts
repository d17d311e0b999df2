import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mockAwsEnvironment, startMockAws } from '../../../src/mock-aws/index.js';
import type { BenchRow, Figure } from '../figure.js';
import { notMeasured } from '../figure.js';
import { runOnce } from '../measure.js';
import { bareVariables, tool } from '../tool.js';

const folder = resolve(process.env['OPENCLAW_E2E_FOLDER'] ?? '.cache/openclaw');
const version = '2026.2.26';
const instanceId = 'i-0abc1234def567890';
const rows = [
  { name: 'OpenClaw processes: first run', unit: 'processes', bar: 2 },
  { name: 'OpenClaw processes: no-op', unit: 'processes', bar: 1 },
] as const;

/** The OpenClaw processes in a trace. */
function openClawsIn(svg: string): readonly string[] {
  return [...svg.matchAll(/<title>child process: (openclaw [^,<]*),/gu)].map(([, name = '']) => name);
}

async function measure(): Promise<readonly Figure[]> {
  const mock = await startMockAws();
  const home = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
  try {
    const bare = bareVariables(home);
    const own = ['node', version].map((name) => join(folder, name, 'node_modules', '.bin'));
    const PATH = [...own.toReversed(), bare['PATH']].join(':');
    const trace = join(home, 'trace.svg');
    const words = ['--instance-id', instanceId, '--host', 'local', '--yes', '--no-restart-gateway', '--json'];
    const variables = { ...bare, ...mockAwsEnvironment(mock, 'operator'), PATH };
    const command = tool([...words, '--trace', trace], variables, [0, 1]);
    const figures: Figure[] = [];
    for (const row of rows) {
      await runOnce(command);
      const started = openClawsIn(await readFile(trace, 'utf8'));
      figures.push({ ...row, value: started.length, detail: started.join(', ') });
    }
    return figures;
  } finally {
    await mock.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** How often a real OpenClaw, the release with Bedrock in itself, is started. */
export const openClawProcesses: BenchRow = {
  name: 'openclaw-processes',
  run: async () =>
    access(join(folder, version)).then(measure, () =>
      rows.map((row) =>
        notMeasured(row, `no OpenClaw ${version} in ${folder}: test/e2e/install-openclaw.sh`),
      ),
    ),
};
