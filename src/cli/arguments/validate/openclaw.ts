import { WrongValue } from './wrong-value.js';

/** A model id, inference-profile id, ARN, short name or OpenClaw name. Throws WrongValue. */
export function parseModel(value: string): string {
  if (/^[\w.:/-]{2,2048}$/u.test(value)) return value;
  throw new WrongValue(
    'a model is an id, an inference-profile id, an ARN or a name such as sonnet',
    'us.anthropic.claude-sonnet-4-6',
  );
}

/** A comma-separated list of Bedrock provider names. Throws WrongValue. */
export function parseProviders(value: string): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.every((name) => /^[\w .-]{1,64}$/u.test(name))) return names;
  throw new WrongValue('it is a list of Bedrock provider names, separated by commas', 'anthropic,amazon');
}

/** The name of a user of the host. Throws WrongValue. */
export function parseUserName(value: string): string {
  if (/^[a-z_][a-z0-9_.-]{0,31}\$?$/iu.test(value)) return value;
  throw new WrongValue('it is the name of a user of this host', 'ubuntu');
}
