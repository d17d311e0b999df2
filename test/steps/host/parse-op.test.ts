import { expect, it } from 'vitest';
import type { StepId } from '../../../src/core/change.js';
import { awsConfig } from '../../../src/steps/host/aws-config.js';
import { bedrockPlugin } from '../../../src/steps/host/bedrock-plugin.js';
import { gatewayEnv } from '../../../src/steps/host/gateway-env.js';
import { openclawDiscovery } from '../../../src/steps/host/openclaw-discovery.js';
import { primaryModel } from '../../../src/steps/host/primary-model.js';
import { shellProfile } from '../../../src/steps/host/shell-profile.js';

const steps = { awsConfig, bedrockPlugin, gatewayEnv, openclawDiscovery, primaryModel, shellProfile };
type Name = keyof typeof steps;

const path = '/home/a/file';
const explicit = { id: 'm', region: 'us-east-1', contextWindow: 1, maxTokens: 2 };
const config = { path, folders: ['/home/a'], written: '0123456789abcdef' };
const key = { path: ['plugins', 'entries'], ours: true, previous: null };

const known: readonly (readonly [Name, Record<string, unknown>])[] = [
  ['shellProfile', { kind: 'put', path, lines: ['export A=b'], over: null }],
  ['shellProfile', { kind: 'put', path, lines: [], over: ['a', 'b'] }],
  ...['none', 'lf', 'crlf'].map(
    (joint) =>
      [
        'awsConfig',
        { kind: 'take', path, lines: ['a'], joint, created: true, folders: ['/x', '/y'] },
      ] as const,
  ),
  ['gatewayEnv', { kind: 'set', path, entries: [{ key: 'A', value: 'b' }] }],
  [
    'gatewayEnv',
    {
      kind: 'put-back',
      path,
      entries: [
        { key: 'A', value: 'b', previous: null },
        { key: 'C', value: 'd', previous: "'e'" },
      ],
      joint: 'lf',
      created: false,
      folders: [],
    },
  ],
  ['bedrockPlugin', { kind: 'install', path }],
  ['bedrockPlugin', { kind: 'remove', path, written: null, keys: [], made: null }],
  [
    'bedrockPlugin',
    {
      kind: 'remove',
      path,
      written: '0123',
      keys: [{ path: ['plugins', 'entries', 'amazon-bedrock', 'enabled'], ours: true, previous: null }],
      made: ['plugins'],
    },
  ],
  ...['core', 'bundled', 'external'].map(
    (era) =>
      [
        'openclawDiscovery',
        {
          kind: 'set',
          path,
          era,
          wanted: { enabled: true, region: 'x', providerFilter: ['a'], refreshInterval: 0 },
        },
      ] as const,
  ),
  [
    'openclawDiscovery',
    {
      kind: 'put-back',
      ...config,
      made: null,
      migrated: false,
      keys: [key, { path: ['models', 'bedrockDiscovery'], ours: ['a'], previous: 5 }],
    },
  ],
  [
    'openclawDiscovery',
    { kind: 'put-back', ...config, written: null, made: ['models'], migrated: true, keys: [] },
  ],
  ['primaryModel', { kind: 'set', path, reference: 'a/b', explicit: null }],
  ['primaryModel', { kind: 'set', path, reference: 'a/b', explicit }],
  ...['nothing', 'model', 'provider'].map(
    (made) =>
      [
        'primaryModel',
        { kind: 'put-back', ...config, reference: 'a/b', explicit, previous: 'c/d', made },
      ] as const,
  ),
  [
    'primaryModel',
    {
      kind: 'put-back',
      ...config,
      written: null,
      reference: 'a/b',
      explicit: null,
      previous: null,
      made: 'nothing',
    },
  ],
];

function invalid(step: Name, field: string): Error {
  const id: StepId = steps[step].id;
  return expect.objectContaining({
    details: expect.objectContaining({
      code: 'RECEIPT_INVALID',
      message: `an edit of ${id} in the receipt has no valid ${field}`,
    }) as unknown,
  }) as Error;
}

const someInvalid = expect.objectContaining({ code: 'RECEIPT_INVALID' }) as Error;

it.each(known)('%s reads back its own %j', (step, op) => {
  expect(steps[step].parseOp(JSON.parse(JSON.stringify(op)))).toStrictEqual(op);
});

