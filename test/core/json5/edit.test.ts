import * as fc from 'fast-check';
import json5 from 'json5';
import { describe, expect, it } from 'vitest';
import { editJson5 } from '../../../src/core/json5/edit.js';
import type { Json } from '../../../src/ports/json.js';

const wide = `{
  // who
  models: {
    providers: {}, /* none */
    bedrockDiscovery: { enabled: true, region: 'us-east-1' }, // old
  },
  "agents": {"defaults": {}}
}
`;

describe('an edit of a JSON5 text', () => {
  it.each([
    ['replaces a value', ['models', 'bedrockDiscovery', 'region'], 'x', wide.replace("'us-east-1'", '"x"')],
    [
      'adds to a short object',
      ['models', 'bedrockDiscovery', 'a'],
      1,
      wide.replace("-1' }", '-1\', "a": 1 }'),
    ],
    ['adds to an empty object', ['agents', 'defaults', 'b'], [], wide.replace('{}}', '{\n    "b": []\n  }}')],
    [
      'adds at the end',
      ['new'],
      { c: true },
      wide.replace('{}}\n', '{}},\n  "new": {\n    "c": true\n  }\n'),
    ],
    [
      'makes what is missing',
      ['models', 'd', 'e'],
      2,
      wide.replace('// old\n', '// old\n    "d": {\n      "e": 2\n    }\n'),
    ],
    ['removes a line', ['models', 'bedrockDiscovery'], undefined, wide.replace(/bedrockD.*? \}, /u, '')],
    ['removes the last', ['agents'], undefined, wide.replace(/ {2}\},\n {2}"agents".*\n/u, '  }\n')],
    ['removes nothing', ['agents', 'nothing', 'here'], undefined, wide],
  ])('%s and leaves the rest', (_name, path, value, after) => {
    expect(editJson5(wide, path, value)).toBe(after);
  });

  it.each<[string, readonly string[], Json | undefined, string]>([
    ['{a: 1}', ['b'], 2, '{a: 1, "b": 2}'],
    ['{a: 1,}', ['b'], 2, '{a: 1, "b": 2}'],
    ['{}', ['b'], 2, '{\n  "b": 2\n}'],
    ['{ /* c */ }', ['b'], 2, '{ /* c */\n  "b": 2 }'],
    ['{\n\ta: 1\n}', ['b', 'c'], [3], '{\n\ta: 1,\n\t"b": {\n\t\t"c": [\n\t\t\t3\n\t\t]\n\t}\n}'],
    ['{\n    a: 1,\n}', ['b'], 2, '{\n    a: 1,\n    "b": 2\n}'],
    ['{\r\n  a: 1\r\n}', ['b'], {}, '{\r\n  a: 1,\r\n  "b": {}\r\n}'],
    ['{\n    a: {}\n}', ['a', 'b'], 2, '{\n    a: {\n        "b": 2\n    }\n}'],
    ['{a: 1, a: 2}', ['a'], 3, '{a: 1, a: 3}'],
    ['{a: 1, a: 2}', ['a'], undefined, '{}'],
    ['{a: 1, b: 2, c: 3}', ['b'], undefined, '{a: 1, c: 3}'],
    ['{a: 1, b: 2}', ['b'], undefined, '{a: 1 }'],
    ['{a: 1 /* x */, b: 2}', ['b'], undefined, '{a: 1 /* x */ }'],
    ['{\n  a: 1,\n  b: 2 \n}', ['b'], undefined, '{\n  a: 1\n}'],
    ['{\n  a: 1, // x\n  b: 2\n}', ['a'], undefined, '{\n  // x\n  b: 2\n}'],
    ['{\n  a: 1,   \n  b: 2\n}', ['a'], undefined, '{\n  b: 2\n}'],
    ['{ a: 1,\n  b: 2\n}', ['a'], undefined, '{ \n  b: 2\n}'],
    [
      String.raw`{"\u0061": 1, '\x62': 2, "\c\n": 3, \u0064: 4}`,
      ['a'],
      undefined,
      String.raw`{'\x62': 2, "\c\n": 3, \u0064: 4}`,
    ],
    [String.raw`{"\u0061": 1, '\x62': 2}`, ['b'], 5, String.raw`{"\u0061": 1, '\x62': 5}`],
    [String.raw`{"\c\n": 3}`, ['c\n'], 5, String.raw`{"\c\n": 5}`],
    [String.raw`{\u0064: 4}`, ['d'], 5, String.raw`{\u0064: 5}`],
    ['{"a\\\r\nb": 1, "it\'s": 2}', ['ab'], 5, '{"a\\\r\nb": 5, "it\'s": 2}'],
    [`{"it's": 2}`, ["it's"], 5, `{"it's": 5}`],
  ])('changes no more of %j than the value at %j', (text, at, value, after) => {
    expect(editJson5(text, at, value)).toBe(after);
    expect(json5.parse(after)).toEqual(expected(json5.parse<Json>(text), at, value));
  });

  it.each([
    ['', 'line 1, column 1'],
    ['{a', 'line 1, column 3'],
    ['{\n  a: 1,\n  b 2}', 'line 3, column 5'],
    ['{a: [1,\n2}', 'line 2, column 2'],
    ['{a: 1} x', 'line 1, column 8'],
  ])('says that %j is none at %s', (text, place) => {
    expect(() => editJson5(text, ['a'], 1)).toThrow(new SyntaxError(place));
  });

  it('goes 200 objects or lists deep, and no deeper', () => {
    const lists = (depth: number): string => `{a: ${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const objects = (depth: number): string => `${'{a:'.repeat(depth)}1${'}'.repeat(depth)}`;
    expect(editJson5(lists(200), ['b'], 1)).toContain('"b": 1');
    expect(editJson5(objects(200), ['b'], 1)).toContain('"b": 1');
    expect(() => editJson5(lists(201), ['b'], 1)).toThrow(SyntaxError);
    expect(() => editJson5(objects(201), ['b'], 1)).toThrow(SyntaxError);
  });

  it('sets and removes anything in any text that JSON5 takes', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd e', '$x', '"q"', 'é', '\\');
    const value = fc.json({ maxDepth: 3 }).map((text) => json5.parse<Json>(text.replaceAll('-0', '0')));
    const tree = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value, { maxKeys: 4 })), {
      maxKeys: 5,
    });
    const print = fc.constantFrom(
      (json: unknown) => JSON.stringify(json),
      (json: unknown) => JSON.stringify(json, null, 2),
      (json: unknown) => JSON.stringify(json, null, '\t').replaceAll('\n', '\r\n'),
      (json: unknown) => json5.stringify(json, null, 4),
      (json: unknown) => json5.stringify(json, null, 2).replaceAll(/,\n/gu, ', // c\n /* , } */\n'),
      (json: unknown) => json5.stringify(json, { quote: "'" }),
    );
    const path = fc.array(key, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(tree, print, path, fc.option(value, { nil: undefined }), (json, toText, at, next) => {
        const text = `// head\n${toText(json)} /* tail */`;
        const after = editJson5(text, at, next);
        expect(json5.parse(after)).toEqual(expected(json5.parse<Json>(toText(json)), at, next));
        expect(after.startsWith('// head\n')).toBe(true);
        expect(after.endsWith(' /* tail */')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('says where a text is no JSON5, and nothing of what is in it', () => {
    for (const text of [
      '',
      '[]',
      '{a:',
      '{"a" 1}',
      '{a:1}}',
      '{a:1 b:2}',
      '{a:[1 2]}',
      '{,}',
      '['.repeat(500),
    ])
      expect(() => editJson5(text, ['a'], 1)).toThrow(/^line \d+, column \d+$/u);
  });
});

function expected(
  value: Json | undefined,
  [key, ...rest]: readonly string[],
  next: Json | undefined,
): Json | undefined {
  if (key === undefined) return next;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const object: Record<string, Json | undefined> = isObject ? { ...(value as Record<string, Json>) } : {};
  if (next === undefined && !Object.hasOwn(object, key)) return value;
  const inner = expected(object[key], rest, next);
  if (inner === undefined) delete object[key];
  else object[key] = inner;
  return object;
}
