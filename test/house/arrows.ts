import type { Import } from './imports.js';

/** The rooms of the house from left to right; a room may import what stands to its right. */
const ranks = {
  bin: 0,
  main: 1,
  cli: 2,
  steps: 3,
  checks: 3,
  adapters: 3,
  failures: 3,
  'mock-host': 3,
  'mock-aws': 3,
  render: 3,
  core: 4,
  ports: 5,
  version: 6,
} as const;

/** A room: a folder of `src`, or one of the files that lie beside the folders. */
export type Room = keyof typeof ranks;

/** Imports between rooms of one rank, each with what it is for. */
const besides: Readonly<Partial<Record<Room, readonly Room[]>>> = {
  // A check that fails asks the catalogue for cause and fix.
  checks: ['failures'],
  // A script holds the steps' own edits, so that it cannot say anything else than they do.
  render: ['steps'],
  // The scratch host of the rehearsal stands on the embedded AWS, and is looked at through the real adapters.
  'mock-host': ['mock-aws', 'adapters'],
};

/** Modules by which a room would reach the outside; `core` and `ports` have none of them. */
const outside =
  /^(?:node:(?:fs|child_process|net|http|https|http2|tls|dgram)(?:\/|$)|@aws-sdk\/|@smithy\/|enquirer$|execa$)/u;

/** The room that a file of `src` belongs to, or `null` for a file that belongs to none. */
export function roomOf(path: string): Room | null {
  const [, name] = /^src\/([\w-]+)(?:\/|\.ts$)/u.exec(path) ?? [];
  return name !== undefined && name in ranks ? (name as Room) : null;
}

/** Rooms that only a rehearsal needs: whoever is not in one of them loads them when they are called for. */
const rehearsal: ReadonlySet<Room> = new Set(['mock-aws', 'mock-host']);

/** Modules that every command line needs before it is known what it asks for: they stand in the file of `main` itself. */
const first: ReadonlySet<string> = new Set([
  'src/cli/arguments/parse.ts',
  'src/cli/arguments/help.ts',
  'src/adapters/output/print.ts',
]);

/** Rooms that every run needs from its first line on. */
const immediate: ReadonlySet<Room> = new Set(['main', 'core', 'version']);

function eager(from: Room, to: Room): string | null {
  if (rehearsal.has(to) && !rehearsal.has(from)) return `${from} may import ${to} only when it is called for`;
  if ((from === 'bin' || from === 'main') && !immediate.has(to))
    return `${from} may import ${to} only when it is called for`;
  return null;
}

function crossing(from: Room, to: Room, kind: Import['kind']): string | null {
  if (from === to) return null;
  if (from === 'mock-aws') return 'mock-aws imports nothing of the house but itself';
  if (ranks[from] >= ranks[to] && besides[from]?.includes(to) !== true) return `${from} may not import ${to}`;
  return kind === 'static' ? eager(from, to) : null;
}

/** What is wrong with an import, or `null`. */
export function wrongArrow({ from, to, kind }: Import): string | null {
  const room = roomOf(from);
  if (room === null) return `${from} is in no room of the house`;
  if (to.startsWith('src/')) {
    const target = roomOf(to);
    return target === null
      ? `${to} is in no room of the house`
      : crossing(room, target, first.has(to) ? 'dynamic' : kind);
  }
  if (to.startsWith('test/') || to.startsWith('scripts/')) return `${room} may not import ${to}`;
  if ((room === 'core' || room === 'ports') && outside.test(to)) return `${room} may not import ${to}`;
  return null;
}
