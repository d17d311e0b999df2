import { AwsError } from '../errors.js';

/** The texts of a list; nothing else counts. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** A member that is an object of lists of texts, as parameters of a document are. */
export function parametersOf(value: unknown): Record<string, string[]> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null)
    throw new AwsError('InvalidParameters', 'Parameters must be an object');
  return Object.fromEntries(Object.entries(value).map(([key, list]) => [key, [...textsOf(list)]]));
}

/** `Targets` as the state keeps them. */
export function targetsOf(value: unknown): { key: string; values: string[] }[] {
  if (!Array.isArray(value)) return [];
  return value.map((target: { Key?: unknown; Values?: unknown }) => ({
    key: String(target.Key),
    values: [...textsOf(target.Values)],
  }));
}

/** A member that is a text. Throws AwsError where it is missing. */
export function textOf(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationException', `${name} must be a text`);
}

/** How many of `total` a number or a percentage allows; undefined: `otherwise`. Throws AwsError for what is neither. */
export function shareOf(value: unknown, total: number, otherwise: string): number {
  const text = typeof value === 'string' ? value : otherwise;
  const [, digits, percent] = /^(\d{1,7})(%?)$/.exec(text) ?? [];
  if (digits === undefined) throw new AwsError('ValidationException', `not a number or percentage: ${text}`);
  return percent === '%' ? Math.floor((total * Number(digits)) / 100) : Number(digits);
}
