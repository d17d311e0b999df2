import type { Finding } from '../core/finding.js';
import { waitFor } from '../core/timing/wait.js';
import { explainCode, explainFailure } from '../failures/index.js';
import type { MetadataAnswer } from '../ports/metadata.js';
import type { CheckContext, CheckPorts } from './context.js';
import { failureContext, isInstance } from './context.js';
import { explained, passed, skipped } from './finding.js';
import type { MetadataCredentials, MetadataRole } from './metadata-role.js';
import { readMetadataRole } from './metadata-role.js';

/** What the instance says about itself. */
export interface MetadataResult {
  readonly findings: readonly Finding[];
  /** The role that it hands out credentials of, or `null`. */
  readonly roleName: string | null;
}

const ids = ['metadata', 'metadata-token', 'metadata-profile', 'metadata-credentials'] as const;

/** Seconds that an attach may take to arrive in the metadata. */
const arrivalSeconds = 120;

/** What was found, and the rest of the four skipped because of `reason`. */
function upTo(found: readonly Finding[], reason: string): readonly Finding[] {
  return [...found, ...ids.slice(found.length).map((id) => skipped(id, reason))];
}

function unreachable(
  answer: MetadataAnswer & { kind: 'refused' | 'timeout' | 'unreachable' },
  context: CheckContext,
  endpoint: string,
): Finding {
  const { container } = context.machine;
  const hops = answer.kind === 'timeout' && (container !== null || answer.connected === true);
  const more = container === null ? {} : { container };
  return explained(
    'metadata',
    'fail',
    explainCode(
      hops ? 'IMDS_HOP_LIMIT' : 'IMDS_UNREACHABLE',
      `${endpoint} does not answer: ${answer.reason}`,
      failureContext(context, more),
    ),
  );
}

function checkToken(
  answer: MetadataAnswer & { kind: 'answer' },
  context: CheckContext,
  endpoint: string,
): readonly Finding[] {
  const { status, body } = answer;
  if (status === 403) {
    const disabled = explainCode('IMDS_DISABLED', `${endpoint} answers 403`, failureContext(context));
    return [explained('metadata', 'fail', disabled)];
  }
  const reachable = passed('metadata', `${endpoint} answers`);
  if (status === 200 && body.trim() !== '')
    return [reachable, passed('metadata-token', 'a token was handed out')];
  const none = explainCode(
    'IMDS_TOKEN',
    `the request for a token was answered with ${status}`,
    failureContext(context, { seen: `HTTP ${status}` }),
  );
  return [reachable, explained('metadata-token', 'fail', none)];
}

function checkProfile(role: MetadataRole, context: CheckContext): Finding {
  const fail = (code: string, message: string, more: Readonly<Record<string, string>> = {}): Finding =>
    explained('metadata-profile', 'fail', explainCode(code, message, failureContext(context, more)));
  if (role.kind === 'none')
    return fail('NO_PROFILE_YET', 'the instance has no role: iam/security-credentials/ is empty or 404');
  if (role.kind === 'silent')
    return fail('IMDS_TOKEN', `iam/security-credentials/ is not answered: ${role.seen}`, { seen: role.seen });
  if (role.kind === 'deleted')
    return fail('PROFILE_DELETED', `iam/info says ${role.seen}`, { seen: role.seen });
  const { profileArn, name } = role;
  const actual = profileArn ?? 'an unknown profile';
  if (context.profileArn !== null && profileArn !== null && profileArn !== context.profileArn)
    return fail('WRONG_PROFILE', `the instance has ${actual}`, { actualProfile: actual });
  return passed('metadata-profile', `${actual} with the role ${name}`);
}

function checkCredentials(
  roleName: string,
  credentials: MetadataCredentials,
  context: CheckContext,
  now: number,
): Finding {
  const { code, message, expiresAt } = credentials;
  const known = failureContext({ ...context, roleName }, { seen: code });
  const words = `${code}${message === '' ? '' : `: ${message}`}`;
  if (code === 'Success' && expiresAt !== null && expiresAt <= now) {
    const seen = new Date(expiresAt).toISOString();
    const over = explainCode('METADATA_CREDENTIALS_EXPIRED', `the credentials ran out at ${seen}`, {
      ...known,
      more: { seen },
    });
    return explained('metadata-credentials', 'fail', over);
  }
  if (code === 'Success') {
    const until = expiresAt === null ? '' : `, valid until ${new Date(expiresAt).toISOString()}`;
    return passed('metadata-credentials', `credentials of ${roleName}${until}`);
  }
  const explanation =
    code === 'InstanceProfileNotFound' || code === 'Failed'
      ? explainCode('PROFILE_DELETED', words, known)
      : explainFailure({ name: code, message: words, status: 200 }, known);
  return explained('metadata-credentials', 'fail', explanation);
}

function judge(role: MetadataRole, context: CheckContext, now: number): readonly Finding[] {
  const profile = checkProfile(role, context);
  if (role.kind !== 'role' || profile.status === 'fail') return [profile];
  return [profile, checkCredentials(role.name, role.credentials, context, now)];
}

/** Reads the role again and again until nothing is wrong with it, or the time that an attach may take is over. */
async function readSettledRole(
  token: string,
  context: CheckContext,
  ports: CheckPorts,
): Promise<MetadataRole> {
  const { clock, metadata } = ports;
  const isFine = (role: MetadataRole): boolean =>
    judge(role, context, clock.now()).every(({ status }) => status === 'ok');
  // What an early look did not find is looked for again: the role may have come. Where nobody answers, it was patient enough.
  const early = (await ports.firstRole) ?? null;
  if (early !== null && (early.kind === 'silent' || isFine(early))) return early;
  let last: MetadataRole = { kind: 'none' };
  await waitFor(
    async () => {
      last = await readMetadataRole(metadata, token);
      return isFine(last) ? last : null;
    },
    {
      clock,
      boundMilliseconds: context.justAttached ? arrivalSeconds * 1000 : 0,
      onWaiting: () => ports.waiting?.('the role to arrive in the instance metadata', arrivalSeconds),
    },
  );
  return last;
}

/** Asks the instance metadata step by step: reachable, token, profile, credentials. The first failure ends it. */
export async function checkMetadata(context: CheckContext, ports: CheckPorts): Promise<MetadataResult> {
  const { metadata, clock } = ports;
  if (!isInstance(context)) {
    return { findings: upTo([], 'this host is not an EC2 instance'), roleName: null };
  }
  const answer = await metadata.token();
  if (answer.kind !== 'answer') {
    const found = [unreachable(answer, context, metadata.endpoint)];
    return { findings: upTo(found, 'the metadata service does not answer'), roleName: null };
  }
  const first = checkToken(answer, context, metadata.endpoint);
  if (first.some(({ status }) => status === 'fail'))
    return { findings: upTo(first, 'there is no token to ask with'), roleName: null };
  const role = await readSettledRole(answer.body.trim(), context, ports);
  const found = [...first, ...judge(role, context, clock.now())];
  return {
    findings: upTo(found, 'there is no role whose credentials could be looked at'),
    roleName: role.kind === 'role' ? role.name : null,
  };
}
