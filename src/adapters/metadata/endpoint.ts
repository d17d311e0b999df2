import { isIPv4, isIPv6 } from 'node:net';
import { ExitCode, SetupError } from '../../core/errors.js';
import type { Environment } from '../../ports/environment.js';

/** Where the instance metadata service is on EC2; see "Access instance metadata" in the EC2 user guide. */
const defaultEndpoints = { IPv4: 'http://169.254.169.254', IPv6: 'http://[fd00:ec2::254]' } as const;

function isLocal(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/gu, '').toLowerCase();
  if (host === 'localhost') return true;
  if (isIPv4(host)) return host.startsWith('127.') || host === '169.254.169.254';
  return isIPv6(host) && (host === '::1' || host === 'fd00:ec2::254');
}

function refused(endpoint: string, why: string): SetupError {
  return new SetupError({
    code: 'METADATA_ENDPOINT',
    message: `AWS_EC2_METADATA_SERVICE_ENDPOINT is ${JSON.stringify(endpoint)}`,
    why,
    fix: 'unset AWS_EC2_METADATA_SERVICE_ENDPOINT; an instance answers at http://169.254.169.254',
    exitCode: ExitCode.usage,
  });
}

/** The endpoint that the environment names, or `null` where it names none. */
export function endpointOverride(environment: Environment): string | null {
  const value = environment['AWS_EC2_METADATA_SERVICE_ENDPOINT']?.trim() ?? '';
  return value === '' ? null : value;
}

/**
 * The endpoint in use, without a trailing slash. What comes from there is taken for the instance's own word, so an
 * override must be on this machine or a link-local address of EC2, unless `allowAny`. Throws METADATA_ENDPOINT.
 */
export function metadataEndpoint(environment: Environment, allowAny = false): string {
  const override = endpointOverride(environment);
  if (override === null) {
    const mode = environment['AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE']?.trim().toLowerCase();
    return mode === 'ipv6' ? defaultEndpoints.IPv6 : defaultEndpoints.IPv4;
  }
  if (!URL.canParse(override)) throw refused(override, 'that is no URL');
  const url = new URL(override);
  if (url.protocol !== 'http:') throw refused(override, 'instance metadata is served over plain http');
  if (!allowAny && !isLocal(url.hostname)) {
    throw refused(override, 'another machine could pass itself off as the instance');
  }
  return `http://${url.host}${url.pathname.replace(/\/+$/u, '')}`;
}