it.each(known)('%s leaves out what does not belong in %j', (step, op) => {
  expect(steps[step].parseOp({ ...op, extra: 'x' })).toStrictEqual(op);
});

/** Receipts of earlier versions do not tell the keys of an installation. */
const mayMiss = (step: Name, name: string): boolean => step === 'bedrockPlugin' && name === 'keys';

it.each(
  known.flatMap(([step, op]) =>
    Object.keys(op).flatMap((name) => (mayMiss(step, name) ? [] : [[step, name, op] as const])),
  ),
)('%s refuses an op without its %s, or with another thing in its place: %j', (step, name, op) => {
  const { [name]: _left, ...rest } = op;
  expect(() => steps[step].parseOp(rest)).toThrow(someInvalid);
  for (const odd of [7.5, {}, [1], [null], 'a\nb', undefined]) {
    if (name === 'wanted' && typeof odd === 'object' && !Array.isArray(odd)) continue;
    expect(() => steps[step].parseOp({ ...op, [name]: odd })).toThrow(someInvalid);
  }
});

it.each(Object.keys(steps) as Name[])('%s refuses what is no op', (step) => {
  for (const value of [null, undefined, 'put', 7, [], true]) {
    expect(() => steps[step].parseOp(value)).toThrow(invalid(step, 'op'));
  }
  expect(() => steps[step].parseOp({})).toThrow(invalid(step, 'kind'));
  const [, op = {}] = known.findLast(([name]) => name === step) ?? [];
  expect(() => steps[step].parseOp({ ...op, kind: 'format' })).toThrow(invalid(step, 'kind'));
});

it.each<[Name, Record<string, unknown>, string]>([
  ['shellProfile', { kind: 'take', path, lines: [], joint: 'cr', created: true, folders: [] }, 'joint'],
  ['bedrockPlugin', { kind: 'remove', path, written: null, keys: 'x', made: null }, 'keys'],
  ['shellProfile', { kind: 'put', path: 'a\u0007', lines: [], over: null }, 'path'],
  ['shellProfile', { kind: 'put', path, lines: ['a\nb'], over: null }, 'lines'],
  ['gatewayEnv', { kind: 'put-back', path, entries: [], joint: '', created: true, folders: [] }, 'joint'],
  [
    'gatewayEnv',
    { kind: 'put-back', path, entries: [], joint: 'lf', created: 'yes', folders: [] },
    'created',
  ],
  ['gatewayEnv', { kind: 'set', path, entries: [{ key: 'A' }] }, 'value'],
  ['gatewayEnv', { kind: 'set', path, entries: ['A=b'] }, 'op'],
  ['openclawDiscovery', { kind: 'set', path, era: 'next', wanted: {} }, 'era'],
  ['openclawDiscovery', { kind: 'set', path, era: 'core', wanted: { a: {} } }, 'setting'],
  ['openclawDiscovery', { kind: 'set', path, era: 'core', wanted: { a: [1] } }, 'setting'],
  [
    'openclawDiscovery',
    {
      kind: 'put-back',
      ...config,
      made: null,
      migrated: false,
      keys: [{ ...key, path: ['gateway', 'auth'] }],
    },
    'path',
  ],
  [
    'openclawDiscovery',
    { kind: 'put-back', ...config, made: null, migrated: false, keys: [{ ...key, path: [] }] },
    'path',
  ],
  [
    'openclawDiscovery',
    { kind: 'put-back', ...config, made: null, migrated: false, keys: [{ ...key, ours: { a: 1 } }] },
    'setting',
  ],
  [
    'primaryModel',
    { kind: 'put-back', ...config, reference: 'r', explicit: null, previous: null, made: 'all' },
    'made',
  ],
  [
    'primaryModel',
    { kind: 'set', path, reference: 'r', explicit: { ...explicit, maxTokens: 1.5 } },
    'maxTokens',
  ],
  [
    'primaryModel',
    { kind: 'set', path, reference: 'r', explicit: { ...explicit, contextWindow: '1' } },
    'contextWindow',
  ],
  ['primaryModel', { kind: 'set', path, reference: 'r', explicit: { ...explicit, id: 5 } }, 'id'],
])('%s: %j has no valid %s', (step, op, field) => {
  expect(() => steps[step].parseOp(op)).toThrow(invalid(step, field));
});
