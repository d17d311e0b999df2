import type { RemoteFailure } from '../../ports/gateway-probe.js';
import { scrub } from '../text/scrub.js';

interface Thrown {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly Code?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown };
  readonly $fault?: unknown;
}

const systemCode = /^(?:E[A-Z0-9_]+|CERT_[A-Z_]+|UNABLE_TO_[A-Z_]+|DEPTH_ZERO_[A-Z_]+)$/u;
const timeoutNames = new Set(['TimeoutError', 'AbortError', 'RequestTimeout']);

/** Names of errors that the SDK raises itself, before or instead of an answer of AWS. */
const clientSideNames = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ProviderError',
  'TimeoutError',
  'AbortError',
]);

function firstCause(error: Thrown): Thrown | null {
  const inner = Array.isArray(error.errors) ? (error.errors as readonly unknown[])[0] : error.cause;
  return typeof inner === 'object' && inner !== null ? inner : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function nameOf(error: Thrown, status: number): string {
  const code = textOf(error.code);
  if (status === 0 && systemCode.test(code)) return code;
  const name = textOf(error.Code) || (error.name === 'Error' ? code : '') || textOf(error.name) || 'Error';
  return timeoutNames.has(name) && status === 0 ? 'ETIMEDOUT' : name;
}

function messageOf(error: Thrown): string {
  const inner = firstCause(error);
  return textOf(error.message) || (inner === null ? '' : textOf(inner.message)) || textOf(error.code);
}

/** Whether something thrown comes from AWS, from the SDK or from the operating system, and not from a bug of ours. */
export function isOutsideFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata, $fault, code, name } = error as Thrown;
  if ($metadata !== undefined || $fault !== undefined) return true;
  if (clientSideNames.has(textOf(name))) return true;
  if (error.message === 'Region is missing') return true;
  return /^(?!ERR_(?!PROXY_))/u.test(textOf(code)) && systemCode.test(textOf(code));
}

/**
 * Takes an error of the SDK or of the system apart, so that it survives a process boundary and can be looked up in the
 * catalogue. The message is scrubbed. A time-out is `ETIMEDOUT`, whatever the SDK calls it.
 */
export function remoteFailure(error: unknown): RemoteFailure {
  if (typeof error !== 'object' || error === null) {
    return { name: 'Error', message: scrub(String(error)), status: 0 };
  }
  const thrown = error as Thrown;
  const answered = thrown.$metadata?.httpStatusCode;
  const status = typeof answered === 'number' ? answered : 0;
  return { name: nameOf(thrown, status), message: scrub(messageOf(thrown)), status };
}
