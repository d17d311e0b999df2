import type { outsideClients } from '../support/account.js';
import { snapshot } from '../support/account.js';
import { receiptTagKey } from '../../src/core/account/ownership.js';

interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

interface State {
  readonly roles: readonly {
    readonly name: string;
    readonly trust: string;
    readonly tags: readonly Tag[];
    readonly inline: readonly (readonly [string, string])[];
    readonly attached: readonly string[];
  }[];
  readonly profiles: readonly {
    readonly name: string;
    readonly tags: readonly Tag[];
    readonly roles: readonly string[];
  }[];
  readonly associations: readonly unknown[];
}

function tagsOf(tags: readonly Tag[]): Readonly<Record<string, string>> {
  const entries = tags.map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return Object.fromEntries(entries.filter(([key]) => key !== receiptTagKey));
}

function byName<Thing extends { readonly name: string }>(things: readonly Thing[]): readonly Thing[] {
  return things.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is in an account, with the documents parsed and without the tag that names a receipt. */
export async function stateOf(outside: ReturnType<typeof outsideClients>) {
  const { roles, profiles, associations } = (await snapshot(outside)) as State;
  return {
    roles: byName(roles).map(({ trust, tags, inline, ...role }) => ({
      ...role,
      trust: JSON.parse(trust) as unknown,
      tags: tagsOf(tags),
      inline: inline.map(([name, document]) => [name, JSON.parse(document) as unknown]),
    })),
    profiles: byName(profiles).map(({ tags, ...profile }) => ({ ...profile, tags: tagsOf(tags) })),
    associations,
  };
}
