import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchAccount } from '../account.js';
import { runOnce, type Timed } from '../measure.js';
import { against } from '../other-tool.js';
import { tool } from '../tool.js';

const mirror = process.env['TERRAFORM_PROVIDER_MIRROR'] ?? '';

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

/** Fills a folder with what `render terraform` writes and initializes it; gives the variables to go on with. */
async function initialize(account: BenchAccount, folder: string): Promise<Readonly<Record<string, string>>> {
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

/** The same job with Terraform and the module that `render terraform` writes; `init` is not counted. */
export const terraform = against({
  name: 'terraform',
  words: ['terraform apply', 'terraform plan'],
  less: 'Terraform without the association, which its provider has no resource for',
  missing,
  async prepare(account, base) {
    const folder = join(base, 'module');
    const variables = await initialize(account, folder);
    const run =
      (...words: readonly string[]): Timed =>
      async () => {
        const all = [`-chdir=${folder}`, ...words, '-input=false'];
        return (await runOnce({ program: 'terraform', words: all, variables })).milliseconds;
      };
    return {
      first: run('apply', '-auto-approve'),
      again: run('plan'),
      forget: async () => rm(join(folder, 'terraform.tfstate'), { force: true }),
    };
  },
});
