import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MockAws } from '../../src/mock-aws/index.js';
import { defaultWorld, mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import { runCli } from '../support/cli.js';
import { temporaryFolder } from '../support/host.js';
import type { RecordingProxy } from '../support/recording-proxy.js';
import { startRecordingProxy } from '../support/recording-proxy.js';

const bare = 'i-0abc1234def567890';
const withProfile = 'i-0abc1234def567893';
const loose = 'i-0abc1234def56789a';
const other = 'i-0abc1234def56789b';

let mock: MockAws;
let proxy: RecordingProxy;

beforeEach(async () => {
  const world = defaultWorld();
  const seeds = [
    { instanceId: loose, metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 1 } },
    { instanceId: other, metadataOptions: { httpPutResponseHopLimit: 1 } },
  ] as const;
  mock = await startMockAws({ world: { ...world, instances: [...world.instances, ...seeds] } });
  proxy = await startRecordingProxy(mock.url);
});

afterEach(async () => {
  await proxy.stop();
  await mock.stop();
});

/** The bodies of all calls that passed, as the fields of a form where they are one. */
function bodies(): readonly { readonly text: string; readonly form: Readonly<Record<string, string>> }[] {
  return proxy.requests.map(({ body }) => {
    const text = Buffer.from(body, 'base64').toString('utf8');
    return { text, form: Object.fromEntries(new URLSearchParams(text)) };
  });
}

function modifications(): readonly Readonly<Record<string, string>>[] {
  return bodies()
    .map(({ form }) => form)
    .filter(({ Action }) => Action === 'ModifyInstanceMetadataOptions')
    .map(({ Version: _version, Action: _action, ...fields }) => fields);
}

function metadataOptions(): Readonly<Record<string, unknown>> {
  const { instances } = structuredClone(mock.state);
  return Object.fromEntries(Object.entries(instances).map(([id, one]) => [id, one.metadataOptions]));
}

/** A life of one home: set up, set up again, taken back. */
async function live(words: readonly string[]): Promise<void> {
  const home = await temporaryFolder();
  const variables = { ...mockAwsEnvironment(mock, 'operator'), AWS_ENDPOINT_URL: proxy.url };
  const all = ['--host', 'skip', '--region', mock.settings.regions[0] ?? 'us-east-1', '--yes'];
  for (const asked of [
    ['setup', ...words, ...all],
    ['setup', ...words, ...all],
    ['undo', '--yes'],
  ]) {
    const { exitCode, stdout, stderr } = await runCli(asked, { home, variables });
    expect({ asked, exitCode, said: exitCode === 0 ? '' : stdout + stderr }).toEqual({
      asked,
      exitCode: 0,
      said: '',
    });
  }
  expect(proxy.mutations().join(' ')).toMatch(/\b(?:Associate|Replace)IamInstanceProfile/u);
}

const lives: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['one instance', [bare], ['--instance-id', bare]],
  ['one whose tokens are optional', [loose], ['--instance-id', loose]],
  ['one with Systems Manager', [bare], ['--instance-id', bare, '--ssm']],
  ['a replacement', [withProfile], ['--instance-id', withProfile, '--replace-profile']],
  ['several', [bare, loose, other], ['--instance-id', bare, '--instance-id', loose, '--instance-id', other]],
];

describe('the metadata options of an instance', () => {
  it.each(lives)('are left alone unasked: %s', async (_name, _ids, words) => {
    const before = metadataOptions();
    await live(words);
    expect(modifications()).toEqual([]);
    expect(metadataOptions()).toEqual(before);
    expect(bodies().filter(({ text }) => /Http(?:Tokens|Endpoint|PutResponse)/u.test(text))).toEqual([]);
  });

  it.each(lives)('are a hop limit where it is asked for, set and put back: %s', async (_name, ids, words) => {
    const before = metadataOptions();
    await live([...words, '--hop-limit', '3']);
    expect(modifications()).toHaveLength(2 * ids.length);
    for (const fields of modifications())
      expect(Object.keys(fields).toSorted()).toEqual(['HttpPutResponseHopLimit', 'InstanceId']);
    for (const id of ids)
      expect(modifications().filter(({ InstanceId }) => InstanceId === id)[0]).toEqual({
        InstanceId: id,
        HttpPutResponseHopLimit: '3',
      });
    expect(metadataOptions()).toEqual(before);
    expect(bodies().filter(({ text }) => /Http(?:Tokens|Endpoint)/u.test(text))).toEqual([]);
  });
});
