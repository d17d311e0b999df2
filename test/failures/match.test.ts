import { describe, expect, it } from 'vitest';
import { fold, matchFailure } from '../../src/failures/match.js';

const failure = { name: 'Odd', message: 'The thing A-1 is gone', status: 400 };

describe('one form for texts that mean the same', () => {
  it.each([
    ['isn’t', "isn't"],
    ['isn‘t', "isn't"],
    ['isnʼt', "isn't"],
    ['“so”', '"so"'],
    ['a \t\n  b', 'a b'],
    ['  a  ', 'a'],
    ['the end..', 'the end.'],
    ['the end...', 'the end.'],
    ['try again after 15 minutes', 'try again after N minutes'],
    ['try again after 1 minute', 'try again after N minutes'],
    ['in the last 30 days', 'in the last N days'],
    ['in 1 Day', 'in N Days'],
    ['model-7 days', 'model-N days'],
    ['v7 days', 'v7 days'],
    ['7 daylight', '7 daylight'],
    ['7 hours', '7 hours'],
  ])('%j is read as %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });
});

describe('a text', () => {
  it.each([
    ['is found anywhere, in any case', 'THING a-1 Is', {}],
    ['gives the value that stands in its place', 'The thing {taken} is gone', { taken: 'A-1' }],
    ['gives the value at its end in full', 'The thing {taken}', { taken: 'A-1' }],
    ['may leave out what lies between', 'The … gone', {}],
    ['gives two values', '{first} {second} A-1', { first: 'The', second: 'thing' }],
    ['is taken literally where it looks like a pattern', 'The .hing', null],
    ['must fit', 'The thing B-1', null],
    ['takes one word for a value, not several', 'The {taken} gone', null],
  ])('%s', (_, text, values) => {
    expect(matchFailure({ text }, failure, undefined)).toEqual(values);
  });

  it.each(['a.b', 'a*b', 'a+b', 'a?b', '^a', 'a$', 'a|b', '(a)', '[a]', '{}', 'a\\b'])(
    'holds %s as it stands',
    (text) => {
      expect(matchFailure({ text }, { ...failure, message: `x ${text} y` }, undefined)).toEqual({});
      expect(matchFailure({ text }, { ...failure, message: 'x ab y' }, undefined)).toBeNull();
    },
  );

  it.each(['.', ',', ';', ':', "'", '"', "'.", '",'])('%s behind a value is not part of it', (mark) => {
    const message = `no policy arn:aws:iam::1:policy/P${mark}`;
    expect(matchFailure({ text: 'no policy {policy}' }, { ...failure, message }, undefined)).toEqual({
      policy: 'arn:aws:iam::1:policy/P',
    });
  });

  it('may say … and a value more than once', () => {
    const message = 'a 1 b 2 c';
    expect(matchFailure({ text: 'a … b {second} c' }, { ...failure, message }, undefined)).toEqual({
      second: '2',
    });
  });

  it('is the same when it is looked for again', () => {
    for (const taken of ['A-1', 'A-2']) {
      const message = `The thing ${taken} is gone`;
      expect(matchFailure({ text: 'The thing {taken} is' }, { ...failure, message }, undefined)).toEqual({
        taken,
      });
    }
  });
});

describe('a name', () => {
  it.each([
    ['Throttling', 'Throttling'],
    ['Throttling', 'ThrottlingException'],
    ['ThrottlingException', 'Throttling'],
    ['InternalServer', 'InternalServerFault'],
    ['Throttling', 'com.amazonaws.bedrock#ThrottlingException'],
    ['throttling', 'THROTTLING'],
  ])('%s is what the service calls %s', (known, name) => {
    expect(matchFailure({ names: ['Other', known] }, { ...failure, name }, undefined)).toEqual({});
  });

  it.each([
    ['Throttling', 'ThrottlingExceptions'],
    ['Throttling', 'Throttled'],
    ['Validation', 'ExceptionValidation'],
    ['Fault', 'FaultLine'],
  ])('%s is not %s', (known, name) => {
    expect(matchFailure({ names: [known] }, { ...failure, name }, undefined)).toBeNull();
  });
});

describe('a status', () => {
  it.each([
    [503, {}],
    [500, {}],
    [400, null],
    [0, {}],
  ])('%i, where 500 and 503 are meant', (status, values) => {
    expect(matchFailure({ statuses: [500, 503] }, { ...failure, status }, undefined)).toEqual(values);
  });
});

describe('a place', () => {
  it('is the operator’s unless it is said to be the gateway’s', () => {
    expect(matchFailure({ place: 'operator' }, failure, undefined)).toEqual({});
    expect(matchFailure({ place: 'operator' }, failure, 'operator')).toEqual({});
    expect(matchFailure({ place: 'operator' }, failure, 'gateway')).toBeNull();
    expect(matchFailure({ place: 'gateway' }, failure, 'gateway')).toEqual({});
    expect(matchFailure({ place: 'gateway' }, failure, undefined)).toBeNull();
  });
});

it('wants all that it names to fit', () => {
  const matcher = { names: ['Odd'], statuses: [400], text: 'is gone' };
  expect(matchFailure(matcher, failure, undefined)).toEqual({});
  expect(matchFailure({ ...matcher, names: ['Even'] }, failure, undefined)).toBeNull();
  expect(matchFailure({ ...matcher, statuses: [404] }, failure, undefined)).toBeNull();
  expect(matchFailure({ ...matcher, text: 'is here' }, failure, undefined)).toBeNull();
});
