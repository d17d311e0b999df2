/** A client's schemas, by the client's folder, and of which structures which members are kept. */
type Kept = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/**
 * What this program sends and reads of the largest answers of AWS. Other members are left out of the SDK's schemas, and
 * with them the schemas that only they lead to. The SDK passes over members that it does not know.
 */
export const keptMembers: Kept = {
  'client-iam': {
    CreateRoleRequest: ['RoleName', 'AssumeRolePolicyDocument', 'Description', 'PermissionsBoundary', 'Tags'],
    EvaluationResult: [
      'EvalActionName',
      'EvalDecision',
      'EvalResourceName',
      'MatchedStatements',
      'MissingContextValues',
      'OrganizationsDecisionDetail',
      'PermissionsBoundaryDecisionDetail',
      'ResourceSpecificResults',
    ],
    Policy: ['Arn', 'Description', 'PolicyName', 'Tags'],
    ResourceSpecificResult: [
      'EvalResourceName',
      'EvalResourceDecision',
      'MatchedStatements',
      'MissingContextValues',
      'PermissionsBoundaryDecisionDetail',
    ],
    Role: ['RoleName', 'Arn', 'AssumeRolePolicyDocument', 'Description', 'PermissionsBoundary', 'Tags'],
  },
  'client-ec2': {
    LaunchTemplate: ['LaunchTemplateId', 'LaunchTemplateName'],
    Region: ['RegionName'],
    Reservation: ['Instances'],
    Instance: ['InstanceId', 'State', 'Tags', 'ClientToken', 'IamInstanceProfile', 'MetadataOptions'],
    RequestLaunchTemplateData: ['IamInstanceProfile'],
    ResponseLaunchTemplateData: ['IamInstanceProfile'],
    LaunchTemplateVersion: [
      'LaunchTemplateId',
      'LaunchTemplateName',
      'VersionNumber',
      'VersionDescription',
      'DefaultVersion',
      'LaunchTemplateData',
    ],
  },
  'client-auto-scaling': {
    AutoScalingGroup: ['AutoScalingGroupName', 'Instances', 'LaunchTemplate', 'MixedInstancesPolicy'],
    Instance: ['InstanceId', 'LaunchTemplate'],
    LaunchTemplate: ['LaunchTemplateSpecification'],
    MixedInstancesPolicy: ['LaunchTemplate'],
    UpdateAutoScalingGroupType: ['AutoScalingGroupName', 'LaunchTemplate', 'MixedInstancesPolicy'],
  },
  'client-ssm': {
    Association: ['AssociationId', 'AssociationName', 'InstanceId', 'Name', 'Targets'],
    AssociationDescription: ['AssociationId', 'AssociationName', 'Name', 'Parameters', 'Targets'],
    Command: ['CommandId'],
    CommandInvocation: ['InstanceId', 'Status', 'StatusDetails', 'CommandPlugins'],
    CommandPlugin: ['Output'],
    CreateAssociationRequest: [
      'AssociationName',
      'MaxConcurrency',
      'MaxErrors',
      'Name',
      'Parameters',
      'Tags',
      'Targets',
    ],
    GetCommandInvocationResult: ['StandardOutputContent'],
    InstanceInformation: ['InstanceId', 'LastPingDateTime', 'PingStatus', 'PlatformType'],
    SendCommandRequest: [
      'Comment',
      'DocumentName',
      'InstanceIds',
      'MaxConcurrency',
      'MaxErrors',
      'Parameters',
      'TimeoutSeconds',
    ],
    UpdateAssociationRequest: [
      'AssociationId',
      'AssociationName',
      'MaxConcurrency',
      'MaxErrors',
      'Name',
      'Parameters',
      'Targets',
    ],
  },
  // A profile's role is assumed with what the shared config can say of it.
  'client-sts': {
    AssumeRoleRequest: [
      'RoleArn',
      'RoleSessionName',
      'DurationSeconds',
      'ExternalId',
      'SerialNumber',
      'TokenCode',
    ],
    AssumeRoleResponse: ['Credentials', 'AssumedRoleUser'],
    AssumeRoleWithWebIdentityRequest: ['RoleArn', 'RoleSessionName', 'WebIdentityToken', 'DurationSeconds'],
    AssumeRoleWithWebIdentityResponse: ['Credentials', 'AssumedRoleUser'],
    GetCallerIdentityResponse: ['Account', 'Arn'],
  },
  'client-bedrock': {
    FoundationModelSummary: [
      'modelArn',
      'modelId',
      'modelName',
      'providerName',
      'inputModalities',
      'outputModalities',
      'responseStreamingSupported',
      'inferenceTypesSupported',
      'modelLifecycle',
    ],
    FoundationModelLifecycle: ['status', 'endOfLifeTime'],
    InferenceProfileSummary: [
      'inferenceProfileName',
      'models',
      'inferenceProfileArn',
      'inferenceProfileId',
      'status',
      'type',
    ],
  },
  'client-bedrock-runtime': {
    ConverseRequest: ['modelId', 'messages', 'inferenceConfig'],
    ConverseResponse: ['output', 'stopReason', 'usage'],
    ConverseStreamRequest: ['modelId', 'messages', 'inferenceConfig'],
    ConverseStreamMetadataEvent: ['usage'],
    ContentBlock: ['text'],
    ContentBlockStart: [],
    ContentBlockDelta: ['text'],
  },
};

