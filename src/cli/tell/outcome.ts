import { ExitCode, SetupError } from '../../core/errors.js';
import type { ErrorDetails } from '../../core/errors.js';
import type { Prepared } from '../look/prepare.js';
import { driftCode, firstFailure } from '../../core/finding.js';
import type { Finding } from '../../core/finding.js';
import type { Report } from '../../core/report.js';
import { bareInstance, emptyReport, withError } from '../../core/report.js';
import { plannedResults } from '../../core/change-result.js';
import { arnName } from '../../core/policy/arn.js';
import { partitionOfRegion } from '../../core/model/bedrock-regions.js';
import type { Goal } from '../../core/goal.js';
import type { Settings } from '../../core/settings.js';
import { isFleet } from '../../core/settings.js';
import type { FailureContext } from '../../failures/index.js';
import { toErrorDetails } from '../../failures/index.js';
import { version } from '../../version.js';
import { cloudCommandLine, signedInCommandLine } from './command-line.js';
import type { Runtime } from '../runtime.js';
import type { Target } from '../look/target.js';
import { elsewhere, resolveTarget } from '../look/target.js';

/** The report of a plan of which nothing is done yet. */
export function reportOf(runtime: Runtime, prepared: Prepared): Report {
  const { settings } = runtime;
  const { goal, plan, target } = prepared;
  const instance = goal.cloud?.instance;
  const bare = target.instanceId === null ? [] : [bareInstance(target.instanceId)];
  const profile = goal.cloud?.association?.profileArn ?? null;
  return {
    ...emptyReport(settings.command, settings.mock),
    account: goal.cloud?.identity.account ?? target.here?.account ?? null,
    region: target.region,
    instances:
      instance === undefined
        ? bare
        : [
            {
              id: instance.id,
              name: instance.name,
              state: instance.state,
              profile: profile === null ? null : arnName(profile),
            },
          ],
    changes: plannedResults(plan.steps),
  };
}

/** What a run has found out about itself so far; nothing where it failed before that. */
export interface Surroundings {
  readonly target: Target;
  readonly goal?: Goal;
}

/** The instance that the flags name, for an error that comes before it was looked for. */
function namedTarget({ instanceIds, region }: Settings): Target | null {
  const [instanceId, ...others] = instanceIds;
  if (instanceId === undefined || others.length > 0 || region === null) return null;
  return elsewhere(region, instanceId);
}

function pastedCommands(settings: Settings, target: Target): Readonly<Record<string, string>> {
  return {
    cloudCommand: cloudCommandLine(settings, target),
    signedInCommand: signedInCommandLine(settings, target),
  };
}

/** What is known of a run, for the texts of the catalogue. */
export function knownOf({ settings }: Runtime, { target, goal }: Partial<Surroundings>): FailureContext {
  const region = target?.region ?? settings.region;
  const known = goal?.cloud ?? null;
  const where = target ?? namedTarget(settings);
  return {
    account: known?.identity.account ?? target?.here?.account ?? null,
    partition: known?.identity.partition ?? (region === null ? null : partitionOfRegion(region)),
    region,
    roleName: known?.role.name ?? settings.roleName,
    profileName: known?.profile.name ?? settings.roleName,
    instanceId: target?.instanceId ?? settings.instanceIds[0] ?? null,
    modelId: goal?.model?.id ?? settings.model,
    operatorProfile: settings.profile,
    version,
    place: 'operator',
    ...(where === null ? {} : { more: pastedCommands(settings, where) }),
  };
}

/**
 * Everything that was thrown as something explained, with what is known of the run in the place of every placeholder; a
 * bug is thrown on.
 */
export function explain(
  runtime: Runtime,
  error: unknown,
  surroundings: Partial<Surroundings> = {},
): ErrorDetails {
  return error instanceof SetupError ? error.details : toErrorDetails(error, knownOf(runtime, surroundings));
}

async function targetOf(runtime: Runtime): Promise<Target> {
  return isFleet(runtime.settings) ? elsewhere(await runtime.region()) : resolveTarget(runtime);
}

/** {@link explain} where a run failed before it knew what it is about: as much of that as can still be found out. */
export async function explainEarly(runtime: Runtime, error: unknown): Promise<ErrorDetails> {
  if (error instanceof SetupError) return error.details;
  const target = await targetOf(runtime).catch(() => null);
  return explain(runtime, error, target === null ? {} : { target });
}

/** Shows a report that ends in an error, and gives its exit code. */
export async function finishWithError(
  runtime: Runtime,
  report: Report,
  error: ErrorDetails,
): Promise<ExitCode> {
  // It was found out before, unless the error is that it could not be.
  const region = report.region ?? (await runtime.region().catch(() => null));
  await runtime.reporter.finish(withError({ ...report, region }, error), 'Nothing was changed.');
  return error.exitCode;
}

/** The exit code that findings alone come to: 3 where nothing failed but something was changed since the set-up. */
export function findingsExitCode(findings: readonly Finding[]): ExitCode {
  if (firstFailure(findings) !== null) return ExitCode.failed;
  return findings.some(({ code }) => code === driftCode) ? ExitCode.pending : ExitCode.done;
}

/** What is said behind the end of a rehearsal; nothing behind that of another run. */
export function rehearsalText({ mock }: Settings): string {
  return mock ? ' It was a rehearsal: nothing outside a temporary folder was changed.' : '';
}

/** What is said of a rehearsal that had nothing to look at or to put back; nothing of another run. */
export function emptyStart({ mock, mockFault }: Settings): string {
  return mock && mockFault === null
    ? ' Each rehearsal begins with nothing set up; mock-aws keeps an account from run to run.'
    : '';
}
