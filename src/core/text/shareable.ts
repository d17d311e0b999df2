import { scrub } from './scrub.js';

/** Accounts and ids so far shortened that one can tell them apart and nobody else can use them. */
const shortened: readonly (readonly [RegExp, string])[] = [
  [/\b\d{8}(\d{4})\b/gu, '…$1'],
  [/\b((?:i|iip-assoc|vpc|subnet|eni|ami|r)-)[0-9a-f]{4,}([0-9a-f]{4})\b/gu, '$1…$2'],
  [/\b(AIDA|AROA|AIPA|ANPA)[A-Z0-9]{8,}\b/gu, '$1…'],
  [/\bo-[a-z0-9]{10,32}\b/gu, 'o-…'],
];

/**
 * A text that is safe to post in public: secrets and control sequences removed, the home folder as `~`, account numbers
 * and resource ids shortened to their last four characters.
 */
export function shareable(text: string, home: string | null): string {
  const bare = home === null || home === '/' || home === '' ? text : text.replaceAll(home, '~');
  return shortened.reduce((result, [pattern, to]) => result.replace(pattern, to), scrub(bare));
}
