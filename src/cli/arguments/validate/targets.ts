import type { EnrollTag } from '../../../core/account/enrollment.js';
import { tagCharacters } from './tag-characters.js';
import { WrongValue } from './wrong-value.js';

/** An EC2 instance id: `i-` and 8 or 17 lower-case hexadecimal digits. Throws WrongValue. */
export function parseInstanceId(value: string): string {
  if (/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/u.test(value)) return value;
  const placeholder = /^i-[x.…]+$/iu.test(value);
  const why = placeholder
    ? 'it is the placeholder of the documentation; it stands for the id of your instance'
    : 'an instance id is i- and 17 (older ones 8) hexadecimal digits';
  throw new WrongValue(why, 'i-0abc1234def567890');
}

/** A tag that instances have. Throws WrongValue. */
export function parseInstanceTag(value: string): readonly [string, string] {
  const [, key = '', text = ''] = /^([^=]{1,128})=(.{0,256})$/u.exec(value) ?? [];
  if (key !== '') return [key, text];
  throw new WrongValue('a tag is KEY=VALUE', 'env=prod');
}

/** The name of an Auto Scaling group. Throws WrongValue. */
export function parseGroupName(value: string): string {
  if (/^[\u0020-\uD7FF\uE000-\uFFFD]{1,255}$/u.test(value) && value.trim() === value) return value;
  throw new WrongValue('it is the name of an Auto Scaling group', 'web');
}

/** The tag of instances that set themselves up. Throws WrongValue. */
export function parseEnroll(value: string): EnrollTag {
  const [, key = '', text = ''] = /^([^=,]+)=([^,]+)$/u.exec(value) ?? [];
  const allowed = tagCharacters();
  if (key !== '' && key.length <= 128 && text.length <= 256 && allowed.test(key) && allowed.test(text))
    return { key, value: text };
  throw new WrongValue('it is a tag, KEY=VALUE', 'openclaw=yes');
}
