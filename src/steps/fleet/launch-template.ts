import { arnName } from '../../core/policy/arn.js';
import type { Change, Conflict } from '../../core/change.js';
import type { BoundStep, Step } from '../../core/step.js';
import { bindStep } from '../../core/step.js';
import type { GroupTemplate, TemplateVersion } from '../../ports/auto-scaling.js';
import type { FleetReaders, FleetWriters } from '../../ports/lanes.js';
import { notice } from '../conflicts.js';
import type { TemplateOp } from './launch-template-ops.js';
import { applyTemplateOp, parseTemplateOp } from './launch-template-ops.js';

/** What the new instances of a group are to come up with. */
export interface TemplateDesired {
  readonly group: string;
  /** `null`: the group has a launch configuration. */
  readonly template: GroupTemplate | null;
  readonly mixed: boolean;
  readonly profileArn: string;
  /** Names of other profiles that instances of the group keep, with the policy on their roles. */
  readonly alsoFine: readonly string[];
  readonly replace: boolean;
}

/** The launch template of an Auto Scaling group: what replaces an instance is to come up with the profile too. */
const launchTemplate: Step<TemplateDesired, TemplateVersion, TemplateOp, FleetReaders, FleetWriters> = {
  id: 'launch-template',
  lane: 'cloud',
  title: 'launch template',
  after: ['profile-membership'],
  desired({ cloud, settings }) {
    if (cloud?.group === undefined) return null;
    const { found, alsoFine } = cloud.group;
    const { name: group, template, mixed } = found;
    return {
      group,
      template,
      mixed,
      alsoFine,
      profileArn: cloud.profile.arn,
      replace: settings.replaceProfile,
    };
  },
  subject: ({ group, template }, actual) =>
    template === null ? group : `${template.name} ${actual?.version ?? template.version}`,
  async read({ template }, { autoScaling }) {
    if (template === null) return null;
    const versions = await autoScaling.describeVersions(template.id, [template.version]);
    return versions?.[0] ?? null;
  },
  diff,
  async apply(op, ports, context) {
    await applyTemplateOp(op, ports, context);
    return null;
  },
  parseOp: parseTemplateOp,
};

function diff(
  desired: TemplateDesired,
  actual: TemplateVersion | null,
): readonly Change<TemplateOp>[] | Conflict {
  const { group, template, profileArn, alsoFine, replace } = desired;
  const why = `instances that the group ${group} launches from now on come up without ${arnName(profileArn)}`;
  if (template === null)
    return notice(
      'LAUNCH_CONFIGURATION',
      `the group ${group} has a launch configuration, which cannot be changed`,
      why,
      'give the group a launch template, then run this again',
    );
  if (actual === null)
    return notice(
      'NO_LAUNCH_TEMPLATE',
      `the launch template ${template.name} of the group ${group} has no version ${template.version}`,
      why,
      'repair the group, then run this again',
    );
  const has = actual.profile === null ? null : arnName(actual.profile);
  if (has === arnName(profileArn)) return [];
  if (has === null || replace) return bound(desired, template, why) ?? changes(desired, template, actual);
  if (alsoFine.includes(has)) return [];
  return notice(
    'TEMPLATE_HAS_PROFILE',
    `the launch template ${template.name} gives ${has}, which no instance here has`,
    why,
    'change the template yourself, or pass --replace-profile',
  );
}

/** A group that mixes instance types cannot be told to use another version where it is bound to one. */
function bound({ group, mixed }: TemplateDesired, template: GroupTemplate, why: string): Conflict | null {
  if (!mixed || template.version.startsWith('$')) return null;
  return notice(
    'MIXED_GROUP',
    `the group ${group} mixes instance types and is bound to version ${template.version} of ${template.name}`,
    why,
    'let the group use $Default or $Latest, then run this again',
  );
}

function changes(
  { group, profileArn }: TemplateDesired,
  { id: templateId, name, version: uses }: GroupTemplate,
  { version }: TemplateVersion,
): readonly Change<TemplateOp>[] {
  const make: Change<TemplateOp> = {
    action: 'create',
    target: `version of ${name}`,
    detail: `like version ${version}, with ${arnName(profileArn)}`,
    op: { kind: 'create', templateId, source: version, profileArn },
    undo: { kind: 'delete', templateId },
  };
  if (uses === '$Latest') return [make];
  const pinned = uses === '$Default' ? null : group;
  const use: Change<TemplateOp> = {
    action: 'update',
    target: pinned ?? name,
    detail: pinned === null ? 'the new version becomes the default' : 'the group uses the new version',
    op: { kind: 'use', templateId, group: pinned },
    undo: { kind: 'back', templateId, group: pinned, version },
  };
  return [make, use];
}

/** What a group of instances has besides the steps of the cloud lane. */
export const fleetSteps: readonly BoundStep<FleetReaders, FleetWriters>[] = [bindStep(launchTemplate)];
