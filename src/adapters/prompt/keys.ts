import { latePattern } from '../../core/text/late-pattern.js';

// oxlint-disable no-control-regex -- the keys of a terminal are control characters
const complete =
  /\u001B\[\[?[0-9;]*[A-Za-z~^$@]|\u001BO[A-Za-z]|\u001B[^\u0003\u0004\u001B[O]|[^\u001B]|\u001B(?=[\u0003\u0004\u001B]|$)/gu;
const unfinished = /\u001B(?:\[\[?[0-9;]*|O)?$/u;

const controls = latePattern(String.raw`\p{Cc}`, 'u');

/** What was typed, cut into keys, and the beginning of a key whose rest has not come yet. */
export interface Keys {
  readonly keys: readonly string[];
  readonly rest: string;
}

/** Cuts what a terminal sends into keys: characters, and control sequences (ECMA-48) as a whole. */
export function splitKeys(text: string): Keys {
  const rest = unfinished.exec(text)?.[0] ?? '';
  const whole = text.slice(0, text.length - rest.length);
  return { keys: whole.match(complete) ?? [], rest };
}

/** A character that can be part of an answer. */
export function isText(key: string): boolean {
  return key !== '' && !controls().test(key);
}
