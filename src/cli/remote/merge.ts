import type { Finding } from '../../core/finding.js';
import type { ReportInstance } from '../../core/report.js';
import type { HostsTold } from './tell.js';

/** Checks of this run and of the hosts: what was looked at on a host stands in the place of what could not be seen from here. */
export function mergedChecks(here: readonly Finding[], { checks }: HostsTold): readonly Finding[] {
  const there = new Set(checks.map(({ id }) => id));
  return [...here.filter(({ id, status }) => status !== 'skip' && !there.has(id)), ...checks];
}

/** The instances with what was done on them. */
export function withHosts(
  instances: readonly ReportInstance[],
  { hosts }: HostsTold,
): readonly ReportInstance[] {
  return instances.map((instance) => {
    const host = hosts.get(instance.id);
    return host === undefined ? instance : { ...instance, host };
  });
}
