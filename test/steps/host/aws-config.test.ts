import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { setUp, snapshot, takeBack, temporaryFolder, testHost } from '../../support/host.js';

const only = ['aws-config'] as const;
const block =
  '# >>> openclaw-bedrock-setup >>>\n[default]\nregion = us-east-1\n# <<< openclaw-bedrock-setup <<<\n';

async function homeWith(text: string | null): Promise<{ readonly home: string; readonly file: string }> {
  const home = await temporaryFolder();
  const file = path.join(home, '.aws', 'config');
  if (text !== null) {
    await mkdir(path.dirname(file));
    await writeFile(file, text);
  }
  return { home, file };
}

describe('the AWS config', () => {
  it.each([
    ['is not there', null, block],
    [
      'has other profiles',
      '[profile dev]\nregion = eu-west-1',
      `[profile dev]\nregion = eu-west-1\n${block}`,
    ],
    ['has a profile whose name only begins so', '[profile default-2]\n', `[profile default-2]\n${block}`],
    ['has it in a comment', '# [default]\n; [default]\n', `# [default]\n; [default]\n${block}`],
  ])('that %s gets [default], and undo gives the bytes back', async (_name, before, after) => {
    const { home, file } = await homeWith(before);
    const original = await snapshot(home);
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    expect(await readFile(file, 'utf8')).toBe(after);
    expect((await setUp(host, {}, only)).made).toEqual([]);
    await takeBack(host, made);
    expect(await snapshot(home)).toEqual(original);
  });

  it.each([
    '[default]\nregion = us-east-1\n',
    '[ default ]\noutput=json\nregion=us-east-1 # x\n',
    '[profile default]\nregion: us-east-1',
  ])('is in place: %j', async (text) => {
    const { home } = await homeWith(text);
    expect(await setUp(testHost({ home }), {}, only)).toEqual({ made: [], conflicts: {} });
  });

  it.each([
    [
      '[default]\nregion = eu-west-1\n',
      '[default] in ~/.aws/config has the region eu-west-1 on line 2, not us-east-1',
    ],
    [
      '# mine\n[default]\noutput = json\n[profile x]\nregion = us-east-1\n',
      '[default] in ~/.aws/config on line 2 has no region',
    ],
  ])('never edits a [default] that is there: %j', async (text, message) => {
    const { home, file } = await homeWith(text);
    const { made, conflicts } = await setUp(testHost({ home }), {}, only);
    expect(made).toEqual([]);
    expect(conflicts['aws-config']).toMatchObject({
      scope: 'notice',
      conflict: { code: 'AWS_CONFIG_DEFAULT', message },
    });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('honours AWS_CONFIG_FILE', async () => {
    const { home } = await homeWith(null);
    await setUp(testHost({ home, environment: { AWS_CONFIG_FILE: '~/other' } }), {}, only);
    expect(Object.keys(await snapshot(home))).toEqual(['other']);
  });

  it('follows the region of a later run', async () => {
    const { home, file } = await homeWith(null);
    const host = testHost({ home });
    await setUp(host, { region: 'eu-west-1' }, only);
    await setUp(host, {}, only);
    expect(await readFile(file, 'utf8')).toBe(block);
  });

  it('does not touch it for a named gateway profile', async () => {
    const { home } = await homeWith(null);
    expect(await setUp(testHost({ home }), { settings: { gatewayProfile: 'dev' } }, only)).toEqual({
      made: [],
      conflicts: {},
    });
  });

  it('leaves the section where settings of others follow in it', async () => {
    const { home, file } = await homeWith(null);
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    await writeFile(file, `${block}output = json\n`);
    await expect(takeBack(host, made)).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
      fix: expect.stringContaining('put [default] above them') as unknown,
    });
    expect(await readFile(file, 'utf8')).toBe(`${block}output = json\n`);
    await writeFile(file, `${block}[default]\noutput = json\n`);
    await takeBack(host, made);
    expect(await readFile(file, 'utf8')).toBe('[default]\noutput = json\n');
  });
});
