import { ExitCode, SetupError } from '../core/errors.js';
import type { ErrorDetails } from '../core/errors.js';
import type { Prepared } from './prepare.js';
import { firstFailure } from '../core/finding.js';
import type { Finding } from '../core/finding.js';
import type { Report } from '../core/report.js';
import { emptyReport } from '../core/report.js';
import { plannedResults } from '../core/apply.js';
import { arnName } from '../core/arn.js';
import { toErrorDetails } from '../failures/index.js';
import { version } from '../version.js';
import type { Runtime } from './runtime.js';

/** The report of a plan of which nothing is done yet. */
export function reportOf(runtime: Runtime, prepared: Prepared): Report {
  const { settings } = runtime;
  const { goal, plan, target } = prepared;
  const instance = goal.cloud?.instance;
  const bare =
    target.instanceId === null ? [] : [{ id: target.instanceId, name: null, state: null, profile: null }];
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

/** Everything that was thrown as something explained; a bug is thrown on. */
export function explain(runtime: Runtime, error: unknown): ErrorDetails {
  if (error instanceof SetupError) return error.details;
  const { settings } = runtime;
  return toErrorDetails(error, {
    region: settings.region,
    roleName: settings.roleName,
    instanceId: settings.instanceIds[0] ?? null,
    modelId: settings.model,
    operatorProfile: settings.profile,
    version,
    place: 'operator',
  });
}

/** Shows a report that ends in an error, and gives its exit code. */
export async function finishWithError(
  runtime: Runtime,
  report: Report,
  error: ErrorDetails,
): Promise<ExitCode> {
  await runtime.reporter.finish({ ...report, ok: false, error }, 'Nothing was changed.');
  return error.exitCode;
}

/** The exit code that findings alone come to. */
export function findingsExitCode(findings: readonly Finding[]): ExitCode {
  return firstFailure(findings) === null ? ExitCode.done : ExitCode.failed;
}
