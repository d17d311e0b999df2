import type { Plugin } from 'rolldown';
import { leftOut, replaced } from './left-out.js';

/** The part of a module's path that is its name in its package. */
function nameIn(id: string): string | null {
  const parts = id.replaceAll('\\', '/').split('/node_modules/');
  return parts.length > 1 ? (parts.at(-1) ?? null) : null;
}

/** A module with the same exports, each of which throws when it is called. */
function throwing(name: string, source: string): string {
  const exported = source.matchAll(/^export (?:async )?(?:const|function\*?|class) (\w+)|^export (default)/gmu);
  return [...exported]
    .map(([, named, byDefault]) => {
      const text = JSON.stringify(`${name} is left out of this package`);
      const stub = `() => { throw new Error(${text}); }`;
      return byDefault === undefined ? `export const ${named} = ${stub};` : `export default ${stub};`;
    })
    .join('\n');
}

/** Leaves out of the bundle what `left-out.ts` names. Fails where a name there is of no module that was bundled. */
export function slim(): Plugin {
  const seen = new Set<string>();
  return {
    name: 'slim',
    transform: {
      filter: { id: /node_modules/u },
      handler(source, id) {
        const name = nameIn(id);
        if (name === null) return null;
        const stub = leftOut.includes(name) ? throwing(name, source) : replaced[name];
        if (stub === undefined) return null;
        seen.add(name);
        return { code: stub, map: null };
      },
    },
    buildEnd(error) {
      if (error !== undefined) return;
      const missed = [...leftOut, ...Object.keys(replaced)].filter((name) => !seen.has(name));
      if (missed.length > 0) this.error(`nothing was left out for ${missed.join(', ')}`);
    },
  };
}
