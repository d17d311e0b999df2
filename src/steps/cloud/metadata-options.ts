import type { Change, Conflict } from '../../core/change.js';
import type { Step } from '../../core/step.js';
import type { Instance } from '../../ports/ec2.js';
import type { CloudReaders, CloudWriters } from '../../ports/lanes.js';
import { opFields } from '../op-fields.js';
import { notice } from '../conflicts.js';
import { changedSince } from './refusals.js';

/** The hop limit that is wanted; `null` leaves it alone. */
export interface MetadataDesired {
  readonly instanceId: string;
  readonly hopLimit: number | null;
}

/** Sets the hop limit; `expected` is what it must be for an undo to touch it. */
export interface MetadataOp {
  readonly kind: 'set-hop-limit';
  readonly instanceId: string;
  readonly hopLimit: number;
  readonly expected: number | null;
}

/**
 * The hop limit of the instance metadata service, which decides whether a container on the instance gets the role's
 * credentials. Only touched on request; nothing else of the metadata options ever is.
 */
export const metadataOptions: Step<MetadataDesired, Instance, MetadataOp, CloudReaders, CloudWriters> = {
  id: 'metadata-options',
  lane: 'cloud',
  title: 'metadata options',
  after: [],
  desired({ cloud, settings }) {
    if (cloud === null) return null;
    const off = cloud.instance.metadataOptions.endpoint === 'disabled';
    if (settings.hopLimit === null && !off) return null;
    return { instanceId: cloud.instance.id, hopLimit: settings.hopLimit };
  },
  subject: ({ instanceId }) => instanceId,
  read: async ({ instanceId }, { ec2 }) => ec2.describeInstance(instanceId),
  diff,
  async apply(op, ports) {
    await setHopLimit(op, ports);
    return null;
  },
  parseOp(value) {
    const op = opFields('metadata-options', value);
    const kind = op.text('kind');
    if (kind !== 'set-hop-limit') throw op.invalid('kind');
    const hops = (name: string): number => op.count(name, 1, 64);
    const instanceId = op.word('instanceId');
    return { kind, instanceId, hopLimit: hops('hopLimit'), expected: op.orNull('expected', hops) };
  },
};

function diff(
  { instanceId, hopLimit }: MetadataDesired,
  actual: Instance | null,
): readonly Change<MetadataOp>[] | Conflict {
  if (actual?.metadataOptions.endpoint === 'disabled') return turnedOff(instanceId);
  const before = actual?.metadataOptions.hopLimit;
  if (hopLimit === null || before === undefined || before === hopLimit) return [];
  const kind = 'set-hop-limit';
  return [
    {
      action: 'update',
      target: instanceId,
      detail: `metadata hop limit ${before} -> ${hopLimit}`,
      op: { kind, instanceId, hopLimit, expected: null },
      undo: { kind, instanceId, hopLimit: before, expected: hopLimit },
    },
  ];
}

function turnedOff(instanceId: string): Conflict {
  return notice(
    'IMDS_DISABLED',
    `the metadata service of ${instanceId} is turned off`,
    "the role's credentials reach OpenClaw through it; somebody turned it off on purpose, so it is left as it is",
    `run: aws ec2 modify-instance-metadata-options --instance-id ${instanceId} --http-endpoint enabled`,
  );
}

async function setHopLimit(op: MetadataOp, { ec2 }: CloudWriters): Promise<void> {
  const { instanceId, hopLimit, expected } = op;
  if (expected !== null) {
    const now = (await ec2.describeInstance(instanceId))?.metadataOptions.hopLimit;
    if (now === undefined || now === hopLimit) return;
    if (now !== expected) {
      const what = `the metadata hop limit of ${instanceId} is ${now}, not the ${expected} that was set`;
      throw changedSince(what, `set it yourself if ${hopLimit} is right`);
    }
  }
  await ec2.modifyMetadataOptions(instanceId, { hopLimit });
}
