import type { Environment } from '../../ports/environment.js';

/** The variables that name a proxy for HTTPS; the first counts. */
const names = ['https_proxy', 'HTTPS_PROXY'] as const;

/**
 * Whether a Node.js goes through a proxy that its agent is given (`proxyEnv`, https://nodejs.org/api/http.html#built-in-proxy-support:
 * from 22.21 and 24.5 on). `version` is three numbers with dots.
 */
export function goesThroughProxies(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}

/** Name of the variable whose proxy this Node.js passes by; `null` where there is none. */
export function unusedProxy(environment: Environment, version: string): string | null {
  if (goesThroughProxies(version)) return null;
  return names.find((name) => (environment[name] ?? '') !== '') ?? null;
}
