import type { PolicyChoice } from '../../../core/settings.js';
import { parseArn } from '../../../core/policy/arn.js';
import { nearest } from '../../../core/text/nearest.js';
import { tagCharacters } from './tag-characters.js';
import { WrongValue } from './wrong-value.js';

/** Regions that people mistype; a suggestion, not a limit. */
const oftenMeant =
  'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-north-1 ' +
  'ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-south-1';

const directions = '(?:north|south|east|west|central|northeast|northwest|southeast|southwest)';
const regionForm = new RegExp(`^[a-z]{2,5}(?:-[a-z]+)*-${directions}-\\d{1,2}$`, 'u');

/** A region name as AWS writes it: a part of the world, a direction, a number. Throws WrongValue. */
export function parseRegion(value: string): string {
  if (regionForm.test(value)) return value;
  const zone = /^(.*-\d{1,2})[a-z]$/u.exec(value)?.[1] ?? '';
  if (regionForm.test(zone)) throw new WrongValue('that is an availability zone, not a region', zone);
  const [near = 'us-east-1'] = nearest(value, oftenMeant.split(' '));
  throw new WrongValue('a region is written like us-east-1', near);
}

/** An account id: twelve digits. Throws WrongValue. */
export function parseAccount(value: string): string {
  if (/^\d{12}$/u.test(value)) return value;
  throw new WrongValue('an account id has twelve digits', '111122223333');
}

/** A role name: 1 to 64 of the characters that IAM allows. Throws WrongValue. */
export function parseRoleName(value: string): string {
  if (/^[\w+=,.@-]{1,64}$/u.test(value)) return value;
  throw new WrongValue('IAM allows 1 to 64 letters, digits and +=,.@_- in a role name', 'EC2-Bedrock-Access');
}

/** A profile name of the shared AWS config. Throws WrongValue for what no section header can hold. */
export function parseProfileName(value: string): string {
  if (/^[\w+=,.@:/-]{1,128}$/u.test(value)) return value;
  throw new WrongValue('a profile name has letters, digits and +=,.@:/_- only', 'default');
}

/** `invoke`, `scoped`, `full-access` or the ARN of a managed policy. Throws WrongValue. */
export function parsePolicy(value: string): PolicyChoice {
  if (value === 'invoke' || value === 'scoped' || value === 'full-access') return { kind: value };
  const arn = parseArn(value);
  if (arn?.service === 'iam' && arn.resource.startsWith('policy/')) return { kind: 'managed', arn: value };
  throw new WrongValue('it is invoke, scoped, full-access or the ARN of a managed policy', 'invoke');
}

/** The ARN of a managed policy that serves as permissions boundary. Throws WrongValue. */
export function parseBoundary(value: string): string {
  const arn = parseArn(value);
  if (arn?.service === 'iam' && arn.resource.startsWith('policy/')) return value;
  throw new WrongValue('it is the ARN of a managed policy', 'arn:aws:iam::111122223333:policy/Boundary');
}

/** A resource tag. Throws WrongValue. */
export function parseTag(value: string): readonly [string, string] {
  const [, key = '', text = ''] = /^([^=]+)=(.*)$/u.exec(value) ?? [];
  const allowed = tagCharacters();
  if (key === '' || key.length > 128 || text.length > 256 || !allowed.test(key) || !allowed.test(text)) {
    throw new WrongValue('a tag is KEY=VALUE with letters, digits, spaces and _.:/=+-@', 'team=platform');
  }
  if (
    key.toLowerCase().startsWith('aws:') ||
    key === 'managed-by' ||
    key.startsWith('openclaw-bedrock-setup:')
  ) {
    throw new WrongValue(`the key ${key} is reserved`, 'team=platform');
  }
  return [key, text];
}
