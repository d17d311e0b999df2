import type { Settings } from '../../core/settings.js';
import type { Runtime } from '../runtime.js';

/** Variables that say already whose credentials are meant (AWS CLI User Guide, "Environment variables"). */
const deciding = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** Lets a person pick one of several profiles of the shared AWS config, where nothing says which one is meant. */
export async function chooseAccount({ settings, environment, prompt }: Runtime): Promise<Settings> {
  if (settings.profile !== null || deciding.some((name) => (environment[name] ?? '') !== '')) return settings;
  const { profileNames } = await import('../../adapters/aws/profile-names.js');
  const names = await profileNames(environment);
  if (names.length < 2) return settings;
  const profile = await prompt.select({
    message: 'Which AWS profile is for the account of the instance?',
    choices: names.map((name) => ({ value: name, label: name })),
    flag: '--profile',
    searchable: true,
  });
  return { ...settings, profile };
}
