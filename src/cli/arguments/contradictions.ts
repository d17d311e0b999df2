import { usageError } from '../../core/errors.js';
import { checkFleet } from './fleet-contradictions.js';
import type { Settings } from '../../core/settings.js';

/** Throws a usage error for settings that cannot go together. */
export function checkTogether(settings: Settings): void {
  if (settings.policy.kind === 'scoped' && settings.model === null) {
    throw usageError(
      'MODEL_NEEDED',
      '--policy scoped needs a model',
      'it grants the models of --model and no others',
      'add --model, for example --model sonnet',
    );
  }
  if (settings.useCase !== null && settings.model === null) {
    throw usageError(
      'MODEL_NEEDED',
      '--use-case needs a model',
      "the form is Anthropic's, and is submitted for the model that is to be used",
      'add --model, for example --model sonnet',
    );
  }
  const { render } = settings;
  if (settings.output !== null && render !== null && render !== 'terraform') {
    throw usageError(
      'OUTPUT_NOT_HERE',
      `render ${render} does not take --output`,
      'it is one file, and goes to standard output',
      `leave --output out and redirect: render ${render} > FILE`,
    );
  }
  if (settings.mockFault !== null && !settings.mock) {
    throw usageError(
      'MOCK_NEEDED',
      '--mock-fault needs --mock',
      'a failure can be rehearsed only where nothing real breaks',
      `add --mock, for example ${settings.command} --mock --mock-fault ${settings.mockFault}`,
    );
  }
  if (settings.cloud === 'skip' && settings.host === 'skip') {
    throw usageError(
      'NOTHING_LEFT',
      '--cloud skip and --host skip leave nothing to do',
      'each skips one half',
      'leave one of them out',
    );
  }
  if (settings.enroll !== null && settings.cloud === 'skip') {
    throw usageError(
      'CONTRADICTION',
      '--enroll and --cloud skip contradict each other',
      'the association that enrolls instances is made in the account',
      'leave one of them out',
    );
  }
  if (settings.yes && settings.command === 'setup' && settings.dryRun && !settings.mock) {
    throw usageError(
      'CONTRADICTION',
      '--yes and --dry-run contradict each other',
      '--dry-run writes nothing, so there is nothing to confirm',
      'leave one of them out',
    );
  }
  checkFleet(settings);
}
