import { AwsError } from '../errors.js';
import { matchesWildcard } from '../policy/wildcard.js';
import type { Parameters } from '../query/parameters.js';
import type { Tags } from '../tags.js';

/** What an item offers for filtering: texts by filter name; undefined for a filter that the operation has not. */
export type FilterValues = (filter: string) => readonly string[] | undefined;

/**
 * Keeps what passes all filters of the request: the values of one filter are alternatives, with `*` and `?`.
 * Throws `InvalidParameterValue` for a filter that is not known.
 */
export function applyFilters<Item>(
  items: readonly Item[],
  parameters: Parameters,
  valuesOf: (item: Item) => FilterValues,
): readonly Item[] {
  const filters = parameters.structures('Filter').map((filter) => ({
    name: filter.get('Name') ?? '',
    values: filter.list('Value'),
  }));
  return items.filter((item) =>
    filters.every(({ name, values }) => {
      const actual = valuesOf(item)(name);
      if (actual === undefined)
        throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
      return values.some((wanted) => actual.some((value) => matchesWildcard(wanted, value)));
    }),
  );
}

/** The filters `tag:KEY`, `tag-key` and `tag-value`; undefined for any other. */
export function tagFilter(tags: Tags, filter: string): readonly string[] | undefined {
  if (filter === 'tag-key') return Object.keys(tags);
  if (filter === 'tag-value') return Object.values(tags);
  if (!filter.startsWith('tag:')) return undefined;
  const key = filter.slice('tag:'.length);
  return Object.hasOwn(tags, key) ? [tags[key] ?? ''] : [];
}
