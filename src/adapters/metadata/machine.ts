import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Machine } from '../../ports/machine.js';
import type { Environment } from '../../ports/environment.js';
import { endpointOverride } from './endpoint.js';

/** What looking at the machine needs. */
export interface MachineOptions {
  readonly environment: Environment;
  /** Where the file system begins; `/`. */
  readonly root?: string;
}

type ReadText = (file: string) => Promise<string | null>;

function readerBelow(root: string): ReadText {
  return async (file) => {
    try {
      return (await readFile(path.join(root, file), 'utf8')).trim();
    } catch {
      return null;
    }
  };
}

/** The signs are those of "Identify EC2 instances" in the EC2 user guide, and what Nitro instances put into DMI. */
async function detectEc2(
  read: ReadText,
  environment: Environment,
): Promise<Pick<Machine, 'ec2' | 'instanceId'>> {
  if (endpointOverride(environment) !== null) return { ec2: true, instanceId: null };
  const [vendor, asset, product, hypervisor] = await Promise.all(
    ['id/sys_vendor', 'id/board_asset_tag', 'id/product_uuid']
      .map((name) => read(`sys/class/dmi/${name}`))
      .concat(read('sys/hypervisor/uuid')),
  );
  const instanceId =
    asset !== null && asset !== undefined && /^i-[0-9a-f]{8,17}$/u.test(asset) ? asset : null;
  const isXen = [product, hypervisor].some((uuid) => /^ec2/iu.test(uuid ?? ''));
  return { ec2: vendor === 'Amazon EC2' || instanceId !== null || isXen, instanceId };
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

async function detectContainer(read: ReadText, root: string): Promise<string | null> {
  if (await exists(path.join(root, '.dockerenv'))) return 'Docker: /.dockerenv is there';
  if (await exists(path.join(root, 'run/.containerenv'))) return 'Podman: /run/.containerenv is there';
  const groups = (await read('proc/1/cgroup')) ?? '';
  const found = /docker|kubepods|containerd|libpod|lxc/u.exec(groups)?.[0];
  return found === undefined ? null : `${found}: /proc/1/cgroup names it`;
}

/**
 * What kind of machine this is, told from files alone: asking the metadata service where there is none takes its full
 * time-out and worries whoever watches the network.
 */
export async function detectMachine(options: MachineOptions): Promise<Machine> {
  const { environment, root = '/' } = options;
  const read = readerBelow(root);
  const [ec2, container] = await Promise.all([detectEc2(read, environment), detectContainer(read, root)]);
  return { ...ec2, container };
}

/** Whether containers are run on this host: Docker's or Podman's socket is there, or the program is on the search path. */
export async function runsContainers({ environment, root = '/' }: MachineOptions): Promise<boolean> {
  const sockets = ['run/docker.sock', 'var/run/docker.sock', 'run/podman/podman.sock'];
  const folders = (environment['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  const programs = folders.flatMap((folder) => ['docker', 'podman'].map((name) => path.join(folder, name)));
  const signs = [...sockets.map((socket) => path.join(root, socket)), ...programs];
  return (await Promise.all(signs.map(exists))).includes(true);
}
