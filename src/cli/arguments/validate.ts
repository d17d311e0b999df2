import { parseArn } from '../../core/policy/arn.js';
import type { SetupError } from '../../core/errors.js';
import { usageError } from '../../core/errors.js';
import { nearest } from '../../core/text/nearest.js';
import type { EnrollTag } from '../../core/account/enrollment.js';
import { isShare } from '../../core/remote/share.js';
import type { PolicyChoice } from '../../core/settings.js';

function bad(flag: string, value: string, why: string, right: string): SetupError {
  return usageError(
    'BAD_VALUE',
    `--${flag} ${JSON.stringify(value)} is not valid`,
    why,
    `for example: --${flag} ${right}`,
  );
}

/** An EC2 instance id: `i-` and 8 or 17 lower-case hexadecimal digits. Throws BAD_VALUE. */
export function parseInstanceId(value: string): string {
  if (/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/u.test(value)) return value;
  const placeholder = /^i-[x.…]+$/iu.test(value);
  const why = placeholder
    ? 'it is the placeholder of the documentation; it stands for the id of your instance'
    : 'an instance id is i- and 17 (older ones 8) hexadecimal digits';
  throw bad('instance-id', value, why, 'i-0abc1234def567890');
}

/** Regions that people mistype; a suggestion, not a limit. */
const oftenMeant =
  'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-north-1 ' +
  'ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-south-1';

const directions = '(?:north|south|east|west|central|northeast|northwest|southeast|southwest)';
const regionForm = new RegExp(`^[a-z]{2,5}(?:-[a-z]+)*-${directions}-\\d{1,2}$`, 'u');

/** A region name as AWS writes it: a part of the world, a direction, a number. Throws BAD_VALUE. */
export function parseRegion(value: string): string {
  if (regionForm.test(value)) return value;
  const zone = /^(.*-\d{1,2})[a-z]$/u.exec(value)?.[1] ?? '';
  if (regionForm.test(zone)) throw bad('region', value, 'that is an availability zone, not a region', zone);
  const [near = 'us-east-1'] = nearest(value, oftenMeant.split(' '));
  throw bad('region', value, 'a region is written like us-east-1', near);
}

/** An account id: twelve digits. Throws BAD_VALUE. */
export function parseAccount(value: string): string {
  if (/^\d{12}$/u.test(value)) return value;
  throw bad('account', value, 'an account id has twelve digits', '111122223333');
}

/** A folder to write into. Throws BAD_VALUE. */
export function parseOutput(value: string): string {
  if (value !== '' && !value.includes('\0')) return value;
  throw bad('output', value, 'it is the folder that the files go into', './openclaw-bedrock');
}

/** A file to read. Throws BAD_VALUE. */
export function parseFile(flag: string): (value: string) => string {
  return (value) => {
    if (value !== '' && !value.includes('\0')) return value;
    throw bad(flag, value, 'it is a file to read', './use-case.json');
  };
}

/** A role name: 1 to 64 of the characters that IAM allows. Throws BAD_VALUE. */
export function parseRoleName(value: string): string {
  if (/^[\w+=,.@-]{1,64}$/u.test(value)) return value;
  throw bad(
    'role-name',
    value,
    'IAM allows 1 to 64 letters, digits and +=,.@_- in a role name',
    'EC2-Bedrock-Access',
  );
}

/** A profile name of the shared AWS config. Throws BAD_VALUE for what no section header can hold. */
export function parseProfileName(flag: string): (value: string) => string {
  return (value) => {
    if (/^[\w+=,.@:/-]{1,128}$/u.test(value)) return value;
    throw bad(flag, value, 'a profile name has letters, digits and +=,.@:/_- only', 'default');
  };
}

/** `invoke`, `scoped`, `full-access` or the ARN of a managed policy. Throws BAD_VALUE. */
export function parsePolicy(value: string): PolicyChoice {
  if (value === 'invoke' || value === 'scoped' || value === 'full-access') return { kind: value };
  const arn = parseArn(value);
  if (arn?.service === 'iam' && arn.resource.startsWith('policy/')) return { kind: 'managed', arn: value };
  throw bad('policy', value, 'it is invoke, scoped, full-access or the ARN of a managed policy', 'invoke');
}

/** The ARN of a managed policy that serves as permissions boundary. Throws BAD_VALUE. */
export function parseBoundary(value: string): string {
  const arn = parseArn(value);
  if (arn?.service === 'iam' && arn.resource.startsWith('policy/')) return value;
  throw bad(
    'permissions-boundary',
    value,
    'it is the ARN of a managed policy',
    'arn:aws:iam::111122223333:policy/Boundary',
  );
}

/** A model id, inference-profile id, ARN, short name or OpenClaw name. Throws BAD_VALUE. */
export function parseModel(value: string): string {
  if (/^[\w.:/-]{2,2048}$/u.test(value)) return value;
  throw bad(
    'model',
    value,
    'a model is an id, an inference-profile id, an ARN or a name such as sonnet',
    'us.anthropic.claude-sonnet-4-6',
  );
}

