import { ExitCode } from '../../core/errors.js';
import { countChanges, stepConflicts } from '../../core/plan.js';
import { emptyReport, withError } from '../../core/report.js';
import { commandLine } from '../tell/command-line.js';
import { explainEarly, finishWithError, reportOf } from '../tell/outcome.js';
import type { Prepared } from '../look/prepare.js';
import { prepare } from '../look/prepare.js';
import { checkRights } from '../look/rights.js';
import { farNote } from '../remote/note.js';
import type { Runtime } from '../runtime.js';
import { commandsText } from '../tell/show-commands.js';

/** Shows a plan as the result of the run; nothing is changed. It fails where carrying it out would. */
export async function showPlan(runtime: Runtime, prepared: Prepared): Promise<ExitCode> {
  const report = reportOf(runtime, prepared);
  if (prepared.conflict !== null) return finishWithError(runtime, report, prepared.conflict);
  const refused = await checkRights(runtime, prepared);
  if (refused !== null) runtime.progress.warn(`${refused.message}\n${refused.why}\n${refused.fix}`);
  const { settings, streams } = runtime;
  const commands = await commandsText(runtime, prepared);
  const count = countChanges(prepared.plan);
  const fromAfar = settings.host === 'ssm';
  if (fromAfar) runtime.progress.note(farNote(prepared.target));
  const next = count === 0 && !fromAfar ? [] : [commandLine(runtime.settings, prepared.target, 'setup')];
  if (settings.json) streams.aside(commands);
  else await streams.result(commands);
  const [blocked = null] = stepConflicts(prepared.plan);
  await runtime.reporter.finish(withError({ ...report, next }, blocked), 'Nothing was changed.');
  if (blocked !== null) return blocked.exitCode;
  return count > 0 && runtime.settings.exitCode ? ExitCode.pending : ExitCode.done;
}

/** `plan`: looks, and says what `setup` would change. */
export async function plan(runtime: Runtime): Promise<ExitCode> {
  try {
    return await showPlan(runtime, await prepare(runtime));
  } catch (error) {
    return finishWithError(
      runtime,
      emptyReport(runtime.settings.command, runtime.settings.mock),
      await explainEarly(runtime, error),
    );
  }
}
