import type { FoundationModel } from '../../ports/bedrock.js';

/** Sizes of one generation, the one that is meant by the family's name alone first. */
const sizes = ['pro', 'lite', 'premier', 'micro'] as const;

function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== '');
}

/** Whether a short name such as `sonnet-4-6` or `nova` stands, word for word, in a model's id after the provider. */
export function isNamedBy(modelId: string, shortName: string): boolean {
  const wanted = words(shortName);
  const there = words(modelId.slice(modelId.indexOf('.') + 1));
  if (wanted.length === 0 || !/^[a-z][\w.-]*$/iu.test(shortName)) return false;
  return there.some((_, start) => wanted.every((word, offset) => there[start + offset] === word));
}

/** The generation in a model's id: `4, 6` of `claude-opus-4-6-v1`, dates and revisions left out. */
function generation(modelId: string): readonly number[] {
  const name = modelId.slice(modelId.indexOf('.') + 1).replace(/-v\d+(?::\d+)?$/u, '');
  return words(name)
    .filter((word) => /^\d{1,3}$/u.test(word))
    .map(Number);
}

function dateOf(modelId: string): number {
  return Number(/\b(20\d{6})\b/u.exec(modelId)?.[1] ?? 0);
}

function sizeRank(modelId: string): number {
  const there = words(modelId);
  const rank = sizes.findIndex((size) => there.includes(size));
  return rank === -1 ? sizes.length : rank;
}

/** Orders models of a family, the newest generation first; of one generation the one with the later date. */
export function byNewest(left: FoundationModel, right: FoundationModel): number {
  const [ours, theirs] = [generation(left.id), generation(right.id)];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index += 1) {
    const difference = (theirs[index] ?? 0) - (ours[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return dateOf(right.id) - dateOf(left.id) || sizeRank(left.id) - sizeRank(right.id);
}
