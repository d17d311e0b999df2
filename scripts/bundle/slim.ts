import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';
import { cut, leftOut, replaced, replacedInClients } from './left-out.js';
import { clientOf, errorless, keptMembers, pruneSchemas, withoutErrors } from './schemas.js';

function folderOf(name: string): string {
  return fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url));
}

/** Packages of which the SDK holds a second copy of the same code. */
export const aliases: Readonly<Record<string, string>> = {
  '@aws-sdk/nested-clients/sts': folderOf('@aws-sdk/client-sts'),
  '@aws-sdk/token-providers': folderOf('@aws-sdk/token-providers'),
};

/** A module's name in `node_modules`, wherever that stands. */
function nameOf(id: string): string {
  return id.replaceAll('\\', '/').split('/node_modules/').at(-1) ?? '';
}

/** A module with the same exports, each of which throws when it is called. */
function throwing(name: string, source: string): string {
  const exported = source.matchAll(
    /^export (?:async )?(?:const|function\*?|class) (\w+)|^export (default)/gmu,
  );
  return [...exported]
    .map(([, named, byDefault]) => {
      const stub = `() => { throw new Error(${JSON.stringify(`${name} is left out of this package`)}); }`;
      return byDefault === undefined ? `export const ${named} = ${stub};` : `export default ${stub};`;
    })
    .join('\n');
}

/** What stands in for a module, and the rule that says so; `null` where it stays as it is. */
function standIn(name: string, source: string): { readonly rule: string; readonly code: string } | null {
  if (leftOut.includes(name)) return { rule: name, code: throwing(name, source) };
  const whole = replaced[name];
  if (whole !== undefined) return { rule: name, code: whole };
  const needless = cut[name];
  if (needless !== undefined) return { rule: name, code: source.replaceAll(needless, '') };
  const [pattern, code] = replacedInClients.find(([one]) => one.test(name)) ?? [];
  if (pattern !== undefined && code !== undefined) return { rule: pattern.source, code };
  const client = clientOf(name);
  const structures = keptMembers[client];
  const isErrorless = errorless.includes(client);
  if (structures === undefined && !isErrorless) return null;
  const kept = structures === undefined ? source : pruneSchemas(source, structures);
  return { rule: client, code: isErrorless ? withoutErrors(kept) : kept };
}

/** Whether this program's own stand-in is bundled in place of a module of a dependency. */
export function isStoodInFor(id: string): boolean {
  const name = nameOf(id);
  return leftOut.includes(name) || name in replaced || replacedInClients.some(([one]) => one.test(name));
}

const rules: readonly string[] = [
  ...leftOut,
  ...Object.keys(replaced),
  ...Object.keys(cut),
  ...replacedInClients.map(([pattern]) => pattern.source),
  ...Object.keys(keptMembers),
  ...errorless,
];

/**
 * Makes dependencies as small as this program's use of them, as `left-out.ts` and `schemas.ts` say. Where the `whole` program
 * is bundled, a rule that fits no module ends the build, so that none is left behind when a dependency changes.
 */
export function slim({ whole }: { readonly whole: boolean }): Plugin {
  const used = new Set<string>();
  return {
    name: 'slim',
    transform: {
      filter: { id: /node_modules/u },
      handler(source, id) {
        const found = standIn(nameOf(id), source);
        if (found === null) return null;
        used.add(found.rule);
        return { code: found.code, map: null };
      },
    },
    buildEnd(error) {
      const idle = !whole ? [] : rules.filter((rule) => !used.has(rule));
      if (error === undefined && idle.length > 0) this.error(`nothing was bundled for ${idle.join(', ')}`);
    },
  };
}
