import { expect, it } from 'vitest';
import { emptyReport } from '../../src/core/report.js';
import { thousands } from '../../src/core/text/thousands.js';
import { once } from '../../src/core/timing/once.js';
import { makeTrace } from '../../src/core/trace.js';

it('a trace tells what took time, the earliest and longest first, in names that are clean', () => {
  let now = 0;
  const trace = makeTrace(
    () => now,
    (name) => name.replace('secret', '…'),
  );
  const endStep = trace.begin('step', 'a secret step');
  trace.add({ kind: 'call', name: 'sts secret', start: 0, end: 3, failed: true });
  now = 2;
  const endWait = trace.begin('wait', 'for EC2');
  now = 5;
  trace.begin('process', 'openclaw');
  now = 7;
  endWait(true);
  endStep();
  now = 9;
  endStep(true);
  expect(trace.spans()).toEqual([
    { kind: 'step', name: 'a … step', start: 0, end: 7, failed: false },
    { kind: 'call', name: 'sts …', start: 0, end: 3, failed: true },
    { kind: 'wait', name: 'for EC2', start: 2, end: 7, failed: true },
    { kind: 'process', name: 'openclaw', start: 5, end: 9, failed: false },
  ]);
});

it('makes once what is asked for twice', () => {
  let made = 0;
  const get = once(() => {
    made += 1;
    return undefined;
  });
  expect(made).toBe(0);
  get();
  get();
  expect(made).toBe(1);
});

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [9412, '9,412'],
  [1234567, '1,234,567'],
])('%i is written %s', (number, text) => {
  expect(thousands(number)).toBe(text);
});

it('a report begins with nothing known', () => {
  expect(emptyReport('setup', true)).toEqual({
    schemaVersion: 1,
    command: 'setup',
    ok: true,
    mock: true,
    account: null,
    region: null,
    instances: [],
    changes: [],
    checks: [],
    receipt: null,
    next: [],
  });
});
