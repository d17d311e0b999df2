import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Pictures } from '../../scripts/recordings/recordings.js';
import { record } from '../../scripts/recordings/recordings.js';
import { svg } from '../../scripts/recordings/svg.js';
import { readText, root } from '../house/source.js';

const folder = 'docs/pictures';
/** Drawn by `--trace` itself, whose bars `test/cli/trace.test.ts` compares with calls; no two runs take the same time. */
const waterfall = 'waterfall.svg';
const names = readdirSync(join(root, folder))
  .filter((name) => name !== waterfall)
  .sort();

/** Both halves go on at once, so that the order of their lines is chance: a picture's pieces without their places. */
function pieces(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/ y="\d+"/u, ''))
    .sort();
}

describe('the pictures', () => {
  let pictures: Pictures = {};

  beforeAll(async () => {
    pictures = await record();
  }, 180_000);

  it('are all recorded', () => {
    expect(names).toEqual(Object.keys(pictures).sort());
  });

  // What fails here is mended by: npx tsx scripts/recordings/main.ts
  it.each(names)('show what the program shows now: %s', (name) => {
    const picture = pictures[name];
    const now = picture === undefined ? '' : svg(picture);
    expect(pieces(now)).toEqual(pieces(readText(`${folder}/${name}`)));
  });

  it('stand in both READMEs', () => {
    for (const paper of ['README.md', 'docs/README.ja.md']) {
      const links = readText(paper).matchAll(/\]\((?:docs\/)?pictures\/([^)]+)\)/gu);
      const shown = [...links].map(([, name]) => name);
      expect(new Set(shown)).toEqual(new Set(names));
    }
  });

  it('stand where times are explained', () => {
    expect(readText('docs/performance.md')).toContain(`(pictures/${waterfall})`);
  });

  it('tell what they show to those who cannot see them', () => {
    for (const name of [...names, waterfall])
      expect(readText(`${folder}/${name}`)).toMatch(/<title>[^<]{20,}<\/title>/u);
  });
});
