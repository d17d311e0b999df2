import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchAccount, withAccount } from '../account.js';
import type { BenchRow, Figure } from '../figure.js';
import { notMeasured } from '../figure.js';
import { compare, runOnce, type Timed } from '../measure.js';
import { tool } from '../tool.js';
import { cloudHalf } from './setup-command.js';

const mirror = process.env['TERRAFORM_PROVIDER_MIRROR'] ?? '';
const rows = [
  { name: 'first run against terraform apply', unit: 'x', bar: 1 },
  { name: 'no-op against terraform plan', unit: 'x', bar: 1 },
] as const;

const provider = `provider "aws" {
  skip_metadata_api_check = true
  skip_region_validation  = true
}
`;

function missing(): string | null {
  if (mirror === '') return 'TERRAFORM_PROVIDER_MIRROR names no folder with its AWS provider';
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'terraform is not installed';
  }
}

/** A folder with what `render terraform` writes, initialized. */
async function prepare(account: BenchAccount, folder: string): Promise<Readonly<Record<string, string>>> {
  const variables = { ...account.variables('moto'), CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
  await mkdir(folder);
  await runOnce(tool(['render', 'terraform', '--output', folder], variables));
  await writeFile(join(folder, 'provider.tf'), provider);
  const settings = join(folder, 'terraform.rc');
  await writeFile(
    settings,
    `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`,
  );
  const all = { ...variables, TF_CLI_CONFIG_FILE: settings };
  await runOnce({
    program: 'terraform',
    words: [`-chdir=${folder}`, 'init', '-input=false'],
    variables: all,
  });
  return all;
}

async function measure(rounds: number, base: string): Promise<readonly Figure[]> {
  return withAccount(async (account) => {
    const folder = join(base, 'module');
    const variables = await prepare(account, folder);
    const terraform =
      (...words: readonly string[]): Timed =>
      async () =>
        (
          await runOnce({
            program: 'terraform',
            words: [`-chdir=${folder}`, ...words, '-input=false'],
            variables,
          })
        ).milliseconds;
    const ours: Timed = async () => (await runOnce(cloudHalf(account, 'moto'))).milliseconds;
    const freshly =
      (run: Timed): Timed =>
      async () => {
        await account.fresh();
        await rm(join(folder, 'terraform.tfstate'), { force: true });
        return run();
      };
    const first = await compare(freshly(ours), freshly(terraform('apply', '-auto-approve')), rounds);
    const again = await compare(ours, terraform('plan'), rounds);
    const note = 'Terraform without the association, which its provider has no resource for';
    return [
      { ...rows[0], value: first.ratio, detail: `${first.detail}; ${note}` },
      { ...rows[1], value: again.ratio, detail: `${again.detail}; ${note}` },
    ];
  });
}

/** The same job with Terraform and the module that `render terraform` writes; `init` is not counted. */
export const terraform: BenchRow = {
  name: 'terraform',
  async run({ rounds }) {
    const why = missing();
    if (why !== null) return rows.map((row) => notMeasured(row, why));
    const base = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
    try {
      return await measure(Math.min(rounds, 3), base);
    } finally {
      await rm(base, { recursive: true, force: true });
    }
  },
};
