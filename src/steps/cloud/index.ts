import type { BoundStep } from '../../core/step.js';
import { bindStep } from '../../core/step.js';
import type { CloudReaders, CloudWriters } from '../../ports/lanes.js';
import { association } from './association.js';
import { enrollment } from './enrollment.js';
import { iamRole } from './iam-role.js';
import { instanceProfile } from './instance-profile.js';
import { metadataOptions } from './metadata-options.js';
import { permissionPolicy } from './permission-policy.js';
import { profileMembership } from './profile-membership.js';

/** The cloud lane, in the order in which it is shown. */
export const cloudSteps: readonly BoundStep<CloudReaders, CloudWriters>[] = [
  bindStep(iamRole),
  bindStep(permissionPolicy),
  bindStep(instanceProfile),
  bindStep(profileMembership),
  bindStep(association),
  bindStep(metadataOptions),
  bindStep(enrollment),
];
