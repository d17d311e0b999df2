import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { setUp, snapshot, takeBack, temporaryFolder, testHost } from '../../support/host.js';

const only = ['gateway-env'] as const;

async function homeWith(text: string | null): Promise<{ readonly home: string; readonly file: string }> {
  const home = await temporaryFolder();
  const file = path.join(home, '.openclaw', '.env');
  if (text !== null) {
    await mkdir(path.dirname(file));
    await writeFile(file, Buffer.from(text, 'latin1'), { mode: 0o600 });
  }
  return { home, file };
}

const ours = 'AWS_PROFILE=default\nAWS_REGION=us-east-1\n';

describe('the gateway’s environment file', () => {
  const table: readonly (readonly [string, string | null, string])[] = [
    ['is not there', null, ours],
    ['is empty', '', ours],
    ['holds other things', '# keys\nFOO=1\n\n', `# keys\nFOO=1\n\n${ours}`],
    ['has no final newline', 'FOO=1', `FOO=1\n${ours}`],
    [
      'has another value and no final newline',
      'AWS_REGION=eu-west-1\nTOKEN=abc',
      'AWS_REGION=us-east-1\nTOKEN=abc\nAWS_PROFILE=default\n',
    ],
    [
      'has the other value and no final newline',
      'AWS_PROFILE=\nTOKEN=abc',
      'AWS_PROFILE=default\nTOKEN=abc\nAWS_REGION=us-east-1\n',
    ],
    ['has CRLF', 'FOO=1\r\n', 'FOO=1\r\nAWS_PROFILE=default\r\nAWS_REGION=us-east-1\r\n'],
    [
      'has one of them',
      'AWS_REGION=us-east-1\nFOO=1\n',
      'AWS_REGION=us-east-1\nFOO=1\nAWS_PROFILE=default\n',
    ],
    [
      'has other values, quoted and exported',
      'export AWS_PROFILE="mine" # me\nX=\'AWS_REGION=no\'\nAWS_REGION = eu-west-1\n',
      "export AWS_PROFILE=default # me\nX='AWS_REGION=no'\nAWS_REGION = us-east-1\nAWS_TAIL",
    ],
    [
      'has a key twice',
      'AWS_REGION=a\nAWS_REGION=b\nAWS_PROFILE=default\n',
      'AWS_REGION=a\nAWS_REGION=us-east-1\nAWS_PROFILE=default\n',
    ],
    ['has it empty', 'AWS_PROFILE=\nAWS_REGION=\n', ours],
    ['has values over several lines', 'PEM="a\nAWS_PROFILE=x\nb"\n', `PEM="a\nAWS_PROFILE=x\nb"\n${ours}`],
    ['has foreign bytes', 'A=\xff\xfe\nUNKNOWN LINE\n', `A=\xff\xfe\nUNKNOWN LINE\n${ours}`],
  ];
  it.each(table)('that %s gets the keys, and undo gives the bytes back', async (_name, before, after) => {
    const { home, file } = await homeWith(before);
    const original = await snapshot(home);
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    expect((await readFile(file)).toString('latin1')).toBe(after.replace('AWS_TAIL', ''));
    expect((await stat(file)).mode % 0o1000).toBe(0o600);
    expect((await setUp(host, {}, only)).made).toEqual([]);
    await takeBack(host, made);
    expect(await snapshot(home)).toEqual(original);
  });

  it.each([
    ['plain', ours],
    ['quoted', 'AWS_REGION="us-east-1"\nexport AWS_PROFILE=\'default\' # c\n'],
    ['overridden by a later line', `AWS_PROFILE=old\n${ours}`],
  ])('is in place with values that are %s', async (_name, text) => {
    const { home } = await homeWith(text);
    expect(await setUp(testHost({ home }), {}, only)).toEqual({ made: [], conflicts: {} });
  });

  it('keeps the mode of a file that was there', async () => {
    const { home, file } = await homeWith('FOO=1\n');
    await chmod(file, 0o640);
    await setUp(testHost({ home }), {}, only);
    expect((await stat(file)).mode % 0o1000).toBe(0o640);
  });

  it('keeps a secret-looking value out of the receipt by refusing', async () => {
    const { home, file } = await homeWith('AWS_PROFILE=AKIAIOSFODNN7EXAMPLE\n');
    const { made, conflicts } = await setUp(testHost({ home }), {}, only);
    expect(made).toEqual([]);
    expect(conflicts['gateway-env']?.conflict.code).toBe('ENV_VALUE_ODD');
    expect(JSON.stringify(conflicts)).not.toContain('AKIA');
    expect(await readFile(file, 'utf8')).toBe('AWS_PROFILE=AKIAIOSFODNN7EXAMPLE\n');
  });

  it('does not put back over a value of somebody else', async () => {
    const { home, file } = await homeWith(null);
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    await writeFile(file, 'AWS_PROFILE=default\nAWS_REGION=eu-west-1\n');
    await expect(takeBack(host, made)).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    expect(await readFile(file, 'utf8')).toBe('AWS_PROFILE=default\nAWS_REGION=eu-west-1\n');
  });

  it('leaves what others have added when it is taken back', async () => {
    const { home, file } = await homeWith(null);
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    await writeFile(file, `${ours}FOO=1\n`);
    await takeBack(host, made);
    expect(await readFile(file, 'utf8')).toBe('FOO=1\n');
  });

  it('refuses an op that it did not write', async () => {
    const host = testHost({ home: await temporaryFolder() });
    const forged = {
      step: 'gateway-env',
      op: null,
      undo: { kind: 'put-back', path: '/x\n', entries: [] },
    } as const;
    await expect(takeBack(host, [forged])).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
  });
});
