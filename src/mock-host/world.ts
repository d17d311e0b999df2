import { singleQuoted } from '../core/text/shell-word.js';
import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makePrivateFolder } from '../adapters/private-folder.js';
import type { MockAws, World } from '../mock-aws/index.js';
import type { RehearsalFleet } from './fleet-world.js';
import { withFleet } from './fleet-world.js';
import { defaultWorld, startMockAws } from '../mock-aws/index.js';

/** What the embedded AWS of a rehearsal starts with. */
export interface RehearsalAwsOptions {
  readonly port: number;
  readonly region: string;
  /** `null`: the first instance of the default world. */
  readonly instanceId: string | null;
  /** Many instances that are there too. */
  readonly fleet?: RehearsalFleet;
}

/** The instance that a rehearsal speaks of when none is named. */
export const rehearsalInstanceId = 'i-0abc1234def567890';

function worldWith(instanceId: string, fleet: RehearsalFleet | undefined): World {
  const world = fleet === undefined ? defaultWorld() : withFleet(defaultWorld(), fleet);
  if (world.instances.some((instance) => instance.instanceId === instanceId)) return world;
  return { ...world, instances: [...world.instances, { instanceId, name: 'rehearsal', state: 'running' }] };
}

/**
 * Starts the embedded AWS with the asked instance in it, running and without a profile unless the default world has it
 * otherwise. Delays are as small as lets every wait be seen: about a second from IAM to EC2.
 */
export async function startRehearsalAws({
  port,
  region,
  instanceId,
  fleet,
}: RehearsalAwsOptions): Promise<MockAws> {
  const asked = instanceId ?? rehearsalInstanceId;
  return startMockAws({
    port,
    region,
    world: worldWith(asked, fleet),
    metadataInstanceId: asked,
    propagation: { iamToEc2Milliseconds: 800, ec2ToMetadataMilliseconds: 300, iamToBedrockMilliseconds: 300 },
  });
}

/** Files of a home that a rehearsal works on copies of; credentials are none of them. */
const copied = [
  '.bashrc',
  '.bash_profile',
  '.bash_login',
  '.profile',
  '.zshenv',
  '.zprofile',
  '.zshrc',
  '.config/fish/config.fish',
  '.openclaw/openclaw.json',
];

/** A scratch copy of the host. */
export interface ScratchHost {
  readonly home: string;
  /** Folder with the stand-in for OpenClaw, to be put first on the path. */
  readonly programs: string;
  remove(): Promise<void>;
}

async function copyIfThere(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    await copyFile(from, to);
  } catch {
    // A file that is missing or unreadable is missing from the rehearsal too.
  }
}

async function writeProgram(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await chmod(path, 0o700);
}

/**
 * Makes a private temporary folder with copies of the shell profiles and of OpenClaw's config, and a program `openclaw`
 * that is this package's stand-in; `systemctl` finds no service, so that the user's own gateway is neither read nor restarted. `entry` is the script of this process. Nothing outside the folder is ever changed.
 */
export async function makeScratchHost(home: string | null, entry: string): Promise<ScratchHost> {
  const folder = await makePrivateFolder();
  const scratchHome = join(folder, 'home');
  const programs = join(folder, 'bin');
  await Promise.all([mkdir(scratchHome, { mode: 0o700 }), mkdir(programs, { mode: 0o700 })]);
  if (home !== null)
    await Promise.all(copied.map(async (name) => copyIfThere(join(home, name), join(scratchHome, name))));
  const standIn = `#!/bin/sh\nexec ${singleQuoted(process.execPath)} ${singleQuoted(entry)} __openclaw "$@"\n`;
  await Promise.all([
    writeProgram(join(programs, 'openclaw'), standIn),
    writeProgram(join(programs, 'systemctl'), '#!/bin/sh\nexit 1\n'),
  ]);
  return { home: scratchHome, programs, remove: async () => rm(folder, { recursive: true, force: true }) };
}
