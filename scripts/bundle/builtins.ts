import type { Plugin } from 'rolldown';

/** Modules of Node's that take a millisecond or more to load, and that most runs do not use. */
const heavy = [
  'node:child_process',
  'node:crypto',
  'node:http2',
  'node:https',
  'node:readline',
  'node:tls',
  'node:zlib',
];

const requireOfHeavy = new RegExp(
  String.raw`^(?:let|const) (?<local>[\w$]+) = require\("(?<name>${heavy.join('|')})"\);$`,
  'gmu',
);

/** What would bring up the loader of ES modules for a module that is there already. */
const importOfBuiltin = /\bimport\((?<name>"node:[\w/]+")\)/gu;

const copy = /^([\w$]+) = require_rolldown_runtime\.\w+\(\1(?:, 1)?\);$/gmu;

/** Stands in for a module until something of it is used; the default export of one of Node's is the module itself. */
function later(local: string, name: string): string {
  const load = `require(${JSON.stringify(name)})`;
  return `let ${local} = new Proxy({}, { get: (_, key) => key === "default" ? ${load} : ${load}[key] });`;
}

/**
 * Makes the bundle load heavy modules of Node's when something of them is used, not when a chunk that may use them is loaded.
 */
export function builtins(): Plugin {
  return {
    name: 'builtins',
    renderChunk(code) {
      const locals: string[] = [];
      const lazy = code
        .replace(importOfBuiltin, 'Promise.resolve(require($<name>))')
        .replace(requireOfHeavy, (_, local: string, name: string) => {
          locals.push(local);
          return later(local, name);
        });
      // Making an ES module of a CommonJS one copies every member, for which it would have to be loaded.
      return lazy.replace(copy, (line, local: string) => (locals.includes(local) ? '' : line));
    },
  };
}
