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

/** One part for each licence text, under the packages that have it. */
function notice(packages: readonly Bundled[]): string {
  const byText = new Map<string, { readonly text: string; readonly packages: Bundled[] }>();
  for (const one of packages) {
    const text = one.text ?? `Licence: ${one.license}`;
    // Copies of one licence differ in their line breaks.
    const key = text.replaceAll(/\s+/gu, ' ');
    const group = byText.get(key) ?? { text, packages: [] };
    group.packages.push(one);
    byText.set(key, group);
  }
  const parts = [...byText.values()].map(({ text, packages: same }) => {
    const names = same.map(({ name, version, license }) => `${name} ${version} (${license})`);
    return `${names.join('\n')}\n\n${text}`;
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
