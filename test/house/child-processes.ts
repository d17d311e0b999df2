import { childOf, placeOf, type Source, type SyntaxNode, visitNodes } from './source.js';

/** What may be taken of the modules that start programs: only what hands every word over by itself. */
const allowed: Readonly<Record<string, ReadonlySet<string>>> = {
  'node:child_process': new Set(['spawn', 'ChildProcess', 'ChildProcessWithoutNullStreams']),
  child_process: new Set(),
  execa: new Set(['execa']),
};
const starters = new Set(['spawn', 'execa', 'runChild']);
const shell = /^(?:.*\/)?(?:sh|bash|dash|zsh|fish|ksh|cmd|powershell|pwsh)(?:\.exe)?$/u;

function listOf(node: SyntaxNode, key: string): readonly SyntaxNode[] {
  return (node[key] ?? []) as readonly SyntaxNode[];
}

/** The name that an identifier or a text stands for. */
function nameOf(node: SyntaxNode | null): string | null {
  const name = node?.['name'] ?? node?.['value'];
  return typeof name === 'string' ? name : null;
}

/** The names that an import or `const { … } = await import(…)` takes; `*` where the whole module is taken. */
function namesOf(node: SyntaxNode, parents: readonly SyntaxNode[]): readonly string[] {
  if (node.type === 'ImportDeclaration')
    return listOf(node, 'specifiers').map((one) => nameOf(childOf(one, 'imported')) ?? '*');
  const declarator = parents.findLast(({ type }) => type !== 'AwaitExpression');
  const pattern = declarator?.type === 'VariableDeclarator' ? childOf(declarator, 'id') : null;
  if (pattern?.type !== 'ObjectPattern') return ['*'];
  return listOf(pattern, 'properties').map((one) => nameOf(childOf(one, 'key')) ?? '*');
}

function callComplaint(node: SyntaxNode): string | null {
  const [program, ...rest] = listOf(node, 'arguments');
  if (typeof program?.['value'] === 'string' && shell.test(program['value']))
    return `${program['value']} is started`;
  const options = rest.filter(({ type }) => type === 'ObjectExpression');
  const option = options
    .flatMap((one) => listOf(one, 'properties'))
    .find((one) => nameOf(childOf(one, 'key')) === 'shell');
  return option === undefined || childOf(option, 'value')?.['value'] === false ? null : 'the option shell';
}

/** Where a module starts a program through a shell, or takes what would let it do so. */
export function shellUses(source: Source): readonly string[] {
  const found: string[] = [];
  const parents = new Map<SyntaxNode, SyntaxNode | null>();
  visitNodes(source.program, (node, parent) => {
    parents.set(node, parent);
    const say = (what: string): void => {
      found.push(`${placeOf(source, node.start)}: ${what}`);
    };
    const module = childOf(node, 'source')?.['value'];
    const names = typeof module === 'string' ? allowed[module] : undefined;
    if (names !== undefined) {
      const outer = [parents.get(parent ?? node) ?? null, parent].filter((one) => one !== null);
      const taken = node.type.startsWith('Export') ? ['*'] : namesOf(node, outer);
      for (const name of taken) if (!names.has(name)) say(`${name} of ${String(module)}`);
    }
    if (node.type !== 'CallExpression') return;
    if (!starters.has(nameOf(childOf(node, 'callee')) ?? '')) return;
    const complaint = callComplaint(node);
    if (complaint !== null) say(complaint);
  });
  return found;
}

/** Whether a module can start programs at all. */
export function startsPrograms(source: Source): boolean {
  let does = false;
  visitNodes(source.program, (node) => {
    const module = childOf(node, 'source')?.['value'];
    const isType = node['importKind'] === 'type';
    if (!isType && typeof module === 'string' && module in allowed) does = true;
  });
  return does;
}
