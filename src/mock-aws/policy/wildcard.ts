/** Matches with IAM's wildcards: `*` any text, `?` one character. Linear in the text for each `*`. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let patternAt = 0;
  let textAt = 0;
  let star = -1;
  let resume = 0;
  while (textAt < text.length) {
    const wanted = pattern[patternAt];
    if (wanted === '*') {
      star = patternAt;
      resume = textAt;
      patternAt += 1;
    } else if (wanted === '?' || (wanted !== undefined && wanted === text[textAt])) {
      patternAt += 1;
      textAt += 1;
    } else if (star >= 0) {
      patternAt = star + 1;
      resume += 1;
      textAt = resume;
    } else {
      return false;
    }
  }
  while (pattern[patternAt] === '*') patternAt += 1;
  return patternAt === pattern.length;
}

/** IAM compares actions without regard to case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}
