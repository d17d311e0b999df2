import type { SetupError } from '../../core/errors.js';
import { usageError } from '../../core/errors.js';
import { isFleet } from '../../core/settings.js';
import type { Settings } from '../../core/settings.js';

function refuse(message: string, why: string, fix: string): SetupError {
  return usageError('CONTRADICTION', message, why, fix);
}

/** Throws a usage error for settings that do not go together where many instances are meant. */
export function checkFleet(settings: Settings): void {
  if (!isFleet(settings)) return;
  const { instanceIds, instancesFile, instanceTags, asg, host, cloud, command, useCase } = settings;
  const named = instanceIds.length > 0 || instancesFile !== null;
  const found = asg === null ? '--instance-tag' : '--asg';
  if (named && (instanceTags.length > 0 || asg !== null))
    throw refuse(
      `${found} and ${instancesFile === null ? '--instance-id' : '--instances-file'} contradict each other`,
      'instances are either named or found',
      'leave one of them out',
    );
  if (command === 'render')
    throw refuse(
      'render does not take more than one --instance-id',
      'what it prints is about one instance or about none',
      'name one instance',
    );
  if (useCase !== null)
    throw refuse(
      'many instances and --use-case do not go together',
      'the form is submitted once for an account, not for each instance',
      'submit it with one of them first, by --instance-id; then leave --use-case out',
    );
  if (host === 'local')
    throw refuse(
      'many instances and --host local contradict each other',
      'local is this very host, and that is one instance at most',
      'leave --host out; the host half of each is done on it, or with --host ssm',
    );
  if (cloud === 'skip' && host !== 'ssm')
    throw refuse(
      'many instances and --cloud skip leave nothing to do',
      'without --host ssm the account is all that can be reached from here',
      'leave --cloud skip out, or add --host ssm',
    );
}
