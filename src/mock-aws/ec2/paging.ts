import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

const MINIMUM = 5;
const MAXIMUM = 1000;

/**
 * Cuts a page by `MaxResults` (5 to 1,000) and `NextToken`; without MaxResults everything.
 * Throws `InvalidParameterValue` for a size out of bounds or a token that was not ours.
 */
export function cutPage<Item>(items: readonly Item[], parameters: Parameters): Page<Item> {
  const start = readToken(parameters.get('NextToken'));
  const asked = parameters.get('MaxResults');
  const size = asked === undefined ? items.length : pageSize(asked, parameters.integer('MaxResults') ?? 0);
  const end = start + size;
  return { items: items.slice(start, end), nextToken: end < items.length ? writeToken(end) : undefined };
}

function pageSize(asked: string, size: number): number {
  if (size >= MINIMUM && size <= MAXIMUM) return size;
  const bound = size < MINIMUM ? `greater than ${MINIMUM}` : `less than ${MAXIMUM}`;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ( ${asked} ) for parameter maxResults is invalid. Expecting a value ${bound}.`,
  );
}

function writeToken(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64');
}

function readToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const offset = /^offset:(\d{1,9})$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (offset === undefined) throw new AwsError('InvalidParameterValue', 'Unable to parse pagination token');
  return Number(offset);
}
