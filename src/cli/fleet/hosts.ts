import { ExitCode } from '../../core/errors.js';
import { emptyReport } from '../../core/report.js';
import { thousands } from '../../core/text/thousands.js';
import { askConsent } from '../change/consent.js';
import { finishWithError } from '../tell/outcome.js';
import type { HostsTold } from '../remote/tell.js';
import { nobody } from '../remote/tell.js';
import type { HostCommand } from '../remote/words.js';
import type { Runtime } from '../runtime.js';
import { withHosts } from '../remote/merge.js';
import { fleetCommandLine } from './command-line.js';
import { withoutGone } from './gone.js';
import { explainFor } from './prepared.js';
import { findFleet } from './targets.js';

/** The host half of a fleet, which its hosts do through Systems Manager. */
export async function onHosts(
  runtime: Runtime,
  wanted: {
    readonly command: HostCommand;
    readonly region: string;
    readonly instanceIds: readonly string[];
    readonly roleName?: string | null;
    readonly justAllowed?: boolean;
    readonly asleep?: ReadonlyMap<string, string>;
    readonly unbegun?: ReadonlySet<string>;
  },
): Promise<HostsTold> {
  const { region, roleName = null, justAllowed = false } = wanted;
  const { runOnHosts } = await import('../remote/index.js');
  const cloud = runtime.settings.cloud !== 'skip';
  const target = { here: null, instanceId: null, region, cloud, host: false };
  return runOnHosts(runtime, { ...wanted, target, roleName, justAllowed });
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
    instanceIds.length === 0 ? nobody : await onHosts(runtime, { command, region, instanceIds, ...more });
  const { changes, checks, error } = told;
  const bare = named.map((id) => ({ id, name: null, state: null, profile: null }));
  const report = {
    ...emptyReport(settings.command, settings.mock),
    ok: error === null,
    region,
    instances: withHosts(bare, told),
    changes,
    checks: [...findings, ...checks],
    next: error === null ? [] : [fleetCommandLine(settings, region, settings.command)],
    ...(error === null ? {} : { error }),
  };
  await runtime.reporter.finish(report, error === null ? 'The hosts are done.' : 'Not all hosts are done.');
  return error?.exitCode ?? ExitCode.done;
}

/** A run that leaves the account alone: the hosts' half and nothing else. */
export async function hostsOnly(runtime: Runtime, command: HostCommand): Promise<ExitCode> {
  const { settings } = runtime;
  try {
    return await runHosts(runtime, command);
  } catch (error) {
    const details = explainFor(runtime, settings.region ?? '', null, null, error);
    return finishWithError(runtime, emptyReport(settings.command, settings.mock), details);
  }
}
