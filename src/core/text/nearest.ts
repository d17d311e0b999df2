/** Number of single-character edits, a swap of neighbours being one, between two words. */
export function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const above = (last[column] ?? 0) + 1;
      const before = (current[column - 1] ?? 0) + 1;
      const diagonal = (last[column - 1] ?? 0) + (same ? 0 : 1);
      const swap = swapped && row > 1 ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(above, before, diagonal, swap));
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}

/** The candidates closest to a word, best first; none further away than a third of its length and two edits. */
export function nearest(word: string, candidates: readonly string[], most = 1): readonly string[] {
  const bound = Math.max(2, Math.floor(word.length / 3));
  return candidates
    .filter(({ length }) => Math.abs(length - word.length) <= bound)
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= bound)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
