import type { ApplyResult } from '../../core/apply.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { Finding } from '../../core/finding.js';
import { countChanges, isCoveredBy } from '../../core/plan.js';
import type { ReportInstance } from '../../core/report.js';
import { emptyReport } from '../../core/report.js';
import { agree } from '../change/agree.js';
import { applyPrepared } from '../change/apply-prepared.js';
import { explainPlan } from '../guide/explain.js';
import { loadEarly } from '../load-early.js';
import type { Prepared } from '../look/prepare.js';
import { prepare } from '../look/prepare.js';
import { checkRights } from '../look/rights.js';
import { readUseCaseFile } from '../look/use-case-file.js';
import { isOnlyAway, prove } from '../prove/after-setup.js';
import { farNote } from '../remote/note.js';
import type { HostsTold } from '../remote/tell.js';
import type { Runtime } from '../runtime.js';
import { commandLine, hostCommandLine } from '../tell/command-line.js';
import { explainEarly, findingsExitCode, finishWithError, rehearsalText, reportOf } from '../tell/outcome.js';
import { commandsText } from '../tell/show-commands.js';
import { showPlan } from './plan.js';

/** Shows the plan and asks. Who looked again keeps the receipt of the plan that was shown. */
async function askAbout(runtime: Runtime, first: Prepared): Promise<Prepared> {
  const { settings, reporter, streams, progress } = runtime;
  const fromAfar = settings.host === 'ssm';
  return agree(runtime, first, {
    settled: ({ plan, conflict }) => (countChanges(plan) === 0 && !fromAfar) || conflict !== null,
    async show(prepared) {
      reporter.preview(reportOf(runtime, prepared));
      streams.aside(await commandsText(runtime, prepared));
      if (fromAfar) progress.note(farNote(prepared.target));
    },
    explain: ({ plan }) => explainPlan(plan, streams.paintAside, streams.columns()),
    async prepare() {
      const now = await prepare(runtime);
      return { ...now, goal: { ...now.goal, receiptId: first.goal.receiptId } };
    },
    isCoveredBy: (now, shown) => isCoveredBy(now.plan, shown.plan),
  });
}

function nextCommands(
  prepared: Prepared,
  errors: readonly ErrorDetails[],
  checks: readonly Finding[],
): readonly string[] {
  const { settings } = prepared.goal;
  const ssm = settings.ssm || errors.some(({ code }) => code === 'ROLE_WITHOUT_SSM');
  if (errors.length > 0) return [commandLine({ ...settings, ssm }, prepared.target, 'setup')];
  if (!prepared.target.host && settings.host !== 'ssm') return [hostCommandLine(settings, prepared.target)];
  if (checks.some((check) => check.status === 'fail'))
    return [commandLine(settings, prepared.target, 'verify')];
  return [];
}

/** The instance as it is after the association has been made. */
function withProfile(instance: ReportInstance, { goal }: Prepared, { changes }: ApplyResult): ReportInstance {
  const made = changes.some((change) => change.step === 'association' && change.status === 'applied');
  return made && goal.cloud !== null ? { ...instance, profile: goal.cloud.profile.name } : instance;
}

function hostIn(told: HostsTold | undefined, { id }: ReportInstance): Pick<ReportInstance, 'host'> {
  const host = told?.hosts.get(id);
  return host === undefined ? {} : { host };
}

/** What is in place; where the host's half is somewhere else, that it is left, and where the next command belongs. */
function doneWords({ target, goal: { settings } }: Prepared): string {
  if (target.host || settings.host === 'ssm') return 'Everything is in place.';
  return `The account's half is in place. The host's half is left for ${target.instanceId ?? 'the instance'}: the next command is for there.`;
}

async function carryOut(runtime: Runtime, prepared: Prepared): Promise<ExitCode> {
  if (!isOnlyAway(prepared)) loadEarly(() => import('../prove/findings.js'));
  const { result, receipt } = await applyPrepared(runtime, prepared);
  const { checks, errors, told } = await prove(runtime, prepared, result);
  const [error] = errors;
  const exitCode = error?.exitCode ?? findingsExitCode(checks);
  const done = exitCode === ExitCode.done;
  const { mock } = runtime.settings;
  const before = reportOf(runtime, prepared);
  const report = {
    ...before,
    instances: before.instances.map((instance) => ({
      ...withProfile(instance, prepared, result),
      ...hostIn(told, instance),
    })),
    ok: done,
    changes: [...result.changes, ...(told?.changes ?? [])],
    checks,
    receipt: mock || error?.code === 'RECEIPT_NOT_WRITTEN' ? null : receipt,
    next: nextCommands(prepared, errors, checks),
    ...(error === undefined ? {} : { error }),
  };
  const undo = report.receipt === null ? null : commandLine(runtime.settings, prepared.target, 'undo');
  const state = done ? doneWords(prepared) : 'Not everything is in place yet.';
  await runtime.reporter.finish(report, `${state}${rehearsalText(runtime.settings)}`, undo);
  return exitCode;
}

/** What would undo the changes is looked for only where there are some. */
async function warnOfManagers(runtime: Runtime, prepared: Prepared): Promise<void> {
  if (!prepared.plan.steps.some((step) => step.lane === 'cloud' && step.changes.length > 0)) return;
  await (await import('../look/managers.js')).warnOfManagers(runtime, prepared);
}

/** `setup`: looks, shows, asks, applies, verifies. */
export async function setup(runtime: Runtime): Promise<ExitCode> {
  const { settings } = runtime;
  let prepared: Prepared | null = null;
  try {
    if (settings.mock || !settings.dryRun) await runtime.lock();
    await readUseCaseFile(runtime);
    prepared = await prepare(runtime);
    if (settings.dryRun && !settings.mock) return await showPlan(runtime, prepared);
    const [refused] = await Promise.all([checkRights(runtime, prepared), warnOfManagers(runtime, prepared)]);
    if (refused !== null) return await finishWithError(runtime, reportOf(runtime, prepared), refused);
    prepared = await askAbout(runtime, prepared);
    if (prepared.conflict !== null)
      return await finishWithError(runtime, reportOf(runtime, prepared), prepared.conflict);
  } catch (error) {
    const report =
      prepared === null ? emptyReport(settings.command, settings.mock) : reportOf(runtime, prepared);
    return finishWithError(runtime, report, await explainEarly(runtime, error));
  }
  return carryOut(runtime, prepared);
}
