import type { Here } from '../runtime.js';

/** What is there before anything is asked. */
export interface Situation {
  readonly here: Here;
  /** The kind of container around this process, or `null`. */
  readonly container: string | null;
  /** The instance profile that the instance's own metadata names. */
  readonly profile: string | null;
  readonly user: string;
  readonly shell: string;
  readonly openclaw: string | null;
  readonly gateways: readonly string[];
  readonly model: string | null;
}

/** The situation in five lines. */
export function situationLines(situation: Situation): readonly string[] {
  const { here, container, profile, user, shell, openclaw, gateways, model } = situation;
  const account = here.account === null ? '' : `, account ${here.account}`;
  const running = gateways.length === 0 ? 'no gateway is running' : `running as ${gateways.join(', ')}`;
  return [
    `instance  ${here.instanceId} in ${here.region}${account}${container === null ? '' : `; in a container (${container.split(':')[0]})`}`,
    `role      ${profile === null ? 'none yet' : `through the profile ${profile}`}`,
    `user      ${user}, ${shell}`,
    `OpenClaw  ${openclaw === null ? 'not installed' : `${openclaw}; ${running}`}`,
    `model     ${model ?? 'none set'}`,
  ];
}
