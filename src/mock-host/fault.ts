import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MockAws } from '../mock-aws/index.js';
import type { ScratchHost } from './world.js';

/** What can be bent: the embedded AWS and the scratch host, both made for this run alone. */
export interface FaultWorld {
  readonly aws: MockAws;
  readonly region: string;
  readonly instanceId: string;
  /** Of the role and of the instance profile. */
  readonly roleName: string;
  /** The scratch home. */
  readonly home: string;
  /** The folder with the stand-in for OpenClaw. */
  readonly programs: string;
  /** The hosts that are reached from afar, by instance; none where the host half is done here. */
  readonly hosts: ReadonlyMap<string, Pick<ScratchHost, 'home' | 'programs'>>;
}

/** How a run is made that does the host half from afar. */
export interface FromAfar {
  /** The role lets agents register. */
  readonly ssm: boolean;
  /** Seconds that one host may take. */
  readonly hostTimeoutSeconds?: number;
}

/**
 * When a failure strikes: before anything is looked at, or once everything is in place and is about to be checked.
 * `verify` begins with everything in place.
 */
export type Moment = 'first' | 'in place';

/** A failure that can be rehearsed: how the world is bent so that it is met for real. */
export interface RehearsedFault {
  /** When it strikes in `setup`. */
  readonly strikes: Moment;
  /** Left out: `verify` meets it too. */
  readonly setupOnly?: true;
  /** The model that the run is about when the user names none. */
  readonly model?: string;
  /** The run replaces the profile that the instance has. */
  readonly replaceProfile?: true;
  /** The gateway's AWS profile when the user names none. */
  readonly gatewayProfile?: string;
  /** The host half is done from afar when the user says nothing else. */
  readonly afar?: FromAfar;
  /** The operator has no credentials. */
  readonly signedOut?: true;
  bend(world: FaultWorld): void | Promise<void>;
}

/** Failures that can be rehearsed, by code. */
export type FaultTable = Readonly<Record<string, RehearsedFault>>;

/** Bends a world so that an operation is refused in these words, again and again. */
export function refuse(
  service: string,
  operation: string | null,
  error: { readonly status: number; readonly code: string; readonly message: string },
): RehearsedFault['bend'] {
  return ({ aws }) => {
    aws.settings.faults.push({ service, ...(operation === null ? {} : { operation }), kind: error });
  };
}

/** Writes a file of the scratch home, over what is there. */
export async function put({ home }: FaultWorld, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(home, name)), { recursive: true, mode: 0o700 });
  await writeFile(join(home, name), text, { mode: 0o600 });
}

/** Adds a line to a file of the scratch home. */
export async function add({ home }: FaultWorld, name: string, line: string): Promise<void> {
  await writeFile(join(home, name), `${line}\n`, { flag: 'a', mode: 0o600 });
}

/** Puts a program of the shell into the place of one that an instance's host has. */
export async function replaceProgram(
  { hosts, instanceId }: FaultWorld,
  name: string,
  script: string,
): Promise<void> {
  const host = hosts.get(instanceId);
  if (host !== undefined)
    await writeFile(join(host.programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o700 });
}

/** Removes a file or a folder of the scratch home. */
export async function remove({ home }: FaultWorld, name: string): Promise<void> {
  await rm(join(home, name), { recursive: true, force: true });
}
