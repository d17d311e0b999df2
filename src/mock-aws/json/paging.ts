import { AwsError } from '../errors.js';
import type { JsonInput } from './json-service.js';

/** How large a page is, and the error for a token that was not given out. */
export interface Paging {
  readonly atMost: number;
  readonly invalidToken: string;
}

/** One page of a list, with the token of the next where there is one. Throws AwsError for a wrong size or token. */
export function pageOf<Item>(
  all: readonly Item[],
  { MaxResults: size, NextToken: token }: JsonInput,
  { atMost, invalidToken }: Paging,
): { readonly items: readonly Item[]; readonly next: { readonly NextToken?: string } } {
  const length = size ?? atMost;
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 1 || length > atMost)
    throw new AwsError('ValidationException', `MaxResults must be between 1 and ${atMost}`);
  const given = token === undefined ? 'offset-0' : typeof token === 'string' ? token : '';
  const start = Number(/^offset-(\d{1,9})$/.exec(given)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new AwsError(invalidToken, 'The specified token is not valid.');
  const end = start + length;
  return { items: all.slice(start, end), next: end < all.length ? { NextToken: `offset-${end}` } : {} };
}
