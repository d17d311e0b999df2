import { readTemplates } from '../../adapters/templates.js';
import type { EnrollmentGoal } from '../../core/account/enrollment.js';
import { hostScript } from '../../core/remote/script.js';
import type { Settings } from '../../core/settings.js';
import { remoteWords, toolSource } from './words.js';

/** What an instance runs to set itself up; without a region it takes its own. */
export async function selfSetUpScript(settings: Settings, region: string | null): Promise<string> {
  const { 'run-on-host.sh': template } = await readTemplates('ssm', ['run-on-host.sh']);
  const words = remoteWords(settings, 'setup', region, null);
  return hostScript({ template, owner: settings.openclawUser, tool: toolSource(settings), words });
}

/** What the instances with the tag of `--enroll` run; `null` without it. */
export async function enrollmentGoal(settings: Settings, region: string): Promise<EnrollmentGoal | null> {
  if (settings.enroll === null) return null;
  return { ...settings.enroll, script: await selfSetUpScript(settings, region) };
}
