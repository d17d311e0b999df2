import { posix } from 'node:path';
import { childOf, placeOf, type Source, type SyntaxNode, visitNodes } from './source.js';

/** One import, export-from, dynamic import or imported type. */
export interface Import {
  /** Path of the importing file. */
  readonly from: string;
  /** What is imported: a project path for a relative import (`.js` read as `.ts`), else the package's specifier. */
  readonly to: string;
  readonly kind: 'static' | 'type' | 'dynamic';
  readonly place: string;
}

const statements = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function specifierOf(node: SyntaxNode): string | null {
  const literal = childOf(node, 'source') ?? childOf(node, 'argument');
  const value = literal === null ? null : (literal['value'] ?? childOf(literal, 'literal')?.['value']);
  return typeof value === 'string' ? value : null;
}

function kindOf(node: SyntaxNode): Import['kind'] {
  if (node.type === 'ImportExpression') return 'dynamic';
  const typeOnly =
    node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type';
  return typeOnly ? 'type' : 'static';
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/u, '.ts');
}

/** Everything that a module imports, in whatever form. Throws where a dynamic import is not a plain string. */
export function importsOf(source: Source): readonly Import[] {
  const found: Import[] = [];
  visitNodes(source.program, (node) => {
    if (!statements.has(node.type)) return;
    const specifier = specifierOf(node);
    const place = placeOf(source, node.start);
    if (specifier !== null) {
      found.push({ from: source.path, to: resolve(source.path, specifier), kind: kindOf(node), place });
    } else if (node.type === 'ImportExpression') {
      throw new Error(`${place}: the import's path is worked out at run time, so nobody can follow it`);
    }
  });
  return found;
}
