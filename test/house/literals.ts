import { childOf, parseSource, readText, type SyntaxNode, visitNodes } from './source.js';

function declarationOf(path: string, name: string): SyntaxNode {
  const { program } = parseSource(path, readText(path));
  for (const node of program['body'] as readonly SyntaxNode[]) {
    const declaration = childOf(node, 'declaration') ?? node;
    if (childOf(declaration, 'id')?.['name'] === name) return declaration;
  }
  throw new Error(`${path} declares no ${name}`);
}

/** The members of a union of string literals, such as `type Lane = 'cloud' | 'host'`. */
export function unionOf(path: string, name: string): readonly string[] {
  const found: string[] = [];
  visitNodes(declarationOf(path, name), (node) => {
    if (node.type === 'Literal' && typeof node['value'] === 'string') found.push(node['value']);
  });
  return found;
}

/** The fields of an interface: their names, and whether each may be left out. */
export function fieldsOf(path: string, name: string): ReadonlyMap<string, { readonly optional: boolean }> {
  const body = childOf(declarationOf(path, name), 'body');
  const fields = (body?.['body'] ?? []) as readonly SyntaxNode[];
  return new Map(
    fields
      .filter(({ type }) => type === 'TSPropertySignature')
      .map((field) => [String(childOf(field, 'key')?.['name']), { optional: field['optional'] === true }]),
  );
}
