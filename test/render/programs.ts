import { access, chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { pretended } from '../support/account.js';
import { requirement } from '../support/requirements.js';

/** How a program ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with these variables, the path and nothing else. Never rejects. */
export async function run(
  program: string,
  words: readonly string[],
  options: {
    readonly folder?: string;
    readonly variables?: Readonly<Record<string, string>>;
    readonly input?: string;
  } = {},
): Promise<Ended> {
  const { folder = tmpdir(), variables = {}, input = '' } = options;
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', ...variables };
  const result = await execa(program, [...words], {
    cwd: folder,
    env,
    extendEnv: false,
    input,
    reject: false,
    stripFinalNewline: false,
    timeout: 120_000,
  });
  return { exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
}

/** The variables with which the AWS CLI and Terraform reach a pretended AWS. */
export function awsVariables(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: pretended.accessKeyId,
    AWS_SECRET_ACCESS_KEY: pretended.secretAccessKey,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** An empty folder that is removed afterwards. */
export async function withFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'render-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes files, each by its path in a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** Puts programs into a folder that stand in for real ones; gives the folder. */
export async function standIns(folder: string, scripts: Readonly<Record<string, string>>): Promise<string> {
  const programs = join(folder, 'programs');
  await writeFiles(programs, scripts);
  for (const name of Object.keys(scripts)) await chmod(join(programs, name), 0o755);
  return programs;
}

/** A folder that holds the AWS provider as Terraform's own mirrors do. */
const mirror = process.env['TERRAFORM_PROVIDER_MIRROR'] ?? '';

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whether Terraform's AWS provider is on this machine. */
export async function providerRequirement(): Promise<boolean> {
  return requirement("Terraform's AWS provider", async () => {
    const configured = process.env['TF_CLI_CONFIG_FILE'] ?? '';
    return (mirror !== '' && (await isThere(mirror))) || (configured !== '' && (await isThere(configured)));
  });
}

/** The variables with which Terraform finds its provider without a network. */
export async function terraformVariables(folder: string): Promise<Readonly<Record<string, string>>> {
  const common = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', HOME: folder };
  if (mirror === '' || !(await isThere(mirror))) {
    return { ...common, TF_CLI_CONFIG_FILE: process.env['TF_CLI_CONFIG_FILE'] ?? '' };
  }
  const file = join(folder, 'terraform.rc');
  await writeFile(file, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`);
  return { ...common, TF_CLI_CONFIG_FILE: file };
}
