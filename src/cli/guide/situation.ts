import { paragraph } from '../../adapters/output/fold.js';
import type { Here } from '../runtime.js';

/** What is there before anything is asked. */
export interface Situation {
  readonly here: Here;
  /** The kind of container around this process, or `null`. */
  readonly container: string | null;
  /** Whether Docker or Podman runs containers on this host. */
  readonly runsContainers: boolean;
  /** The instance profile that the instance's own metadata names. */
  readonly profile: string | null;
  readonly user: string;
  readonly shell: string;
  readonly openclaw: string | null;
  readonly gateways: readonly string[];
  readonly model: string | null;
}

function containerText({ container, runsContainers }: Situation): string {
  if (container !== null) return `; in a container (${container.split(':')[0]})`;
  return runsContainers ? '; runs containers' : '';
}

/** The situation in five lines; in more where there are not enough columns. */
export function situationLines(situation: Situation, columns: number): readonly string[] {
  const { here, profile, user, shell, openclaw, gateways, model } = situation;
  const account = here.account === null ? '' : `, account ${here.account}`;
  const running = gateways.length === 0 ? 'no gateway is running' : `running as ${gateways.join(', ')}`;
  const lines = [
    `instance  ${here.instanceId} in ${here.region}${account}${containerText(situation)}`,
    `role      ${profile === null ? 'none yet' : `through the profile ${profile}`}`,
    `user      ${user}, ${shell}`,
    `OpenClaw  ${openclaw === null ? 'not installed' : `${openclaw}; ${running}`}`,
    `model     ${model ?? 'none set'}`,
  ];
  return lines.flatMap((line) => paragraph(line.slice(0, 10), line.slice(10), columns));
}
