import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'rolldown/utils';

/** The project's own folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Any node of a syntax tree, seen without knowing its kind. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A comment without its marks. */
export interface Comment {
  readonly type: 'Line' | 'Block';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A module as it is written. */
export interface Source {
  /** Path from the project's folder, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
  readonly comments: readonly Comment[];
}

const generated = new Set([
  '.git',
  'node_modules',
  'dist',
  'coverage',
  '.cache',
  '.stryker-tmp',
  'reports',
  '__snapshots__',
]);

function walk(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (generated.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return entry.isFile() ? [relative(root, path).split(sep).join('/')] : [];
  });
}

/** Every file of the project that is written by hand, or the ones below the given folders. */
export function projectFiles(...folders: readonly string[]): readonly string[] {
  const all = walk(root).filter((path) => !path.endsWith('.tgz'));
  if (folders.length === 0) return all;
  return all.filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
}

/** The text of a file of the project. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Parses TypeScript. Throws where it is none. */
export function parseSource(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text, {});
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  return { path, text, program: program as unknown as SyntaxNode, comments };
}

/** The parsed modules below the given folders. */
export function sources(...folders: readonly string[]): readonly Source[] {
  return projectFiles(...folders)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => parseSource(path, readText(path)));
}

function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

/** Calls `visit` for a node and everything below it, parents first. */
export function visitNodes(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | null) => void,
  parent: SyntaxNode | null = null,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visitNodes(child, visit, node);
    }
  }
}

/** A node's property that is itself a node, or `null`. */
export function childOf(node: SyntaxNode, key: string): SyntaxNode | null {
  const value = node[key];
  return isNode(value) ? value : null;
}

/** `file:line` of a place in a source. */
export function placeOf(source: Source, offset: number): string {
  return `${source.path}:${source.text.slice(0, offset).split('\n').length}`;
}
