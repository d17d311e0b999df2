import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReport } from '../support/cli.js';
import type { Stage } from '../support/killing.js';
import { lookAt, prepareStages } from '../support/killing.js';
import type { Act, Place } from '../support/sequences.js';
import { setUpAsPlanned, someOf, trySequences, undo, undoing } from '../support/sequences.js';

interface Host extends Place {
  readonly stage: Stage;
  /** Files that somebody else has changed. */
  readonly changed: Set<string>;
}

const config = '.openclaw/openclaw.json';
const model = (id: string): readonly string[] => ['--model', id];

const flags = fc
  .tuple(
    fc.constantFrom([], model('us.amazon.nova-lite-v1:0'), model('us.amazon.nova-pro-v1:0')),
    someOf(
      ['--cloud', 'skip'],
      ['--refresh-interval', '600'],
      ['--provider-filter', 'anthropic'],
      ['--gateway-profile', 'other'],
    ),
  )
  .map((chosen) => chosen.flat());
const command: fc.Arbitrary<Act<Host>> = fc.oneof(
  {
    weight: 3,
    arbitrary: flags.map((words) =>
      setUpAsPlanned(['--instance-id', 'i-0abc1234def567890', '--host', 'local', ...words]),
    ),
  },
  { weight: 1, arbitrary: fc.constant(undoing([])) },
);

/** What somebody else does to which file. */
const edits: Readonly<Record<string, readonly [string, (text: string) => string]>> = {
  'appends to .bashrc': ['.bashrc', (text) => `${text}\nexport MINE=1\n`],
  'deletes the block of .bashrc': ['.bashrc', (text) => text.replace(/^# >>>[^]*?# <<<.*\n?/mu, '')],
  'changes the region in .profile': [
    '.profile',
    (text) => text.replace(/AWS_REGION=\S+/u, 'AWS_REGION=eu-west-1'),
  ],
  'changes the region in .env': [
    '.openclaw/.env',
    (text) => text.replace(/AWS_REGION=.*/u, 'AWS_REGION=eu-west-1'),
  ],
  'appends to .env': ['.openclaw/.env', (text) => `${text}NEW_ONE=1\n`],
  'appends to the AWS config': ['.aws/config', (text) => `${text}\n[profile new]\nregion = us-east-2\n`],
  'changes the gateway': [config, (text) => text.replace('port: 18789', "port: 18789, bind: 'lan'")],
  'chooses another model': [
    config,
    (text) => text.replace(/primary: (['"]).*?\1/u, "primary: 'openai/gpt-6'"),
  ],
};

const byHand: fc.Arbitrary<Act<Host>> = fc
  .constantFrom(...Object.entries(edits))
  .map(([told, [path, edit]]) => ({
    told: `somebody ${told}`,
    async act({ stage, changed }) {
      const file = join(stage.home, path);
      const text = await readFile(file, 'utf8').catch(() => '');
      await writeFile(file, edit(text));
      changed.add(path);
    },
  }));

let stages: Awaited<ReturnType<typeof prepareStages>>;

beforeAll(async () => {
  stages = await prepareStages();
});

afterAll(async () => stages.remove());

function hostOf(stage: Stage): Host {
  return {
    stage,
    changed: new Set(),
    look: async () => lookAt(stage),
    async run(words) {
      const { exitCode = -1, ...said } = await stage.run([...words, '--json']);
      return { exitCode, report: parseReport({ exitCode, ...said }) };
    },
  };
}

/** Files in which something of ours is left, where others have changed them; all others that are not as they were, byte for byte. */
function leftIn(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  changed: ReadonlySet<string>,
): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((path) =>
    changed.has(path)
      ? /openclaw-bedrock-setup|amazon-bedrock/u.test(now[path] ?? '')
      : now[path] !== before[path],
  );
}

async function thereAndBack(acts: readonly Act<Host>[], stage: Stage): Promise<void> {
  const host = hostOf(stage);
  const before = await lookAt(stage);
  for (const one of acts) await one.act(host);
  const { report } = await undo(host, []);
  const kept = report.changes.some(({ status }) => status === 'skipped');
  const now = await lookAt(stage);
  expect(now.account).toEqual(before.account);
  expect(kept ? [] : leftIn(before.files, now.files, host.changed)).toEqual([]);
}

describe('any sequence of commands on a host', () => {
  it('does what it plans, and undo leaves only what others changed', { timeout: 1_800_000 }, async () => {
    const act = fc.oneof({ weight: 2, arbitrary: command }, { weight: 1, arbitrary: byHand });
    const tried = await trySequences(fc.array(act, { minLength: 2, maxLength: 5 }), 20, async (acts) => {
      const stage = await stages.open(stages.start);
      try {
        await thereAndBack(acts, stage);
      } finally {
        await stage.stop();
      }
    });
    expect(tried).toBeGreaterThan(0);
  });
});
