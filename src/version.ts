import packageJson from '../package.json' with { type: 'json' };

/** The version of this package. */
export const version: string = packageJson.version;

/** The name of this package, and of its command. */
export const toolName = 'openclaw-bedrock-setup';

/** What npx fetches elsewhere to have this very version. */
export const thisTool = `${toolName}@${version}`;
