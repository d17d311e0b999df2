import type { ApplyContext } from '../../core/step.js';
import type { TemplateVersion } from '../../ports/auto-scaling.js';
import type { FleetWriters } from '../../ports/lanes.js';
import { opFields } from '../op-fields.js';
import { failure } from '../../core/errors.js';
import { changedSince, inUse } from '../cloud/refusals.js';
import { readAfterRefusal } from '../cloud/settle.js';

/**
 * Edits of a launch template. `create` makes a version with the profile, `delete` takes it away. `use` lets new instances
 * come from it, those of a group or, without one, all that take the default version; `back` lets them come from `version`.
 */
export type TemplateOp =
  | {
      readonly kind: 'create';
      readonly templateId: string;
      readonly source: string;
      readonly profileArn: string;
    }
  | { readonly kind: 'delete'; readonly templateId: string }
  | { readonly kind: 'use'; readonly templateId: string; readonly group: string | null }
  | {
      readonly kind: 'back';
      readonly templateId: string;
      readonly group: string | null;
      readonly version: string;
    };

/** The description by which a version is found again: nothing else of it can be tagged. */
export function versionMark(receiptId: string): string {
  return `openclaw-bedrock-setup ${receiptId}`;
}

async function findOurs(
  templateId: string,
  { autoScaling }: FleetWriters,
  context: ApplyContext,
): Promise<TemplateVersion | null> {
  const versions = (await autoScaling.describeVersions(templateId)) ?? [];
  return versions.find(({ description }) => description === versionMark(context.receiptId)) ?? null;
}

/** Makes one edit of a launch template. Throws CHANGED_SINCE, IN_USE and TEMPLATE_VERSION_GONE. */
export async function applyTemplateOp(
  op: TemplateOp,
  ports: FleetWriters,
  context: ApplyContext,
): Promise<void> {
  const { autoScaling } = ports;
  const { templateId } = op;
  const find = async (): Promise<TemplateVersion | null> => findOurs(templateId, ports, context);
  const ours = await find();
  switch (op.kind) {
    case 'create': {
      const { source, profileArn } = op;
      if (ours !== null) return;
      const description = versionMark(context.receiptId);
      await autoScaling.createVersion({ templateId, source, profileArn, description });
      return;
    }
    case 'delete':
      return ours === null ? undefined : remove(templateId, ours, ports);
    case 'use': {
      const made = ours ?? (await readAfterRefusal(ports.clock, find));
      if (made === null) throw gone(templateId);
      return use(op.group, templateId, made.version, ports);
    }
    case 'back':
      return ours === null ? undefined : goBack(op, ours, ports);
  }
}

async function remove(
  templateId: string,
  { version, isDefault }: TemplateVersion,
  { autoScaling }: FleetWriters,
): Promise<void> {
  if (isDefault)
    throw inUse(
      `version ${version} of the launch template ${templateId} is its default one`,
      'make another version the default, then run undo again',
    );
  return autoScaling.deleteVersion(templateId, version);
}

async function use(
  group: string | null,
  templateId: string,
  version: string,
  { autoScaling }: FleetWriters,
): Promise<void> {
  if (group === null) return autoScaling.setDefaultVersion(templateId, version);
  return autoScaling.setGroupVersion(group, templateId, version);
}

async function defaultVersion(templateId: string, { autoScaling }: FleetWriters): Promise<string | null> {
  const versions = (await autoScaling.describeVersions(templateId)) ?? [];
  return versions.find(({ isDefault }) => isDefault)?.version ?? null;
}

async function groupVersion(group: string, { autoScaling }: FleetWriters): Promise<string | null> {
  return (await autoScaling.describeGroup(group))?.template?.version ?? null;
}

async function goBack(
  { group, templateId, version }: Extract<TemplateOp, { kind: 'back' }>,
  ours: TemplateVersion,
  ports: FleetWriters,
): Promise<void> {
  const used = group === null ? await defaultVersion(templateId, ports) : await groupVersion(group, ports);
  if (used === null || used === version) return;
  if (used !== ours.version)
    throw changedSince(
      group === null
        ? `the default version of the launch template ${templateId} was changed since`
        : `the Auto Scaling group ${group} uses another version of its launch template by now`,
      'nothing to do unless the former version is wanted',
    );
  await use(group, templateId, version, ports);
}

function gone(templateId: string): Error {
  return failure(
    'TEMPLATE_VERSION_GONE',
    `the version that was just made of the launch template ${templateId} is not there`,
    'somebody has deleted it meanwhile, or EC2 does not show it yet',
    'run the same command again',
  );
}

/** An edit of a launch template from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parseTemplateOp(value: unknown): TemplateOp {
  const op = opFields('launch-template', value);
  const kind = op.text('kind');
  const templateId = op.word('templateId');
  switch (kind) {
    case 'create':
      return { kind: 'create', templateId, source: op.word('source'), profileArn: op.word('profileArn') };
    case 'delete':
      return { kind: 'delete', templateId };
    case 'use':
      return { kind: 'use', templateId, group: op.orNull('group', op.word) };
    case 'back':
      return { kind: 'back', templateId, group: op.orNull('group', op.word), version: op.word('version') };
    default:
      throw op.invalid('kind');
  }
}
