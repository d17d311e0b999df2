import { parseRecord } from '../core/json.js';
import type { MetadataAnswer, MetadataReader } from '../ports/metadata.js';

/** What instance metadata says about the role, one of them. */
export type MetadataRole =
  | { readonly kind: 'none' }
  | { readonly kind: 'silent'; readonly seen: string }
  | { readonly kind: 'deleted'; readonly profileArn: string | null; readonly seen: string }
  | {
      readonly kind: 'role';
      readonly profileArn: string | null;
      readonly name: string;
      readonly credentials: MetadataCredentials;
    };

/** The state of the role's credentials; their values never leave this file. */
export interface MetadataCredentials {
  /** `Success`, `AssumeRoleUnauthorizedAccess`, … */
  readonly code: string;
  /** AWS's words where the code is no success. */
  readonly message: string;
  /** Milliseconds since the Unix epoch; `null` where it is not said. */
  readonly expiresAt: number | null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function describe(answer: MetadataAnswer): string {
  return answer.kind === 'answer' ? `HTTP ${answer.status}` : answer.reason;
}

async function readCredentials(
  get: MetadataReader['get'],
  token: string,
  role: string,
): Promise<MetadataCredentials> {
  const answer = await get(`meta-data/iam/security-credentials/${encodeURIComponent(role)}`, token);
  if (answer.kind !== 'answer') return { code: 'NoAnswer', message: answer.reason, expiresAt: null };
  if (answer.status !== 200) return { code: `HTTP ${answer.status}`, message: '', expiresAt: null };
  const { Code: code, Message: message, Expiration: expiration } = parseRecord(answer.body);
  const expiresAt = Date.parse(textOf(expiration));
  return {
    code: textOf(code) || 'NoCode',
    message: textOf(message),
    expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
  };
}

function profileIn(info: MetadataAnswer): { readonly profileArn: string | null; readonly code: string } {
  const { Code: code, InstanceProfileArn: arn } = info.kind === 'answer' ? parseRecord(info.body) : {};
  return { profileArn: textOf(arn) || null, code: textOf(code) || 'Success' };
}

/** Asks again, once, where there was no answer in time: this host may be busy. What hands out tokens is there. */
function patient({ get }: Pick<MetadataReader, 'get'>): MetadataReader['get'] {
  return async (path, token) => {
    const answer = await get(path, token);
    return answer.kind === 'timeout' ? get(path, token) : answer;
  };
}

/**
 * Reads profile, role and credentials' state: `iam/info`, `iam/security-credentials/` and the role below it. A 404 of the
 * second means that no profile is there, or that it has not arrived; see "Retrieve security credentials from instance
 * metadata" in the EC2 user guide.
 */
export async function readMetadataRole(metadata: MetadataReader, token: string): Promise<MetadataRole> {
  const get = patient(metadata);
  const [info, list] = await Promise.all([
    get('meta-data/iam/info', token),
    get('meta-data/iam/security-credentials/', token),
  ]);
  const { profileArn, code: infoCode } = profileIn(info);
  if (infoCode === 'InstanceProfileNotFound') return { kind: 'deleted', profileArn, seen: infoCode };
  if (list.kind !== 'answer' || (list.status !== 200 && list.status !== 404))
    return { kind: 'silent', seen: describe(list) };
  const name = list.status === 200 ? (list.body.trim().split('\n')[0]?.trim() ?? '') : '';
  if (name === '') return { kind: 'none' };
  // A role that arrived between the two answers is not in the first yet.
  const [credentials, again] = await Promise.all([
    readCredentials(get, token, name),
    profileArn === null ? get('meta-data/iam/info', token) : info,
  ]);
  return { kind: 'role', profileArn: profileIn(again).profileArn, name, credentials };
}

/** {@link readMetadataRole} with a token that is asked for first; `null` where none is handed out. */
export async function firstMetadataRole(metadata: MetadataReader): Promise<MetadataRole | null> {
  const token = await metadata.token();
  if (token.kind !== 'answer' || token.status !== 200 || token.body.trim() === '') return null;
  return readMetadataRole(metadata, token.body.trim());
}
