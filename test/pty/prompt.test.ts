import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { nodeBinaries } from '../support/nodes.js';
import { key, PtyTerminal } from '../support/terminal.js';
import type { TerminalOptions } from '../support/terminal.js';
import { buildProgram } from './build.js';

const program = await buildProgram('test/pty/program.ts');
afterAll(async () => program.remove());

/** Runs the questions and then shows how the terminal was left; what is written in the last moment may never be read. */
function start(node: string, questions: string, options: Partial<TerminalOptions> = {}): PtyTerminal {
  const script = `"$0" "$1" ${questions}; echo "exit $?"; stty -a | grep -o -E -- '-?(icanon|echo|isig)\\b'; sleep 0.3`;
  return new PtyTerminal({ command: 'sh', args: ['-c', script, node, program.file], ...options });
}

function painted(terminal: PtyTerminal): boolean {
  return ['1m', '2m', '32m', '36m'].some((code) => terminal.raw.includes(`\u001B[${code}`));
}

async function restored(terminal: PtyTerminal): Promise<void> {
  await terminal.waitFor(/exit \d+\n(?:.*\n)*echo$/mu);
  await terminal.ended();
  expect(terminal.text.match(/^-?(?:isig|icanon|echo)$/gmu)).toEqual(['isig', 'icanon', 'echo']);
  expect(terminal.screen.cursorVisible).toBe(true);
}

