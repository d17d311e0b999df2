import type { Plugin } from 'rolldown';

const oneExport =
  /^Object\.defineProperty\(exports, (?<name>"[^"]+"), \{\s+enumerable: true,\s+get: function \(\) \{\s+return (?<local>[\w$]+);\s+\}\s+\}\);?$/gmu;

/** Defines what a file exports: each as a getter, so that whoever loads files in a circle sees what comes later. */
const define =
  '((all) => { for (const name in all) Object.defineProperty(exports, name, { enumerable: true, get: all[name] }); })';

/**
 * Writes the exports of each file of the bundle as one list: the same getters as the bundler's own statement for each of
 * them, in a sixth of the bytes.
 */
export function shortExports(): Plugin {
  return {
    name: 'short-exports',
    renderChunk(code) {
      const found = [...code.matchAll(oneExport)];
      if (found.length < 2) return null;
      const list = found.map(({ groups: { name, local } = {} }) => `${name}: () => ${local}`);
      return `${code.replaceAll(oneExport, '').trimEnd()}\n${define}({ ${list.join(', ')} });\n`;
    },
  };
}
