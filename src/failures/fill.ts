import type { FailureContext } from './entry.js';

/** What stands in a text for a value that is not known, so that a command shows what is to be filled in. */
const placeholders: Readonly<Record<string, string>> = {
  account: 'ACCOUNT',
  region: 'REGION',
  partition: 'aws',
  roleName: 'ROLE',
  profileName: 'PROFILE',
  instanceId: 'INSTANCE-ID',
  modelId: 'MODEL-ID',
};

/** The command that starts this tool on a machine that does not have it. */
export function toolCommand(version: string | null | undefined): string {
  return `npx openclaw-bedrock-setup${version === null || version === undefined ? '' : `@${version}`}`;
}

/** The account's half, to be done where somebody is signed in; a caller that knows all options of the run gives its own. */
function cloudCommand({ version, instanceId, region }: FailureContext): string {
  const words = [
    '--instance-id',
    instanceId ?? placeholders['instanceId'],
    '--region',
    region ?? placeholders['region'],
  ];
  return `${toolCommand(version)} ${words.join(' ')}`;
}

function contextValues(context: FailureContext): Readonly<Record<string, string>> {
  const { account, region, partition, roleName, profileName, instanceId, modelId, operatorProfile } = context;
  const profileFlag =
    operatorProfile === null || operatorProfile === undefined ? '' : ` --profile ${operatorProfile}`;
  const known = { account, region, partition, roleName, profileName, instanceId, modelId };
  return {
    ...placeholders,
    ...Object.fromEntries(
      Object.entries(known).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    tool: toolCommand(context.version),
    cloudCommand: cloudCommand(context),
    signedInCommand: cloudCommand(context),
    profileFlag,
    ...context.more,
  };
}

/**
 * Fills `{name}` in a text of the catalogue. What is in `values` (taken from AWS's words) wins over the context; a name
 * that nobody knows is left as it stands.
 */
export function fillText(
  text: string,
  context: FailureContext,
  values: Readonly<Record<string, string>>,
): string {
  const all = { ...contextValues(context), ...values };
  return text.replace(/\{([a-zA-Z]+)\}/gu, (whole, name: string) => all[name] ?? whole);
}