/** A resource tag. Throws BAD_VALUE. */
export function parseTag(value: string): readonly [string, string] {
  const [, key = '', text = ''] = /^([^=]+)=(.*)$/u.exec(value) ?? [];
  const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  if (key === '' || key.length > 128 || text.length > 256 || !allowed.test(key) || !allowed.test(text)) {
    throw bad(
      'resource-tag',
      value,
      'a tag is KEY=VALUE with letters, digits, spaces and _.:/=+-@',
      'team=platform',
    );
  }
  if (
    key.toLowerCase().startsWith('aws:') ||
    key === 'managed-by' ||
    key.startsWith('openclaw-bedrock-setup:')
  ) {
    throw bad('resource-tag', value, `the key ${key} is reserved`, 'team=platform');
  }
  return [key, text];
}

/** A tag that instances have. Throws BAD_VALUE. */
export function parseInstanceTag(value: string): readonly [string, string] {
  const [, key = '', text = ''] = /^([^=]{1,128})=(.{0,256})$/u.exec(value) ?? [];
  if (key !== '') return [key, text];
  throw bad('instance-tag', value, 'a tag is KEY=VALUE', 'env=prod');
}

/** The name of an Auto Scaling group. Throws BAD_VALUE. */
export function parseGroupName(value: string): string {
  if (/^[\u0020-\uD7FF\uE000-\uFFFD]{1,255}$/u.test(value) && value.trim() === value) return value;
  throw bad('asg', value, 'it is the name of an Auto Scaling group', 'web');
}

/** A whole number within bounds. Throws BAD_VALUE. */
export function parseInteger(flag: string, least: number, most: number): (value: string) => number {
  return (value) => {
    const number = /^\d{1,15}$/u.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw bad(
      flag,
      value,
      `it is a whole number from ${least} to ${most}`,
      String(Math.max(least, Math.min(most, 3600))),
    );
  };
}

/** A comma-separated list of Bedrock provider names. Throws BAD_VALUE. */
export function parseProviders(value: string): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.every((name) => /^[\w .-]{1,64}$/u.test(name))) return names;
  throw bad(
    'provider-filter',
    value,
    'it is a list of Bedrock provider names, separated by commas',
    'anthropic,amazon',
  );
}

/** The name of a user of the host. Throws BAD_VALUE. */
export function parseUserName(value: string): string {
  if (/^[a-z_][a-z0-9_.-]{0,31}\$?$/iu.test(value)) return value;
  throw bad('openclaw-user', value, 'it is the name of a user of this host', 'ubuntu');
}

/** A receipt's id, as the end of a run printed it. Throws BAD_VALUE. */
export function parseReceiptId(value: string): string {
  if (/^[a-z0-9-]{1,64}$/u.test(value)) return value;
  throw bad('receipt', value, 'it is the id that the end of a run printed', 'r-3f9c0a1b2d4e');
}

/** One of several words. Throws BAD_VALUE. */
export function parseWord<const Word extends string>(
  flag: string,
  words: readonly Word[],
): (value: string) => Word {
  return (value) => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    throw bad(flag, value, `it is one of ${words.join(', ')}`, words[0] ?? '');
  };
}

/** A code of the catalogue of failures, in capitals whatever was typed. Throws BAD_VALUE. */
export function parseFaultCode(value: string): string {
  if (/^[a-z][a-z_]{1,40}$/iu.test(value)) return value.toUpperCase();
  throw bad('mock-fault', value, 'it is a code of a failure, as a report shows it', 'GATEWAY_ENV');
}

/** A file to write a report to. Throws BAD_VALUE. */
export function parseReportFile(value: string): string {
  if (value.trim() !== '' && !value.endsWith('/') && !value.includes('\0')) return value;
  throw bad('report', value, 'it is a file', 'report.md');
}

/** The tag of instances that set themselves up. Throws BAD_VALUE. */
export function parseEnroll(value: string): EnrollTag {
  const [, key = '', text = ''] = /^([^=,]+)=([^,]+)$/u.exec(value) ?? [];
  const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u;
  if (key.length <= 128 && text.length <= 256 && allowed.test(key) && allowed.test(text))
    return { key, value: text };
  throw bad('enroll', value, 'it is a tag, KEY=VALUE', 'openclaw=yes');
}

/** A number or a percentage, as AWS writes it. Throws BAD_VALUE. */
export function parseShare(flag: string): (value: string) => string {
  return (value) => {
    if (isShare(value)) return value;
    throw bad(flag, value, 'it is a number or a percentage', flag === 'max-errors' ? '10%' : '50');
  };
}

/**
 * Where hosts get the packed tool from: an https address without query or password, since Systems Manager keeps what it is sent,
 * or an absolute path. Throws BAD_VALUE.
 */
export function parseToolSource(value: string): string {
  if (/^(?:https:\/\/[\w.:-]+)?\/[\w.@/+-]+\.tgz$/u.test(value)) return value;
  throw bad(
    'tool-source',
    value,
    'it is the https address, or the path on the hosts, of a file that npm pack made; no query, which might hold a secret',
    'https://example.com/openclaw-bedrock-setup-0.1.0.tgz',
  );
}

/** `--trace`: what it is drawn as follows from the file's name. */
export function parseTraceFile(value: string): string {
  if (/[^/]\.(?:svg|html)$/u.test(value) && !value.includes('\0')) return value;
  throw bad('trace', value, 'it is a file that ends in .svg or .html', 'trace.svg');
}
