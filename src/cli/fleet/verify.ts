import { ExitCode } from '../../core/errors.js';
import type { Finding } from '../../core/finding.js';
import { emptyReport } from '../../core/report.js';
import { explainEarly, finishWithError } from '../tell/outcome.js';
import { withHosts } from '../remote/merge.js';
import type { Runtime } from '../runtime.js';
import { onHosts } from './hosts.js';
import { nextForFleet } from './command-line.js';
import type { PreparedFleet } from './prepared.js';
import { prepareFleet } from './prepare.js';
import { fleetReport, tally } from './report.js';
import { certain, missingIn, notSetUp } from '../prove/account-findings.js';
import { failuresByCode, failuresOf } from './failures.js';
import { idsText, instanceCount } from '../../core/text/ids.js';

function sharedFindings({ groups }: PreparedFleet): readonly Finding[] {
  return groups.flatMap(({ goal, shared, members }): readonly Finding[] => {
    const missing = [
      ...missingIn(shared),
      ...shared.flatMap(({ conflict }) => (conflict === null ? [] : [conflict.message])),
    ];
    const { role, profile } = goal.cloud;
    const id = 'role-and-profile';
    const whom = instanceCount(members.length);
    if (missing.length === 0)
      return [{ id, status: 'ok', message: `${whom}: the role ${role.name} in the profile ${profile.name}` }];
    return [notSetUp(id, `${whom}: ${missing.join('; ')}`)];
  });
}

function instanceFindings(prepared: PreparedFleet): readonly Finding[] {
  const id = 'associations';
  const members = prepared.groups.flatMap((group) => group.members);
  const without = members.filter(({ steps }) => steps.length > 0).map(({ instance }) => instance.id);
  const place = members.length - without.length;
  const refused = failuresByCode(failuresOf(prepared, new Map()));
  return [
    ...(place === 0
      ? []
      : [{ id, status: 'ok', message: `${instanceCount(place)} with the profile in place` } as const]),
    ...(without.length === 0
      ? []
      : [notSetUp(id, `${instanceCount(without.length)} not set up: ${idsText(without)}`)]),
    ...refused.map(
      ({ error, ids }): Finding => ({
        id,
        status: 'fail',
        code: error.code,
        message: ids.length === 1 ? error.message : `${instanceCount(ids.length)}: ${idsText(ids)}`,
        cause: error.why,
        who: 'you',
        fix: error.fix,
      }),
    ),
  ];
}

const notAsked: Finding = {
  id: 'hosts',
  status: 'skip',
  message:
    'what the gateways themselves see is not asked from here: add --host ssm, or run verify on an instance',
};

/**
 * `verify` of many instances: whether role, policy, profile and each association are in place, out of the account alone. What
 * the hosts themselves see is not looked at, and that is said.
 */
export async function verifyFleet(runtime: Runtime): Promise<ExitCode> {
  const { settings, reporter } = runtime;
  try {
    const found = await prepareFleet(runtime);
    const groups = found.groups.map((group) => ({ ...group, shared: certain(group.shared, found.receipt) }));
    const prepared = { ...found, groups };
    const { region } = prepared.fleet;
    const instanceIds = prepared.groups.flatMap(({ members }) => members.map(({ instance }) => instance.id));
    const told =
      settings.host === 'ssm' ? await onHosts(runtime, region, { command: 'verify', instanceIds }) : null;
    const checks = [
      ...sharedFindings(prepared),
      ...instanceFindings(prepared),
      ...(told === null ? [notAsked] : told.checks),
    ];
    const ok = checks.every(({ status }) => status !== 'fail');
    const report = fleetReport(runtime, prepared);
    const seen = report.instances.map((one) =>
      one.status === 'planned' ? { ...one, status: 'failed' as const } : one,
    );
    const instances = told === null ? seen : withHosts(seen, told);
    const next = ok ? [] : nextForFleet(settings, region, instances);
    await reporter.finish({ ...report, instances, changes: [], ok, checks, next }, `${tally(instances)}.`);
    return ok ? ExitCode.done : ExitCode.failed;
  } catch (error) {
    const details = await explainEarly(runtime, error);
    return finishWithError(runtime, emptyReport('verify', settings.mock), details);
  }
}
