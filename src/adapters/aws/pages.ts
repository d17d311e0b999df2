import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';

/** More pages than any account's answer has; beyond it the other side does not end. */
const mostPages = 500;

/**
 * Asks for page after page until there is no token for a next one. Throws ENDLESS_ANSWER where the pages do not end or a
 * token comes again.
 */
export async function allPages<Item>(
  ask: (token: string | undefined) => Promise<{
    readonly items: readonly Item[];
    readonly next: string | undefined;
  }>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await ask(token);
    items.push(...page.items);
    token = page.next === '' ? undefined : page.next;
    if (token !== undefined && (seen.has(token) || seen.size >= mostPages)) throw endless();
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return items;
}

function endless(): SetupError {
  return failure(
    'ENDLESS_ANSWER',
    'an AWS answer in pages does not end',
    'the same page token came twice, or more pages than any account has',
    'if an endpoint override is set (AWS_ENDPOINT_URL), check what answers there',
  );
}
