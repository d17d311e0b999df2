import { ExitCode } from '../../core/errors.js';
import { bareInstance, emptyReport, withError } from '../../core/report.js';
import { thousands } from '../../core/text/thousands.js';
import { askConsent } from '../change/consent.js';
import { elsewhere } from '../look/target.js';
import type { HostsWanted } from '../remote/index.js';
import { explainEarly, finishWithError } from '../tell/outcome.js';
import type { HostsTold } from '../remote/tell.js';
import { nobody } from '../remote/tell.js';
import type { HostCommand } from '../remote/words.js';
import type { Runtime } from '../runtime.js';
import { withHosts } from '../remote/merge.js';
import { fleetCommandLine } from './command-line.js';
import { withoutGone } from '../remote/gone.js';
import { findFleet } from './targets.js';

/** The host half of a fleet, which its hosts do through Systems Manager. */
export async function onHosts(
  runtime: Runtime,
  region: string,
  wanted: Omit<HostsWanted, 'target'>,
): Promise<HostsTold> {
  const { runOnHosts } = await import('../remote/index.js');
  return runOnHosts(runtime, { ...wanted, target: elsewhere(region) });
}

async function runHosts(runtime: Runtime, command: HostCommand): Promise<ExitCode> {
  const { settings } = runtime;
  const region = await runtime.region();
  const fleet = await findFleet(runtime, await runtime.account(region, 'read-only'), region);
  const named = [...fleet.instances.map(({ id }) => id), ...fleet.missing];
  const all = { present: named, findings: [] };
  const {
    present: instanceIds,
    findings,
    ...more
  } = command === 'undo' ? withoutGone(named, fleet.instances, region) : all;
  if (command !== 'verify' && instanceIds.length > 0)
    await askConsent(runtime, `Run ${command} on ${thousands(instanceIds.length)} hosts?`);
  const told =
    instanceIds.length === 0 ? nobody : await onHosts(runtime, region, { command, instanceIds, ...more });
  const { changes, checks, error } = told;
  const report = {
    ...emptyReport(settings.command, settings.mock),
    region,
    instances: withHosts(named.map(bareInstance), told),
    changes,
    checks: [...findings, ...checks],
    next: error === null ? [] : [fleetCommandLine(settings, region, settings.command)],
  };
  await runtime.reporter.finish(
    withError(report, error),
    error === null ? 'The hosts are done.' : 'Not all hosts are done.',
  );
  return error?.exitCode ?? ExitCode.done;
}

/** A run that leaves the account alone: the hosts' half and nothing else. */
export async function hostsOnly(runtime: Runtime, command: HostCommand): Promise<ExitCode> {
  const { settings } = runtime;
  try {
    return await runHosts(runtime, command);
  } catch (error) {
    const details = await explainEarly(runtime, error);
    return finishWithError(runtime, emptyReport(settings.command, settings.mock), details);
  }
}
