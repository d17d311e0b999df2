import template from '../../templates/cloudformation/template.json' with { type: 'json' };
import type { EnrollTag } from '../core/account/enrollment.js';
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
  /** What an enrolled instance runs. */
  readonly hostScript: string;
  /** The tag of instances that set themselves up; `null`: none unless the stack says so. */
  readonly enroll: EnrollTag | null;
}

/** The script in the place of the template's own commands. */
function hostDocument(script: string): JsonObject {
  const { Properties, ...rest } = template.Resources.HostDocument;
  const { mainSteps, ...content } = Properties.Content;
  const steps = mainSteps.map((step) => ({
    ...step,
    inputs: { ...step.inputs, runCommand: script.split('\n') },
  }));
  return { ...rest, Properties: { ...Properties, Content: { ...content, mainSteps: steps } } };
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

/** The template: role, policy, instance profile, an enrollment by a tag, and an instance that is launched on request. */
export function cloudFormation(design: RoleDesign, stackInstance: StackInstance): string {
  const { inline } = design;
  const { hostScript, enroll } = stackInstance;
  const { RoleName, EnrollTag, EnrollValue, ...parameters } = template.Parameters;
  return toYaml({
    ...template,
    Parameters: {
      RoleName: { ...RoleName, Default: design.name },
      EnrollTag: { ...EnrollTag, Default: enroll?.key ?? '' },
      EnrollValue: { ...EnrollValue, Default: enroll?.value ?? '' },
      ...parameters,
    },
    Resources: {
      Role: role(design),
      ...(inline === null ? {} : { Policy: policy(inline) }),
      InstanceProfile: template.Resources.InstanceProfile,
      HostDocument: hostDocument(hostScript),
      Enrollment: template.Resources.Enrollment,
      Instance: instance(stackInstance, inline !== null),
    },
  });
}
