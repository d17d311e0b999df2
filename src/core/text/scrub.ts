import { latePattern } from './late-pattern.js';

const hidden = '[hidden]';

/** Texts that are a secret by their own form. */
const secretForms: readonly RegExp[] = [
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{8,}\b/gu,
  /\b(?:IQoJ|FwoG|FQoG|AQoD)[A-Za-z0-9+/=_-]{16,}/gu,
  /\bABSK[A-Za-z0-9+/=_-]{12,}/gu,
  /\bbedrock-api-key-[A-Za-z0-9+/=_-]+/gu,
  /\bsk-[A-Za-z0-9_-]{16,}/gu,
];
/** The beginnings of these forms. */
const speaking = /A(?:KIA|SIA|BIA|CCA|QoD|BSK)|IQoJ|F(?:woG|QoG)|bedrock-api-key-|sk-/u;

/** Names behind which a secret stands, in files, headers, JSON and environments. */
const secretNames =
  '(?:aws[_-]?)?(?:secret[_-]?access[_-]?key|session[_-]?token|security[_-]?token|access[_-]?key[_-]?id)' +
  '|aws_bearer_token_bedrock|x-amz-security-token|x-aws-ec2-metadata-token|refresh[_-]?token|client[_-]?secret';

const namedSecret = latePattern(
  String.raw`((?:${secretNames})["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s"',;&]+)`,
  'giu',
);
const secretElement = latePattern(String.raw`(<(${secretNames}|token)>)[^<]*(</)`, 'giu');
const authorization = /(authorization["']?\s*[:=]\s*)[^\r\n]+/giu;
const bearer = /(\bbearer\s+)[A-Za-z0-9._~+/=-]{8,}/giu;
const signature = /(\bsignature=)[0-9a-f]{16,}/giu;
/** A word of each of the forms above: without one, none of them needs a look, and most texts have none. */
const telling = /key|token|secret|authorization|bearer|signature/iu;
const urlPassword = /(\/\/[^\s/:@]+:)[^\s/@]+@/gu;

/** Control sequences that move the cursor, colour or retitle a terminal; a lone control character is dropped with them. */
const controlSequence = latePattern(
  String.raw`(?![\n\t\r])\p{Cc}(?:\[[0-?]*[ -/]*[@-~]|\][^\p{Cc}]*)|\u009B[0-?]*[ -/]*[@-~]`,
  'gu',
);
/** Also what reverses or hides text: marks and overrides of direction, separators of lines, invisible tags. */
const controlCharacter = latePattern(
  String.raw`(?![\n\t])[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]`,
  'gu',
);

/** Nothing but what is meant to be read. */
const plain = /^[\n\t\u0020-\u007E]*$/u;

/** Removes everything by which a foreign text could steer a terminal; line feeds and tabs stay. */
export function neutralize(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(controlSequence(), '').replace(controlCharacter(), '');
}

function withoutNamed(text: string): string {
  return text
    .replace(authorization, `$1${hidden}`)
    .replace(namedSecret(), `$1${hidden}`)
    .replace(secretElement(), `$1${hidden}$3`)
    .replace(bearer, `$1${hidden}`)
    .replace(signature, `$1${hidden}`);
}

/**
 * A text that may be shown: access keys, secret keys, session and bearer tokens, Authorization headers and passwords in
 * URLs are replaced by `[hidden]`, control sequences are removed. Meant for every text that comes from outside.
 */
export function scrub(text: string): string {
  const neutral = neutralize(text);
  const unnamed = telling.test(neutral) ? withoutNamed(neutral) : neutral;
  const signedOut = unnamed.includes('@') ? unnamed.replace(urlPassword, `$1${hidden}@`) : unnamed;
  if (!speaking.test(signedOut)) return signedOut;
  return secretForms.reduce((text, form) => text.replace(form, hidden), signedOut);
}

/** {@link scrub} for what has to stand on one line. */
export function oneLine(text: string): string {
  return scrub(text).replaceAll(/\s*[\n\t]\s*/gu, ' ');
}
