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

function roleProperties(design: RoleDesign): JsonObject {
  const { inline, managedPolicies, permissionsBoundary } = design;
  return {
    ...template.Resources.Role.Properties,
    Description: design.description,
    AssumeRolePolicyDocument: design.trustPolicy,
    ...(permissionsBoundary === null ? {} : { PermissionsBoundary: permissionsBoundary }),
    ...(managedPolicies.length === 0 ? {} : { ManagedPolicyArns: managedPolicies.map(intrinsic) }),
    ...(inline === null
      ? {}
      : {
          Policies: [{ PolicyName: inline.name, PolicyDocument: mapTexts(inline.document, intrinsic) }],
        }),
    Tags: Object.entries(design.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** What the template holds beside the role. */
export interface StackInstance {
  /** The file that an instance reads at its first boot. */
  readonly userData: string;
  /** Metadata hop limit; `null` leaves it to the image. */
  readonly hopLimit: number | null;
}

/** The template: role, policy, instance profile, and an instance that is launched where an image is given. */
export function cloudFormation(design: RoleDesign, { userData, hopLimit }: StackInstance): string {
  const { Resources: resources, Parameters: parameters } = template;
  const { Role, Instance } = resources;
  return toYaml({
    ...template,
    Parameters: { ...parameters, RoleName: { ...parameters.RoleName, Default: design.name } },
    Resources: {
      ...resources,
      Role: { ...Role, Properties: roleProperties(design) },
      Instance: {
        ...Instance,
        Properties: {
          ...Instance.Properties,
          MetadataOptions: {
            HttpTokens: 'required',
            ...(hopLimit === null ? {} : { HttpPutResponseHopLimit: hopLimit }),
          },
          UserData: { 'Fn::Base64': userData },
        },
      },
    },
  });
}
