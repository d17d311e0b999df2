import { childOf, type Comment, placeOf, type Source, type SyntaxNode, visitNodes } from './source.js';

/** `any`, `!`, `as any` and the like, and exports without a name: each with its place. */
export function looseEnds(source: Source): readonly string[] {
  const found: string[] = [];
  const say = (node: SyntaxNode, what: string): void => {
    found.push(`${placeOf(source, node.start)}: ${what}`);
  };
  visitNodes(source.program, (node) => {
    if (node.type === 'TSAnyKeyword') say(node, 'the type any');
    if (node.type === 'TSNonNullExpression' || node['definite'] === true) say(node, 'the assertion !');
    if (node.type === 'ExportDefaultDeclaration') say(node, 'a default export');
    if (node.type === 'TSEnumDeclaration') say(node, 'an enum');
    if (node.type === 'TSModuleDeclaration') say(node, 'a namespace');
  });
  return found;
}

const escape =
  /\b(?:oxlint-disable|eslint-disable|biome-ignore|v8 ignore)|@ts-(?:expect-error|ignore|nocheck)/u;
const silencing = /@ts-(?:ignore|nocheck)/u;
const reasoned =
  /^\s*(?:(?:oxlint|eslint)-disable\S*\s+\S.*\s--\s+\S|biome-ignore\s+\S+:\s+\S|@ts-expect-error\s+--\s+\S)/u;

function hasCommentAbove(source: Source, comment: Comment): boolean {
  return source.comments.some(
    ({ type, end }) =>
      type === 'Line' && end < comment.start && /^\r?\n[ \t]*$/u.test(source.text.slice(end, comment.start)),
  );
}

/**
 * Comments that turn a rule off and give no reason, neither behind the rule nor in the line above. The two that silence the
 * compiler without expecting an error have no good reason.
 */
export function unreasonedEscapes(source: Source): readonly string[] {
  return source.comments
    .filter(({ value }) => escape.test(value) && !reasoned.test(value))
    .filter((comment) => silencing.test(comment.value) || !hasCommentAbove(source, comment))
    .map(({ value, start }) => `${placeOf(source, start)}: ${value.trim()}`);
}

function isDocstringOf(comment: Comment, node: SyntaxNode, text: string): boolean {
  return (
    comment.type === 'Block' &&
    comment.value.startsWith('*') &&
    comment.end <= node.start &&
    text.slice(comment.end, node.start).trim() === ''
  );
}

function nameOf(declaration: SyntaxNode): string {
  const [first] = (declaration['declarations'] as readonly SyntaxNode[] | undefined) ?? [declaration];
  const name = first === undefined ? null : childOf(first, 'id');
  return typeof name?.['name'] === 'string' ? name['name'] : declaration.type;
}

/** Exported declarations that no docstring stands above. */
export function undocumentedExports(source: Source): readonly string[] {
  const found: string[] = [];
  for (const node of source.program['body'] as readonly SyntaxNode[]) {
    const declaration = node.type === 'ExportNamedDeclaration' ? childOf(node, 'declaration') : null;
    if (declaration === null) continue;
    if (source.comments.some((comment) => isDocstringOf(comment, node, source.text))) continue;
    found.push(`${placeOf(source, node.start)}: ${nameOf(declaration)}`);
  }
  return found;
}

/** What a module takes of `process`: names of properties, and `process` where the whole is handed on. */
export function processUses(source: Source): readonly { readonly name: string; readonly place: string }[] {
  const found: { name: string; place: string }[] = [];
  visitNodes(source.program, (node, parent) => {
    if (node.type !== 'Identifier' || node['name'] !== 'process' || parent === null) return;
    const say = (name: unknown): void => {
      found.push({ name: String(name), place: placeOf(source, node.start) });
    };
    const isProperty =
      childOf(parent, 'property') === node ||
      childOf(parent, 'key') === node ||
      childOf(parent, 'imported') === node;
    if (isProperty && parent['computed'] !== true && childOf(parent, 'value') !== node) return;
    if (parent.type === 'MemberExpression') {
      const property = childOf(parent, 'property');
      say(property?.['name'] ?? property?.['value']);
      return;
    }
    const pattern = parent.type === 'VariableDeclarator' ? childOf(parent, 'id') : null;
    if (pattern?.type !== 'ObjectPattern') return say('process');
    for (const taken of pattern['properties'] as readonly SyntaxNode[])
      say(childOf(taken, 'key')?.['name'] ?? 'process');
  });
  return found;
}
