import type { Plugin } from 'rolldown';

const importOfBuiltin =
  /^import (?:(?<whole>[\w$]+)|\* as (?<space>[\w$]+))?,? ?(?:\{(?<names>[^}]*)\} )?(?:from )?["'](?<module>node:[\w/]+)["'];?$/gmu;

/** Constants that hold what an import of one of Node's own modules would have given. */
function asConstants(groups: Readonly<Record<string, string | undefined>>): string {
  const { whole, space, names = '', module = '' } = groups;
  const each = names.split(',').map((name) => name.trim().split(' as '));
  // The default export of such a module is the module itself.
  const itself = [whole, space, ...each.map(([name, local]) => (name === 'default' ? local : undefined))];
  const members = each.filter(([name]) => name !== '' && name !== 'default').map((name) => name.join(': '));
  const targets = [...itself, members.length === 0 ? undefined : `{ ${members.join(', ')} }`];
  const got = `process.getBuiltinModule(${JSON.stringify(module)})`;
  const constants = targets.flatMap((target) => (target === undefined ? [] : [`const ${target} = ${got};`]));
  return constants.join(' ');
}

/**
 * Takes Node's own modules from `process.getBuiltinModule` (Node 20.16) instead of importing them. An import makes Node
 * evaluate every lazy property of the module, such as `fs.promises`: 2 ms for `node:fs` and `node:util` alone.
 */
export function builtins(): Plugin {
  return {
    name: 'builtins',
    renderChunk(code) {
      return code.replace(importOfBuiltin, (...parts: readonly unknown[]) =>
        asConstants(parts.at(-1) as Record<string, string | undefined>),
      );
    },
  };
}