const questions = ['select', 'search', 'confirm', 'consent'] as const;
const shown = /type to narrow|enter to choose|Restart the gateway\? \(|Apply these changes\? \(|Region\? \(/u;
const sizes = [
  [40, 12],
  [80, 24],
  [200, 60],
] as const;

describe.each(await nodeBinaries())('questions on $name', ({ path: node }) => {
  test('a list with groups and hints', async () => {
    const terminal = start(node, 'select');
    await terminal.waitFor('enter to choose');
    expect(terminal.text).toMatchInlineSnapshot(`
      "? Which model?
        Anthropic
        Claude Opus    text, image
      > Claude Sonnet  text, image
        Amazon
        Nova Micro     text
        3  up/down, enter to choose, esc to leave"
    `);
    expect(terminal.screen.cursorVisible).toBe(false);
    terminal.send(key.down);
    await terminal.waitFor('> Nova Micro');
    terminal.send(key.down);
    await terminal.waitFor('> Claude Opus');
    terminal.send(key.enter);
    await restored(terminal);
    expect(terminal.text).toMatch(/^\? Which model\? Claude Opus\nanswers \["opus"\]\nexit 0\n/u);
  });

  test('thousands of choices are narrowed while one types', async () => {
    const terminal = start(node, 'search');
    await terminal.waitFor('type to narrow');
    terminal.send('server 4321');
    await terminal.waitFor('1 of 5000');
    expect(terminal.text).toMatchInlineSnapshot(`
      "? Which instance is it that OpenClaw runs on?
        server 4321
      > server 4321   running
        1 of 5000  up/down, type to narrow, enter to choose, esc to leave"
    `);
    terminal.send(key.backspace);
    await terminal.waitFor('16 of 5000');
    terminal.send(`${key.end}${key.enter}`);
    await restored(terminal);
    expect(terminal.text).toContain('answers ["i-00000000000001150"]');
  });

  test('what matches nothing is no answer', async () => {
    const terminal = start(node, 'search');
    await terminal.waitFor('type to narrow');
    terminal.send(`(((${key.enter}`);
    await terminal.waitFor('nothing matches');
    terminal.send('\u0015web');
    await terminal.waitFor('1 of 5000');
    terminal.send(key.enter);
    await restored(terminal);
    expect(terminal.text).toContain('answers ["i-00000000000000007"]');
  });

  test('a word that is none gives way to the next', async () => {
    const terminal = start(node, 'consent');
    await terminal.waitFor('(yes / no / explain)');
    terminal.send(`foo${key.enter}`);
    await terminal.waitFor('answer yes, no or explain');
    terminal.send(`yes${key.enter}`);
    await restored(terminal);
    expect(terminal.text).toContain('answers ["yes"]');
  });

  test('consent takes a word, and only one it knows', async () => {
    const terminal = start(node, 'consent consent');
    await terminal.waitFor('(yes / no / explain)');
    terminal.send(key.enter);
    await terminal.waitFor('answer yes, no or explain');
    terminal.send(`maybe${key.enter}`);
    await terminal.waitFor('maybe\n  answer yes');
    terminal.send('\u0015e\r');
    await terminal.waitFor(/changes\? explain\n\? Apply these changes\? \(yes/u);
    terminal.send('yes\r');
    await restored(terminal);
    expect(terminal.text).toContain('answers ["explain","yes"]');
  });

  test('an empty line means the answer in capitals', async () => {
    const terminal = start(node, 'confirm');
    await terminal.waitFor('(YES / no)');
    terminal.send(key.enter);
    await restored(terminal);
    expect(terminal.text).toContain('? Restart the gateway? yes\nanswers [true]');
  });

  test('a line is edited, refused with its reason, and taken', async () => {
    const terminal = start(node, 'consent');
    await terminal.waitFor('(yes / no / explain)');
    terminal.send(`exain${key.left}${key.left}${key.left}p${key.enter}`);
    await terminal.waitFor('answer yes, no or explain');
    terminal.send(`exlain${key.left}${key.left}${key.left}${key.left}p${key.end}`);
    await terminal.waitFor(/explain$/u);
    terminal.send(key.enter);
    await restored(terminal);
    expect(terminal.text).toContain('? Apply these changes? explain\nanswers ["explain"]');
  });

  test('what is typed before a question is shown is no answer to it', async () => {
    const terminal = start(node, 'confirm consent');
    await terminal.waitFor('(YES / no)');
    terminal.send(`no${key.enter}yes${key.enter}`);
    await terminal.waitFor('(yes / no / explain)');
    terminal.send(`no${key.enter}`);
    await restored(terminal);
    expect(terminal.text).toContain('answers [false,"no"]');
  });

  describe.each(questions)('%s', (question) => {
    test.each([
      ['Ctrl-C', key.interrupt, 'INTERRUPTED', 130],
      ['Ctrl-D', key.endOfInput, 'DECLINED', 4],
      ['Esc', key.escape, 'DECLINED', 4],
    ])('ends on %s', async (_name, keys, code, exitCode) => {
      const terminal = start(node, question);
      await terminal.waitFor(shown);
      terminal.send(keys);
      await restored(terminal);
      expect(terminal.text).toContain(`error ${code}`);
      expect(terminal.text).toContain(`exit ${exitCode}`);
    });

    test.each(sizes)('fits into %d by %d and survives a resize', async (columns, rows) => {
      const terminal = start(node, question, { columns, rows });
      await terminal.waitFor(shown);
      for (const [toColumns, toRows] of sizes) {
        terminal.resize(toColumns, toRows);
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      for (const line of terminal.text.split('\n')) expect(line.length).toBeLessThanOrEqual(200);
      terminal.send(question === 'consent' ? `yes${key.enter}` : key.enter);
      await restored(terminal);
      expect(terminal.text).toContain('exit 0');
    });
  });

  test.each(sizes)('a list never scrolls a terminal of %d by %d', async (columns, rows) => {
    const terminal = start(node, 'search', { columns, rows });
    await terminal.waitFor('type to narrow');
    expect(terminal.text.split('\n').length).toBeLessThan(rows);
    for (let step = 0; step < 30; step += 1) terminal.send(key.down);
    await terminal.waitFor('> server 30');
    expect(terminal.text.split('\n').length).toBeLessThan(rows);
    expect(terminal.text.match(/Which instance/gu)).toHaveLength(1);
    expect(terminal.text.match(/server \d+/gu)?.length).toBeGreaterThan(Math.min(rows, 24) - 8);
    terminal.send(key.enter);
    await restored(terminal);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('ends on %s with 130', async (signal) => {
    const terminal = new PtyTerminal({ command: node, args: [program.file, 'search'] });
    await terminal.waitFor('type to narrow');
    terminal.kill(signal);
    expect(await terminal.ended()).toEqual({ exitCode: 130, signal: 0 });
    expect(terminal.screen.cursorVisible).toBe(true);
  });

  test.each(['', 'trap "" HUP;'])('a closed terminal ends it (%s)', async (trap) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'closed-terminal-'));
    const file = path.join(folder, 'exit');
    const script = `trap : HUP; (${trap} exec "$0" "$1" search); echo $? >"$2"`;
    const terminal = new PtyTerminal({ command: 'sh', args: ['-c', script, node, program.file, file] });
    await terminal.waitFor('type to narrow');
    terminal.hangUp();
    await vi.waitFor(async () => expect(await readFile(file, 'utf8')).toMatch(/^(?:4|130)\n$/u), {
      timeout: 5000,
    });
    await rm(folder, { recursive: true });
  });

  test('NO_COLOR, --no-color: nothing is painted', async () => {
    for (const [extra, env] of [
      ['', { NO_COLOR: '1' }],
      ['--no-color', {}],
    ] as const) {
      const terminal = start(node, `${extra} select`, { env });
      await terminal.waitFor('enter to choose');
      terminal.send(key.enter);
      await restored(terminal);
      expect(painted(terminal)).toBe(false);
    }
  });

  test('colour is used where nothing speaks against it', async () => {
    const terminal = start(node, 'select');
    await terminal.waitFor('enter to choose');
    terminal.send(key.enter);
    await restored(terminal);
    expect(painted(terminal)).toBe(true);
  });

  test.each([
    ['en_US.UTF-8', 'web\u2026 \u672C\u756A(1)'],
    ['C', 'web... ??(1)'],
    ['ja_JP.eucJP', 'web... ??(1)'],
  ])('a name in the locale %s is shown as %s', async (locale, name) => {
    const terminal = start(node, 'search', { env: { LANG: locale } });
    await terminal.waitFor('type to narrow');
    terminal.send('web');
    await terminal.waitFor('1 of 5000');
    expect(terminal.text).toContain(name);
    expect(terminal.raw).not.toContain('\u001B[31m');
    terminal.send(key.enter);
    await restored(terminal);
    expect(Buffer.byteLength(terminal.raw) === terminal.raw.length).toBe(!/utf/iu.test(locale));
  });

  describe('TERM=dumb', () => {
    const env = { TERM: 'dumb' };

    test('questions are asked in plain lines', async () => {
      const terminal = start(node, 'select search confirm consent', { env });
      await terminal.waitFor('a part of the name [Claude Sonnet]:');
      terminal.send('3\n');
      await terminal.waitFor('and 4980 more');
      terminal.send('nobody\n');
      await terminal.waitFor('nothing matches');
      terminal.send('server 4321\n');
      await terminal.waitFor('(YES / no)');
      terminal.send('\n');
      await terminal.waitFor('(yes / no / explain)');
      terminal.send('\nexplain\n');
      await restored(terminal);
      expect(terminal.text.replaceAll('\n', '')).toContain(
        'answers ["micro","i-000000000000010e1",true,"explain"]',
      );
      expect(terminal.raw).not.toContain('\u001B');
    });

    test.each([
      ['Ctrl-C', key.interrupt, 'INTERRUPTED', 130],
      ['Ctrl-D', key.endOfInput, 'DECLINED', 4],
      ['Esc and enter', `${key.escape}\n`, 'DECLINED', 4],
    ])('ends on %s', async (_name, keys, code, exitCode) => {
      const terminal = new PtyTerminal({ command: node, args: [program.file, 'consent'], env });
      await terminal.waitFor('(yes / no / explain)');
      terminal.send(keys);
      expect(await terminal.ended()).toEqual({ exitCode, signal: 0 });
      expect(terminal.text).toContain(`error ${code}`);
    });
  });
});
