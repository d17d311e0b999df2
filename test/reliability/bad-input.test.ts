import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { editConfig } from '../../src/adapters/host/openclaw-config.js';
import { parseIdentity } from '../../src/adapters/process-identity.js';
import { parseRequest as parseProbeRequest } from '../../src/adapters/probe/request.js';
import { parseResponse } from '../../src/adapters/probe/response.js';
import { parseConfig } from '../../src/cli/arguments/config-file.js';
import { parseWhole } from '../support/parse.js';
import { parseDotenv } from '../../src/core/environment/dotenv.js';
import { parseEnvironmentFile } from '../../src/core/environment/environment-file.js';
import { parseSharedConfig } from '../../src/core/environment/shared-config.js';
import { parseShellProfile } from '../../src/core/environment/shell-profile.js';
import { parseManagerEnvironment, parseProperties, parseUnit } from '../../src/core/environment/systemd.js';
import { SetupError } from '../../src/core/errors.js';
import { parseReceipt } from '../../src/core/receipt-parse.js';
import { cloudSteps } from '../../src/steps/cloud/index.js';
import { lastEntry } from '../../src/steps/host/dotenv/last-entry.js';
import { hostSteps } from '../../src/steps/host/index.js';
import { beginsWithSettings, defaultSections } from '../../src/steps/host/ini/sections.js';

let tried = 0;
const runs = { numRuns: 1500, seed: 1 } as const;

afterAll(() => void process.stderr.write(`${tried} bad inputs tried\n`));

/** Lets errors pass that have a code, a cause and a fix; anything else fails the test. */
function explained<Value>(parse: () => Value): Value | null {
  tried += 1;
  try {
    return parse();
  } catch (error) {
    if (error instanceof SetupError && error.fix !== '') return null;
    throw error;
  }
}

/** Checks many inputs; gives how many there were. */
function holds<Input>(input: fc.Arbitrary<Input>, check: (value: Input) => void): number {
  let count = 0;
  const property = fc.property(input, (value) => {
    count += 1;
    check(value);
  });
  fc.assert(property, runs);
  return count;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'AWS_PROFILE=',
          'export ',
          '[default]\n',
          '[profile x]\n',
          'region = ',
          '"',
          "'",
          '\\',
          '\n',
          '\r\n',
          '#',

          '$(',
          '`',
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '//',
          '/*',
          '*/',
          '\0',
          '\uFEFF',
          '[Service]\n',
          'Environment=',
          '__proto__',
          '=',
          ' ',
          '\t',
          '0x',
          '1e999',
          'null',
          "'a'",
        ),
        fc.string({ maxLength: 6 }),
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

const flags = [
  '--instance-id',
  '--region',
  '--yes',
  '--model',
  '--policy',
  '--resource-tag',
  '--hop-limit',
  '--port',
];

describe('arguments', () => {
  it('are understood or named', () => {
    const word = fc.oneof(fc.constantFrom(...flags, 'undo', 'plan', 'setup', '--'), fc.string(), text);
    const count = holds(fc.array(word, { maxLength: 8 }), (words) => void explained(() => parseWhole(words)));
    expect(count).toBe(runs.numRuns);
  });

  it('and the config file are understood or named', () => {
    const count = holds(
      fc.oneof(text, fc.json()),
      (content) => void explained(() => parseConfig('/c', content)),
    );
    expect(count).toBe(runs.numRuns);
  });
});

const receipt = {
  schemaVersion: 1,
  id: 'r-0123456789ab',
  toolVersion: '1.0.0',
  createdAt: '2026-11-22T00:00:00.000Z',
  target: { account: null, region: 'us-east-1', instanceId: null },
  closedAt: null,
  entries: [
    {
      step: 'iam-role',
      action: 'create',
      target: 'R',
      detail: '',
      op: {},
      undo: {},
      status: 'applied',
      at: '',
    },
  ],
};

/** A receipt in which one value is another one. */
const spoilt = fc
  .tuple(fc.constantFrom(...Object.keys(receipt), ...Object.keys(receipt.entries[0] ?? {})), fc.jsonValue())
  .map(([key, value]) =>
    JSON.stringify(
      key in receipt
        ? { ...receipt, [key]: value }
        : { ...receipt, entries: [{ ...receipt.entries[0], [key]: value }] },
    ),
  );

