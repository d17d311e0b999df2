import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remoteFailure } from '../../src/core/failure/remote-failure.js';
import type { RemoteFailure } from '../../src/ports/gateway-probe.js';
import type { FailureContext } from '../../src/failures/index.js';
import { catalogue, explainCode, explainFailure } from '../../src/failures/index.js';
import type { ErrorServer } from './error-server.js';
import { startErrorServer } from './error-server.js';
import type { Row } from './rows.js';
import { allCodes, attachingRows, bedrockRows, localRows } from './rows.js';

const context: FailureContext = {
  account: '111122223333',
  region: 'us-east-1',
  partition: 'aws',
  roleName: 'EC2-Bedrock-Access',
  profileName: 'EC2-Bedrock-Access',
  instanceId: 'i-0abc1234def567890',
  modelId: 'us.amazon.nova-micro-v1:0',
  version: '1.2.3',
};

interface Told {
  readonly code: string;
  readonly who: string;
  readonly missing: readonly string[];
  readonly unfilled: readonly string[];
}

/** What the catalogue makes of a failure, as far as the row says something about it. */
function tell(row: Pick<Row, 'who' | 'says' | 'place'>, failure: RemoteFailure): Told {
  const { code, who, message, cause, fix } = explainFailure(
    failure,
    row.place === undefined ? context : { ...context, place: row.place },
  );
  const whole = `${message}\n${cause}\n${fix}`;
  return {
    code,
    who: row.who === undefined ? 'anybody' : who,
    missing: (row.says ?? []).filter((text) => !whole.includes(text)),
    unfilled: whole.match(/\{[a-zA-Z]+\}/gu) ?? [],
  };
}

function expected(row: Pick<Row, 'code' | 'who'>): Told {
  return { code: row.code, who: row.who ?? 'anybody', missing: [], unfilled: [] };
}

/** The same text as AWS might word it another day. */
const variants: readonly (readonly [string, (text: string) => string])[] = [
  ['verbatim', (text) => text],
  ['with curly apostrophes', (text) => text.replaceAll("'", '’')],
  ['with straight apostrophes', (text) => text.replaceAll('’', "'")],
  ['with another number of minutes', (text) => text.replace(/\d+ (minutes|days)/gu, '7 $1')],
  ['with doubled full stops', (text) => text.replace(/\. /gu, '.. ').replace(/\.$/u, '..')],
  ['in capitals', (text) => (text.includes('arn:') ? text : text.toUpperCase())],
];

describe('the catalogue', () => {
  it('has an entry for every code', () => {
    const codes = new Set(catalogue.map((entry) => entry.code));
    expect(allCodes.filter((code) => !codes.has(code))).toEqual([]);
  });

  it('fills every text of every entry', () => {
    // What a matcher catches is known; the rest comes from whoever finds the failure.
    const told =
      'where seen association action resource policy quota tail denialFix names missingProfile'.split(' ');
    for (const { code, matchers } of catalogue) {
      const caught = matchers.flatMap(({ text = '' }) => [...text.matchAll(/\{(\w+)\}/gu)]);
      const names = [...told, ...caught.map(([, name = '']) => name)];
      const more = Object.fromEntries(names.map((name) => [name, 'x']));
      const { cause, fix } = explainCode(code, 'x', { ...context, more });
      expect(`${code} ${cause} ${fix}`).not.toMatch(/\{[a-zA-Z]+\}/u);
      expect(cause).not.toBe('');
    }
  });

  it('has rows for all codes that AWS words', () => {
    const tested = new Set([...attachingRows, ...bedrockRows, ...localRows].map((row) => row.code));
    const signs = new Set(
      catalogue.filter((entry) => entry.matchers.length === 0).map((entry) => entry.code),
    );
    const untested = allCodes.filter((code) => !tested.has(code) && !signs.has(code));
    expect(untested).toEqual(['TRUST_POLICY']);
  });
});

describe('texts through the real SDK', () => {
  let server: ErrorServer;
  beforeAll(async () => {
    server = await startErrorServer();
  });
  afterAll(() => server.close());

  for (const row of [...attachingRows, ...bedrockRows]) {
    it(`${row.code}: ${row.service} ${row.status} ${row.text.slice(0, 60)}`, async () => {
      for (const [, reword] of variants) {
        const text = reword(row.text);
        const error = await server.provoke({ ...row, text });
        const says = text === row.text ? (row.says ?? []) : [];
        expect(tell({ ...row, says }, remoteFailure(error))).toEqual(expected(row));
      }
    });
  }
});

describe('texts that come from elsewhere', () => {
  it.each(localRows)('$code: $text', (row) => {
    for (const [, reword] of variants) {
      const text = reword(row.text);
      const says = text === row.text ? (row.says ?? []) : [];
      expect(tell({ ...row, says }, { name: row.name, message: text, status: 0 })).toEqual(expected(row));
    }
  });
});

describe('a text that nobody knows', () => {
  it("is shown in AWS's words, with the offer to report it", () => {
    const explanation = explainFailure(
      { name: 'TeapotException', message: 'I am a teapot', status: 418 },
      context,
    );
    expect(explanation.code).toBe('UNKNOWN');
    expect(explanation.message).toBe('TeapotException (HTTP 418): I am a teapot');
    expect(explanation.fix).toContain('report');
  });
});
