import { ExitCode } from '../../core/errors.js';
import { firstFailure } from '../../core/finding.js';
import type { Finding } from '../../core/finding.js';
import { emptyReport } from '../../core/report.js';
import { commandLine, hostVerifyLine } from '../command-line.js';
import { verifyFindings } from '../findings.js';
import { explain, finishWithError, findingsExitCode } from '../outcome.js';
import { findReceipt } from '../prepare.js';
import type { Runtime } from '../runtime.js';
import type { Target } from '../target.js';
import { resolveTarget } from '../target.js';

function nextCommands(runtime: Runtime, target: Target, findings: readonly Finding[]): readonly string[] {
  if (!target.host) return [hostVerifyLine(target)];
  return firstFailure(findings) === null ? [] : [commandLine(runtime.settings, target, 'setup')];
}

async function verifyTarget(runtime: Runtime): Promise<ExitCode> {
  const { settings } = runtime;
  const target = await resolveTarget(runtime);
  const account = target.here?.account ?? null;
  const findings = await verifyFindings(runtime, target, await findReceipt(runtime, target, account));
  const exitCode = findingsExitCode(findings);
  const instances =
    target.instanceId === null ? [] : [{ id: target.instanceId, name: null, state: null, profile: null }];
  const report = {
    ...emptyReport('verify', settings.mock),
    ok: exitCode === ExitCode.done,
    account,
    region: target.region,
    instances,
    checks: findings,
    next: nextCommands(runtime, target, findings),
  };
  await runtime.reporter.finish(report, exitCode === ExitCode.done ? 'It works.' : 'It does not work yet.');
  return exitCode;
}

/** `verify`: the probe, with causes and fixes. Reads and asks models; changes nothing. */
export async function verify(runtime: Runtime): Promise<ExitCode> {
  try {
    return await verifyTarget(runtime);
  } catch (error) {
    return finishWithError(runtime, emptyReport('verify', runtime.settings.mock), explain(runtime, error));
  }
}