describe('receipts', () => {
  it('are whole or refused as RECEIPT_INVALID', () => {
    const cut = fc
      .nat(JSON.stringify(receipt).length)
      .map((length) => JSON.stringify(receipt).slice(0, length));
    const count = holds(fc.oneof(spoilt, cut, fc.json(), text), (content) => {
      const parsed = explained(() => parseReceipt('r.json', content));
      expect(parsed?.entries.every(({ step, status }) => step.length + status.length > 0) ?? true).toBe(true);
    });
    expect(count).toBe(runs.numRuns);
  });

  const kinds = [
    'create',
    'delete',
    'put',
    'take',
    'restore',
    'attach',
    'release',
    'set',
    'put-back',
    'install',
    'remove',
  ];
  const op = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom('kind', 'name', 'role', 'path', 'lines', 'over', 'entries', 'keys'),
      fc.jsonValue(),
    ),
    fc
      .tuple(fc.constantFrom(...kinds), fc.dictionary(fc.string(), fc.jsonValue()))
      .map(([kind, more]) => ({ ...more, kind })),
  );

  it.each([...cloudSteps, ...hostSteps].map((step) => [step.id, step] as const))(
    '%s carries out no op that it does not understand',
    async (_id, step) => {
      let touched = 0;
      const port: object = new Proxy(
        {},
        {
          get: () => {
            touched += 1;
            return port;
          },
        },
      );
      const { apply } = step as unknown as {
        readonly apply: (op: unknown, ports: object, context: object) => Promise<unknown>;
      };
      const property = fc.asyncProperty(op, async (value) => {
        tried += 1;
        touched = 0;
        const code = await apply(value, port, {}).then(
          () => null,
          (thrown: unknown) => (thrown as { readonly code?: unknown }).code,
        );
        // Ports that do nothing break an op that is understood; one that is not must not get that far.
        expect(touched > 0 || code === null || code === 'RECEIPT_INVALID').toBe(true);
      });
      await fc.assert(property, { ...runs, numRuns: 300 });
    },
  );
});

describe('files', () => {
  it.each<readonly [string, (content: string) => unknown]>([
    ['.env, as the gateway reads it', parseDotenv],
    ['.env, as it is edited', (content) => lastEntry(content, 'AWS_PROFILE')],
    ["an environment file of systemd's", parseEnvironmentFile],
    ['the shared AWS config', (content) => parseSharedConfig(content, 'config')],
    ['the shared AWS credentials', (content) => parseSharedConfig(content, 'credentials')],
    ['sections of the AWS config', (content) => [defaultSections(content), beginsWithSettings(content)]],
    ['a shell profile', parseShellProfile],
    ['a systemd unit', (content) => parseUnit(content, '/home/u')],
    ['properties of systemd', parseProperties],
    ['the environment of systemd', parseManagerEnvironment],
    ['a lock', parseIdentity],
    ['a question to the probe', parseProbeRequest],
    ['an answer of the probe', parseResponse],
  ])('%s is read, whatever is in it', (_what, parse) => {
    const count = holds(text, (content) => void explained(() => parse(content)));
    expect(count).toBe(runs.numRuns);
  });

  it('a config of OpenClaw is edited or refused', () => {
    const edits = [{ path: ['plugins', 'entries', 'amazon-bedrock', 'enabled'], value: true }];
    const count = holds(fc.oneof(text, fc.json()), (content) => {
      explained(() => editConfig('/c', Buffer.from(content), edits));
    });
    expect(count).toBe(runs.numRuns);
  });

  it.each<readonly [string, string]>([
    ['brackets', '['.repeat(200_000)],
    ['quotes', '"\\'.repeat(200_000)],
    ['equals signs', '='.repeat(400_000)],
    ['blanks', ' '.repeat(400_000)],
    ['names', `${'A'.repeat(400_000)}\n`],
    ['lines', 'A=1\n'.repeat(100_000)],
    ['line ends', '\n'.repeat(400_000)],
    ['open quotes', 'A="\n'.repeat(50_001)],
    ['backslashes', `A="${'\\'.repeat(400_001)}`],
  ])('that are nothing but %s take no time', (_what, content) => {
    const start = performance.now();
    for (const parse of [
      parseDotenv,
      parseEnvironmentFile,
      parseShellProfile,
      parseProperties,
      defaultSections,
      beginsWithSettings,
    ])
      parse(content);
    parseSharedConfig(content, 'config');
    parseUnit(content, '/home/u');
    lastEntry(content, 'AWS_PROFILE');
    explained(() => editConfig('/c', Buffer.from(content), [{ path: ['a'], value: 1 }]));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
