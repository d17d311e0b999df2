import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Room } from './arrows.js';
import { roomOf } from './arrows.js';
import { importsOf } from './imports.js';
import { sources } from './source.js';

/** Arrows between rooms, `from -> to`. */
type Arrows = ReadonlySet<string>;

const page = readFileSync('docs/architecture.md', 'utf8');
const drawing = /```mermaid\n(?<text>[^]*?)```/u.exec(page)?.groups?.['text'] ?? '';

/** Mermaid ids have no dash; each stands for the room that its label begins with. */
function drawn(): Arrows {
  const rooms = new Map(
    Array.from(
      drawing.matchAll(/(\w+)\["([\w-]+)(?:\.ts)?/gu),
      ([, id = '', room = '']) => [id, room] as const,
    ),
  );
  const arrows = new Set<string>();
  for (const line of drawing.split('\n')) {
    const ends = line
      .split(/ -->(?:\|[^|]*\|)? | -\. [^.]* \.-> /u)
      .map((end) => end.trim().replace(/\[.*$/u, ''));
    for (const [index, to] of ends.entries()) {
      const from = ends[index - 1];
      if (from !== undefined) arrows.add(`${rooms.get(from) ?? from} -> ${rooms.get(to) ?? to}`);
    }
  }
  return arrows;
}

function imported(): Arrows {
  const pairs = sources('src').flatMap((source) =>
    importsOf(source).flatMap(({ from, to }) => {
      const rooms: readonly (Room | null)[] = [roomOf(from), roomOf(to)];
      return rooms[0] !== rooms[1] && rooms[1] !== null ? [rooms.join(' -> ')] : [];
    }),
  );
  return new Set(pairs.filter((pair) => !pair.endsWith('-> version')));
}

function reaches(arrows: Arrows, from: string, to: string): boolean {
  const next = Array.from(arrows).filter((arrow) => arrow.startsWith(`${from} -> `));
  return next.some(
    (arrow) => arrow.endsWith(` -> ${to}`) || reaches(arrows, arrow.slice(from.length + 4), to),
  );
}

it('the drawing has an arrow, or a way along arrows, for every import between rooms', () => {
  const arrows = drawn();
  const missing = Array.from(imported()).filter((pair) => {
    const [from = '', to = ''] = pair.split(' -> ');
    return !reaches(arrows, from, to);
  });
  expect(missing).toEqual([]);
});

it('the drawing has no arrow that the code does not have', () => {
  const real = imported();
  expect(Array.from(drawn()).filter((arrow) => !real.has(arrow))).toEqual([]);
});
