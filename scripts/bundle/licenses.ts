import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { bundledFolders } from './packages.js';

/** A package whose code is in the bundle. */
interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The text of its licence file, or `null` where it ships none. */
  readonly text: string | null;
}

function describePackage(folder: string): Bundled {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<
    Record<string, unknown>
  >;
  const file = readdirSync(folder).find((name) => /^(?:licen[cs]e|copying)(?:\.|$)/iu.test(name));
  const { name, version, license } = manifest;
  if (typeof license !== 'string') throw new Error(`${String(name)} is bundled and names no licence`);
  const text = file === undefined ? null : readFileSync(join(folder, file), 'utf8').trim();
  return { name: String(name), version: String(version), license, text };
}

/** A licence file's copyright lines, and its terms, which many packages share. */
interface Parts {
  readonly notices: readonly string[];
  readonly terms: string;
}

/** Apache's appendix, which shows how to apply the licence, is no part of its terms; only its copyright line is kept. */
function partsOf(text: string): Parts {
  const isNotice = (line: string): boolean => /^\s*copyright\b.*(?:\d{4}|\(c\))/iu.test(line);
  const lines = text.split('\n');
  const terms = lines
    .filter((line) => !isNotice(line) && !/^\s*(?:the )?mit license(?: \(mit\))?\s*$/iu.test(line))
    .join('\n');
  return {
    notices: lines.filter(isNotice).map((line) => line.trim()),
    terms: (/^[^]*END OF TERMS AND CONDITIONS/u.exec(terms)?.[0] ?? terms).trim(),
  };
}

/** Values by a key, in the order in which each key came first. */
function grouped<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): readonly (readonly Value[])[] {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups.values()];
}

/** One part for each licence's terms, under the packages that have it; copyright lines stand under all packages that share them. */
function notice(packages: readonly Bundled[]): string {
  const all = packages.map((one) => ({
    title: `${one.name} ${one.version} (${one.license})`,
    ...partsOf(one.text ?? `Licence: ${one.license}`),
  }));
  // Copies of one licence differ in their line breaks, and some name the licence's address with https.
  const byTerms = grouped(all, ({ terms }) => terms.replaceAll('https:', 'http:').replaceAll(/\s+/gu, ' '));
  const parts = byTerms.map((group) => {
    const titles = grouped(group, ({ notices }) => notices.join('\n')).flatMap((same) => [
      ...same.map(({ title }) => title),
      ...(same[0]?.notices ?? []).map((line) => `  ${line}`),
    ]);
    return `${titles.join('\n')}\n\n${group[0]?.terms ?? ''}`;
  });
  return `The program holds code of these packages.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** Writes `third-party-licenses.txt` beside the bundle: every package whose code is in it, with its licence. */
export function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle(_options, bundle) {
      this.emitFile({
        type: 'asset',
        fileName: 'third-party-licenses.txt',
        source: notice(bundledFolders(bundle).map(describePackage)),
      });
    },
  };
}
