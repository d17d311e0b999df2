import { readTemplates } from '../../adapters/templates.js';
import type { EnrollmentGoal } from '../../core/enrollment.js';
import { hostScript } from '../../core/remote/script.js';
import type { Settings } from '../../core/settings.js';
import { remoteWords, toolSource } from './words.js';

/** What the instances with the tag of `--enroll` run; `null` without it. */
export async function enrollmentGoal(settings: Settings, region: string): Promise<EnrollmentGoal | null> {
  if (settings.enroll === null) return null;
  const { 'run-on-host.sh': template } = await readTemplates('ssm', ['run-on-host.sh']);
  const words = remoteWords(settings, 'setup', region, null);
  const script = hostScript({ template, owner: settings.openclawUser, tool: toolSource(settings), words });
  return { ...settings.enroll, script };
}
