import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText, root } from '../house/source.js';
import { openExposed } from '../support/exposed.js';
import type { Released } from '../support/released.js';
import { accountOf, essenceOf, homeBefore, homeOf, putBack, setUps } from '../support/released.js';

const folder = 'test/fixtures/released';
const kept = readdirSync(join(root, folder)).flatMap((version) =>
  readdirSync(join(root, folder, version)).map((file) => [version, file.replace('.json', '')] as const),
);

describe('what an earlier release set up', () => {
  it('is kept for each kind of set-up', () => {
    const [first] = kept;
    const ofFirst = kept.filter(([version]) => version === first?.[0]).map(([, name]) => name);
    expect(ofFirst.sort()).toEqual(Object.keys(setUps).sort());
  });

  it.each(kept)('is undone to the last byte: %s, %s', async (version, name) => {
    const stage = await openExposed();
    try {
      const before = essenceOf(accountOf(stage.mock));
      const released = JSON.parse(readText(`${folder}/${version}/${name}.json`)) as Released;
      await putBack(stage, released);
      const target = (setUps[name] ?? []).flatMap((word, at, words) =>
        word === '--instance-id' ? [word, words[at + 1] ?? ''] : [],
      );
      const { exitCode, stderr } = await stage.run(['undo', ...target, '--yes']);
      expect([exitCode, stderr.match(/^error.*/mu)]).toEqual([0, null]);
      expect(essenceOf(accountOf(stage.mock))).toEqual(before);
      const left = Object.entries(await homeOf(stage)).filter(([path]) => !path.startsWith('.local/'));
      expect(Object.fromEntries(left)).toEqual('.bashrc' in released.files ? homeBefore : {});
    } finally {
      await stage.stop();
    }
  });
});
