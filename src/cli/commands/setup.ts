import type { ApplyResult } from '../../core/apply.js';
import { applyPlan } from '../../core/apply.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { Finding } from '../../core/finding.js';
import type { Journal } from '../../core/journal.js';
import { openJournal } from '../../core/journal.js';
import { countChanges, isCoveredBy } from '../../core/plan.js';
import { newReceipt, receiptFileName } from '../../core/receipt.js';
import type { ReportInstance } from '../../core/report.js';
import { emptyReport } from '../../core/report.js';
import { version } from '../../version.js';
import { commandLine, hostCommandLine } from '../tell/command-line.js';
import { awayFindings } from '../../checks/away.js';
import { askConsent } from '../change/consent.js';
import { restartGateways } from '../change/gateway.js';
import { explainPlan } from '../guide/explain.js';
import { explain, explainEarly, findingsExitCode, finishWithError, reportOf } from '../tell/outcome.js';
import type { Prepared } from '../look/prepare.js';
import { prepare } from '../look/prepare.js';
import { farNote } from '../remote/note.js';
import type { HostsTold } from '../remote/tell.js';
import { checkRights } from '../look/rights.js';
import type { Runtime } from '../runtime.js';
import { commandsText } from '../tell/show-commands.js';
import { readUseCaseFile } from '../look/use-case-file.js';
import { makeWorkers } from '../change/workers.js';
import { removeLeftovers } from '../change/leftovers.js';
import { loadEarly } from '../load-early.js';
import { showPlan } from './plan.js';

async function journalFor(runtime: Runtime, prepared: Prepared): Promise<Journal> {
  const { goal, target, receipt } = prepared;
  const createdAt = new Date(runtime.clock.now()).toISOString();
  const account = goal.cloud?.identity.account ?? target.here?.account ?? null;
  const { region, instanceId } = target;
  const open = receipt ?? newReceipt(goal.receiptId, createdAt, { account, region, instanceId });
  return openJournal(open, await runtime.store(), runtime.clock);
}

/** Shows the plan and asks, again where the account has changed meanwhile in a way that was not shown. */
async function agree(runtime: Runtime, first: Prepared): Promise<Prepared> {
  let shown = first;
  for (;;) {
    const fromAfar = runtime.settings.host === 'ssm';
    if ((countChanges(shown.plan) === 0 && !fromAfar) || shown.conflict !== null) return shown;
    runtime.reporter.preview(reportOf(runtime, shown));
    runtime.streams.aside(await commandsText(runtime, shown));
    const explained = shown.plan;
    if (fromAfar) runtime.progress.note(farNote(shown.target));
    const question = fromAfar ? 'Apply these changes, and do the host half there?' : 'Apply these changes?';
    const asked = await askConsent(runtime, question, () =>
      explainPlan(explained, runtime.streams.paintAside, runtime.streams.columns()),
    );
    if (!asked) return shown;
    const now = await prepare(runtime);
    if (isCoveredBy(now.plan, shown.plan))
      return { ...now, goal: { ...now.goal, receiptId: shown.goal.receiptId } };
    runtime.progress.warn('something has changed meanwhile; this is the plan now');
    shown = now;
  }
}

/** Carries the plan out; nothing is done where it holds no change. */
export async function applyPrepared(
  runtime: Runtime,
  prepared: Prepared,
): Promise<{ result: ApplyResult; receipt: string | null }> {
  const { plan, cloud, host } = prepared;
  await removeLeftovers(prepared.receipt, host);
  const blocked = plan.steps.flatMap((step) => (step.conflict?.scope === 'step' ? [step.conflict] : []));
  if (countChanges(plan) === 0) {
    const receipt =
      prepared.receipt === null ? null : (await runtime.store()).path(receiptFileName(prepared.receipt.id));
    return { result: { changes: reportOf(runtime, prepared).changes, errors: blocked }, receipt };
  }
  if (!isOnlyAway(prepared)) loadEarly(() => import('../prove/findings.js'));
  const journal = await journalFor(runtime, prepared);
  const result = await applyPlan(plan, {
    workers: await makeWorkers(cloud, host),
    journal,
    progress: runtime.progress,
    explain: (error) => explain(runtime, error, prepared),
  });
  const receipt = (await runtime.store()).path(receiptFileName(journal.receipt.id));
  return { result: { ...result, errors: [...result.errors, ...blocked] }, receipt };
}

