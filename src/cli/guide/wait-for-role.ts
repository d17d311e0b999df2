import { fold } from '../../adapters/output/fold.js';
import { ExitCode, SetupError } from '../../core/errors.js';
import { cloudCommandLine } from '../tell/command-line.js';
import type { Here, Runtime } from '../runtime.js';
import { metadataProfile } from './look-around.js';
import { mayUseBedrock } from './operator.js';

/** Milliseconds between two looks at the metadata, and between two tries of a role that may do nothing yet. */
const pause = { metadata: 2000, bedrock: 5000 } as const;
const atMostSeconds = 3600;

function waitedInVain(): SetupError {
  return new SetupError({
    code: 'NO_ROLE_YET',
    message: `no role that may use Bedrock has come to this instance in ${atMostSeconds / 60} minutes`,
    why: 'nobody has run the other half in the account, or it was refused',
    fix: 'run the line above where somebody is signed in to the account, then this command again',
    exitCode: ExitCode.blocked,
  });
}

function instructions(line: string, profile: string | null, columns: number): string {
  const state =
    profile === null
      ? 'This instance has no role yet, and there are no credentials here that could give it one.'
      : `The role in ${profile} may not use Bedrock yet, and there are no credentials here that could change that.`;
  return [
    '',
    ...fold(state, columns),
    ...fold('Paste this into AWS CloudShell, or where you are signed in to the account:', columns),
    '',
    `  ${line}`,
    '',
    ...fold('Leave this running: it goes on by itself. After Ctrl-C, run the same command again.', columns),
    '',
    '',
  ].join('\n');
}

/**
 * Says what to run where somebody is signed in to the account, and waits until this instance has a role that may use
 * Bedrock. Throws NO_ROLE_YET after an hour, and at once what keeps a role that is there from Bedrock other than a refusal.
 */
export async function waitForRole(runtime: Runtime, here: Here, region: string): Promise<void> {
  const { settings, clock, streams, progress, metadata } = runtime;
  const account = await runtime.account(region, 'read-only');
  const before = await metadataProfile(metadata);
  if (before !== null && (await mayUseBedrock(account))) return;
  const target = { here, instanceId: here.instanceId, region, cloud: true, host: true };
  streams.aside(instructions(cloudCommandLine(settings, target), before, streams.columns()));
  const line = progress.begin('role');
  line.waiting('the role to arrive on this instance', atMostSeconds);
  const deadline = clock.now() + atMostSeconds * 1000;
  while (clock.now() < deadline) {
    const profile = await metadataProfile(metadata);
    // What is in the way for a moment does not end an hour's wait.
    if (profile !== null && (await mayUseBedrock(account).catch(() => false))) {
      line.done('+', `${profile} is here`);
      return;
    }
    await clock.sleep(profile === null ? pause.metadata : pause.bedrock);
  }
  line.done('!', 'it has not come');
  throw waitedInVain();
}
