import type { Choice } from '../../ports/prompt.js';

/** A list of which one choice is to be picked. Plain data. */
export interface List {
  readonly choices: readonly Choice[];
  /** What each choice is found by, in lower case. */
  readonly haystacks: readonly string[];
  readonly filter: string;
  /** The choices that the filter leaves, by index. */
  readonly found: readonly number[];
  /** Which of those is pointed at. */
  readonly at: number;
}

/** One line of a list: a group's heading, or a choice. */
export type ListRow =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'choice'; readonly choice: Choice; readonly current: boolean };

/** A list that points at the choice with the value `initial`, or at the first one. */
export function makeList(choices: readonly Choice[], initial?: string): List {
  const haystacks = choices.map(({ value, label, hint = '', group = '' }) =>
    `${group} ${label} ${value} ${hint}`.toLowerCase(),
  );
  const at = choices.findIndex((choice) => choice.value === initial);
  return { choices, haystacks, filter: '', found: choices.map((_, index) => index), at: Math.max(0, at) };
}

/** The list as a filter leaves it: choices in which each of its words occurs. Keeps pointing at the same choice if it can. */
export function narrow(list: List, filter: string): List {
  const words = filter.toLowerCase().split(' ').filter(Boolean);
  const longer = filter.startsWith(list.filter);
  const candidates = longer ? list.found : list.choices.keys();
  const found = [...candidates].filter((index) =>
    words.every((word) => list.haystacks[index]?.includes(word) === true),
  );
  const current = list.found[list.at];
  const at = current === undefined ? -1 : found.indexOf(current);
  return { ...list, filter, found, at: Math.max(0, at) };
}

/** Points so many choices further down; a single step goes round at the ends. */
export function move(list: List, by: number): List {
  const count = list.found.length;
  if (count === 0) return list;
  const at = Math.abs(by) === 1 ? (list.at + by + count) % count : clamp(list.at + by, count);
  return { ...list, at };
}

/** The choice that is pointed at; `null` where the filter leaves none. */
export function current(list: List): Choice | null {
  return list.choices[list.found[list.at] ?? -1] ?? null;
}

/** At most `height` lines of the list around the choice that is pointed at, headings among them. */
export function visibleRows(list: List, height: number): readonly ListRow[] {
  const rows: ListRow[] = [];
  let pointed = 0;
  let group: string | undefined;
  for (const [position, index] of list.found.entries()) {
    const choice = list.choices[index];
    if (choice === undefined) continue;
    if (choice.group !== undefined && choice.group !== group)
      rows.push({ kind: 'heading', text: choice.group });
    group = choice.group;
    if (position === list.at) pointed = rows.length;
    rows.push({ kind: 'choice', choice, current: position === list.at });
  }
  const last = Math.max(0, rows.length - height);
  const top = Math.min(last, Math.max(0, pointed - Math.floor(height / 2)));
  return rows.slice(top, top + height);
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
