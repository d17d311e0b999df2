import type { PolicyChoice } from '../../../core/settings.js';
import { parseArn } from '../../../core/policy/arn.js';
import { nearest } from '../../../core/text/nearest.js';
import { bad } from './bad.js';

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
