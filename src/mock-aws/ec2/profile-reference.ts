import { authorise } from '../authorisation.js';
import { AwsError } from '../errors.js';
import { iamArn } from '../iam/lookup.js';
import type { Parameters } from '../query/parameters.js';
import type { Context } from '../service.js';
import type { InstanceProfile } from '../iam/state.js';
import { ec2Errors } from './errors.js';

/**
 * The instance profile that a request names, by name or by ARN, as EC2 sees it. Throws what EC2 throws for one that IAM
 * does not have or that has not reached EC2 yet (the two are told in the same words, `terraform-provider-aws#27516`),
 * for one without a role (`hashicorp/terraform#2660`), and when the caller may not pass the role.
 */
export function resolveProfile(parameters: Parameters, context: Context): InstanceProfile {
  const arn = parameters.get('IamInstanceProfile.Arn');
  const name = parameters.get('IamInstanceProfile.Name');
  if (arn === undefined && name === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter IamInstanceProfile');
  }
  const profile = Object.values(context.state.instanceProfiles).find(
    (candidate) => candidate.arn === (arn ?? candidate.arn) && candidate.name === (name ?? candidate.name),
  );
  if (profile === undefined || !isVisible(profile.createdAt, context)) throw invalidProfile(arn, name ?? '');
  requireRole(profile, context);
  return profile;
}

function requireRole(profile: InstanceProfile, context: Context): void {
  const visible = profile.roles.filter(({ addedAt }) => isVisible(addedAt, context));
  if (visible.length === 0) {
    throw new AwsError(
      'InvalidParameterValue',
      `IAM Instance Profile "${profile.arn}" has no associated IAM Roles`,
    );
  }
  for (const { roleName } of visible) {
    const role = context.state.roles[roleName]?.arn ?? iamArn(context, `role/${roleName}`);
    authorise(context, ec2Errors, 'iam:PassRole', role, { 'iam:PassedToService': 'ec2.amazonaws.com' });
  }
}

function isVisible(writtenAt: number, context: Context): boolean {
  return context.now() - writtenAt >= context.settings.propagation.iamToEc2Milliseconds;
}

function invalidProfile(arn: string | undefined, name: string): AwsError {
  const [value, member, noun] = arn === undefined ? [name, 'name', 'name'] : [arn, 'arn', 'ARN'];
  return new AwsError(
    'InvalidParameterValue',
    `Value (${value}) for parameter iamInstanceProfile.${member} is invalid. Invalid IAM Instance Profile ${noun}`,
  );
}
