import template from '../../templates/cloudformation/template.json' with { type: 'json' };
import type { Json, JsonObject } from '../ports/json.js';
import { mapTexts } from './json.js';
import { placeholder } from './role-design.js';
import type { RoleDesign } from './role-design.js';
import { toYaml } from './yaml.js';

/** A text as CloudFormation takes it: with the stack's own partition and account where they stand for. */
function intrinsic(text: string): Json {
  if (!text.includes(placeholder.partition) && !text.includes(placeholder.account)) return text;
  const literal = text.replaceAll('${', '${!');
  return {
    'Fn::Sub': literal
      .replaceAll(placeholder.partition, '${AWS::Partition}')
      .replaceAll(placeholder.account, '${AWS::AccountId}'),
  };
}

function role({
  description,
  trustPolicy,
  permissionsBoundary,
  managedPolicies,
  tags,
}: RoleDesign): JsonObject {
  const { Role } = template.Resources;
  const Properties = {
    ...Role.Properties,
    Description: description,
    AssumeRolePolicyDocument: trustPolicy,
    ...(permissionsBoundary === null ? {} : { PermissionsBoundary: permissionsBoundary }),
    ...(managedPolicies.length === 0 ? {} : { ManagedPolicyArns: managedPolicies.map(intrinsic) }),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
  return { ...Role, Properties };
}

function policy({ name, document }: NonNullable<RoleDesign['inline']>): JsonObject {
  const { Policy } = template.Resources;
  const PolicyDocument = mapTexts(document, intrinsic);
  return { ...Policy, Properties: { PolicyName: name, PolicyDocument, ...Policy.Properties } };
}

/** What the template holds beside the role. */
export interface StackInstance {
  /** The file that an instance reads at its first boot. */
  readonly userData: string;
  /** Metadata hop limit; `null` leaves it to the image. */
  readonly hopLimit: number | null;
}

function instance({ userData, hopLimit }: StackInstance, needsPolicy: boolean): JsonObject {
  const { Properties, ...rest } = template.Resources.Instance;
  const MetadataOptions = {
    HttpTokens: 'required',
    ...(hopLimit === null ? {} : { HttpPutResponseHopLimit: hopLimit }),
  };
  return {
    ...rest,
    ...(needsPolicy ? { DependsOn: 'Policy' } : {}),
    Properties: { ...Properties, MetadataOptions, UserData: { 'Fn::Base64': userData } },
  };
}

/** The template: role, policy, instance profile, and an instance that is launched on request. */
export function cloudFormation(design: RoleDesign, stackInstance: StackInstance): string {
  const { inline } = design;
  const { RoleName, ...parameters } = template.Parameters;
  return toYaml({
    ...template,
    Parameters: { RoleName: { ...RoleName, Default: design.name }, ...parameters },
    Resources: {
      Role: role(design),
      ...(inline === null ? {} : { Policy: policy(inline) }),
      InstanceProfile: template.Resources.InstanceProfile,
      Instance: instance(stackInstance, inline !== null),
    },
  });
}
