import type { EnrollTag } from '../core/account/enrollment.js';
import type { Json } from '../ports/json.js';
import { fillText } from './fill.js';
import { hclText, toHcl } from './hcl.js';
import { placeholder } from './role-design.js';
import type { RoleDesign } from './role-design.js';

/** Files of the module by their path in it. */
export type Files = Readonly<Record<string, string>>;

/** What the example holds. */
export interface ExampleInstance {
  /** The file that an instance reads at its first boot. */
  readonly userData: string;
  /** The region that is proposed. */
  readonly region: string;
  /** Metadata hop limit; `null` leaves it to the image. */
  readonly hopLimit: number | null;
  /** What an enrolled instance runs. */
  readonly hostScript: string;
  /** The tag of instances that set themselves up, where the module's user says nothing. */
  readonly enroll: EnrollTag | null;
}

/** The templates that {@link terraformModule} takes, below `templates/terraform`. */
export const moduleTemplates = [
  'versions.tf',
  'variables.tf',
  'main.tf',
  'policy.tf',
  'enrollment.tf',
  'outputs.tf',
  'examples/instance/main.tf',
] as const;

/** A text with the account and the partition that the module is applied in, where they stand for. */
function interpolated(text: string): string {
  return hclText(text)
    .replaceAll(placeholder.partition, '${local.partition}')
    .replaceAll(placeholder.account, '${local.account}');
}

function written(value: Json, indent = ''): string {
  return toHcl(value, indent, hclText);
}

/** The module and its example. `templates` are the texts of {@link moduleTemplates}. */
export function terraformModule(
  design: RoleDesign,
  { userData, region, hopLimit, hostScript, enroll }: ExampleInstance,
  templates: Readonly<Record<(typeof moduleTemplates)[number], string>>,
): Files {
  const { inline } = design;
  const policy: Files =
    inline === null
      ? {}
      : {
          'policy.tf': fillText(templates['policy.tf'], {
            policyName: hclText(inline.name),
            policyDocument: toHcl(inline.document, '  ', interpolated),
          }),
        };
  return {
    'versions.tf': templates['versions.tf'],
    'variables.tf': fillText(templates['variables.tf'], {
      roleName: hclText(design.name),
      permissionsBoundary: written(design.permissionsBoundary),
      tags: written({ ...design.tags }, '  '),
      enroll: written(enroll === null ? null : { ...enroll }, '  '),
    }),
    'main.tf': fillText(templates['main.tf'], {
      managedPolicies: toHcl(design.managedPolicies, '  ', interpolated),
      description: hclText(design.description),
      trustPolicy: written(design.trustPolicy, '  '),
    }),
    ...policy,
    'enrollment.tf': fillText(templates['enrollment.tf'], {
      runCommand: written(hostScript.split('\n'), '          '),
    }),
    'outputs.tf': templates['outputs.tf'],
    'examples/instance/main.tf': fillText(templates['examples/instance/main.tf'], {
      region: hclText(region),
      hopLimit: written(hopLimit),
    }),
    'examples/instance/user-data.yaml': userData,
  };
}

/** The module without its example as one file. */
export function oneFile(files: Files): string {
  return Object.entries(files)
    .filter(([path]) => !path.includes('/'))
    .map(([, text]) => text)
    .join('\n');
}