function nextCommands(
  prepared: Prepared,
  errors: readonly ErrorDetails[],
  checks: readonly Finding[],
): readonly string[] {
  const { settings } = prepared.goal;
  if (errors.length > 0) return [commandLine(settings, prepared.target, 'setup')];
  if (!prepared.target.host && settings.host !== 'ssm') return [hostCommandLine(settings, prepared.target)];
  if (checks.some((check) => check.status === 'fail'))
    return [commandLine(settings, prepared.target, 'verify')];
  return [];
}

function closingText(mock: boolean, done: boolean): string {
  const state = done ? 'Everything is in place.' : 'Not everything is in place yet.';
  return mock ? `${state} It was a rehearsal: nothing outside a temporary folder was changed.` : state;
}

/** Nothing can be checked from here: the host is another one, and no model is asked for whose access could be seen. */
function isOnlyAway({ target, goal }: Prepared): boolean {
  return !target.host && goal.model === null;
}

async function check(
  runtime: Runtime,
  prepared: Prepared,
  { changes, errors }: ApplyResult,
): Promise<readonly Finding[]> {
  if (errors.some((error) => error.exitCode === ExitCode.blocked)) return [];
  const cloud = changes.filter(({ lane }) => lane === 'cloud').map(({ status }) => status);
  // What stands half in the account can be neither waited for nor proved; its error has been told.
  if (cloud.includes('failed')) return [];
  if (isOnlyAway(prepared)) return awayFindings({ instanceId: prepared.target.instanceId, version });
  const { setupFindings } = await import('../prove/findings.js');
  return setupFindings(runtime, prepared, cloud.includes('applied'));
}

/** The same where the host is somewhere else. */
async function proveFromAfar(runtime: Runtime, prepared: Prepared, result: ApplyResult): Promise<Proof> {
  const proof = await proveIt(runtime, prepared, result);
  if (proof.errors.length > 0) return proof;
  try {
    const [{ setUpHosts }, { mergedChecks }] = await Promise.all([
      import('../remote/commands.js'),
      import('../remote/merge.js'),
    ]);
    const told = await setUpHosts(runtime, prepared, result);
    return {
      checks: mergedChecks(proof.checks, told),
      errors: told.error === null ? [] : [told.error],
      told,
    };
  } catch (error) {
    return { ...proof, errors: [explain(runtime, error, prepared)] };
  }
}

/** Restarts the gateway and runs the checks; what goes wrong there is an error beside those of the changes. */
async function proveIt(runtime: Runtime, prepared: Prepared, result: ApplyResult): Promise<Proof> {
  const { changes, errors } = result;
  try {
    const hostChanged = changes.some((change) => change.lane === 'host' && change.status === 'applied');
    if (hostChanged && prepared.host !== null) await restartGateways(runtime, prepared.host.host);
    await runtime.strike('in place');
    return { checks: await check(runtime, prepared, result), errors };
  } catch (error) {
    return { checks: [], errors: [...errors, explain(runtime, error, prepared)] };
  }
}

interface Proof {
  readonly checks: readonly Finding[];
  readonly errors: readonly ErrorDetails[];
  /** What was done on hosts from afar. */
  readonly told?: HostsTold;
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

async function carryOut(runtime: Runtime, prepared: Prepared): Promise<ExitCode> {
  const { result, receipt } = await applyPrepared(runtime, prepared);
  const prove = runtime.settings.host === 'ssm' ? proveFromAfar : proveIt;
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
    receipt: mock ? null : receipt,
    next: nextCommands(prepared, errors, checks),
    ...(error === undefined ? {} : { error }),
  };
  const undo = report.receipt === null ? null : commandLine(runtime.settings, prepared.target, 'undo');
  await runtime.reporter.finish(report, closingText(mock, done), undo);
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
    prepared = await agree(runtime, prepared);
    if (prepared.conflict !== null)
      return await finishWithError(runtime, reportOf(runtime, prepared), prepared.conflict);
  } catch (error) {
    const report =
      prepared === null ? emptyReport(settings.command, settings.mock) : reportOf(runtime, prepared);
    return finishWithError(runtime, report, await explainEarly(runtime, error));
  }
  return carryOut(runtime, prepared);
}