/**
 * Clients without schemas of their errors. The SDK makes errors that it does not know of what AWS says, with the same name
 * (but for `Exception` behind it), text and status, as it does for all errors of EC2, which describes none.
 */
export const errorless: readonly string[] = [
  'client-auto-scaling',
  'client-bedrock',
  'client-iam',
  'client-service-quotas',
  'client-ssm',
  'client-sts',
  'nested-clients/sso',
  'nested-clients/sso-oidc',
];

const schemasFile =
  /^@aws-sdk\/(?<folder>client-[^/]+|nested-clients)\/dist-es\/(?:submodules\/(?<nested>[^/]+)\/)?schemas\/schemas_0\.js$/u;

/** The client whose schemas a module of `node_modules` holds, e.g. `client-iam`, `nested-clients/sso`; `''` for any other. */
export function clientOf(name: string): string {
  const { folder, nested } = schemasFile.exec(name)?.groups ?? {};
  return [folder, nested].filter((part) => part !== undefined).join('/');
}

/** A client's schemas without those of its errors, but for the one that stands for all others. */
export function withoutErrors(source: string): string {
  return source.replaceAll(/^n0_registry\.registerError\(.*\);$/gmu, '');
}

const constant = /^const (_\w+) = ["'`]([^"'`]*)["'`];$/gmu;

/** The parts of a list between its outer brackets, as text. */
function partsOf(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [index, character] of list.split('').entries()) {
    if ('[{('.includes(character)) depth += 1;
    if (']})'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(list.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, list.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}

function inside(list: string): string {
  return list.trim().slice(1, -1);
}

/** Where the schema of a structure stands: `[kind, namespace, name, traits, [names], [schemas], required]`. */
function findSchema(source: string, structure: string): { readonly start: number; readonly end: number } {
  const head = `export var ${structure}$ = `;
  const start = source.indexOf(head) + head.length;
  const end = source.indexOf('\n];', start) + 2;
  if (start < head.length || end < start) throw new Error(`no schema of ${structure}`);
  return { start, end };
}

/** The names of a structure's members, in order. */
export function memberNames(source: string, structure: string): readonly string[] {
  const names = new Map([...source.matchAll(constant)].map(([, key = '', value = '']) => [key, value]));
  const { start, end } = findSchema(source, structure);
  const [, , , , members = '[]'] = partsOf(inside(source.slice(start, end)));
  return partsOf(inside(members)).map((key) => names.get(key) ?? key);
}

/** A client's schemas with the kept members only. Throws where one of them is not there, e.g. after an update of the SDK. */
export function pruneSchemas(
  source: string,
  structures: Readonly<Record<string, readonly string[]>>,
): string {
  return Object.entries(structures).reduce((text, [structure, kept]) => {
    const names = memberNames(text, structure);
    const missing = kept.filter((name) => !names.includes(name));
    if (missing.length > 0) throw new Error(`${structure} has no ${missing.join(', ')}`);
    const { start, end } = findSchema(text, structure);
    const [kind, space, name, traits, members = '', schemas = '', required] = partsOf(
      inside(text.slice(start, end)),
    );
    const keep = (_: string, index: number): boolean => kept.includes(names[index] ?? '');
    const lists = [members, schemas].map((list) => `[${partsOf(inside(list)).filter(keep).join(', ')}]`);
    const count = required === undefined ? [] : [String(Math.min(Number(required), kept.length))];
    const schema = [kind, space, name, traits, ...lists, ...count].join(', ');
    return `${text.slice(0, start)}[${schema}]${text.slice(end)}`;
  }, source);
}
