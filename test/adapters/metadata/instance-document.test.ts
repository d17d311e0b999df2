import { describe, expect, it } from 'vitest';
import { readInstanceDocument } from '../../../src/adapters/metadata/index.js';
import type { MetadataAnswer, MetadataReader } from '../../../src/ports/metadata.js';

const whole = { instanceId: 'i-0abc1234def567890', region: 'us-east-1', accountId: '111122223333' };
const answer = (body: string, status = 200): MetadataAnswer => ({ kind: 'answer', status, body });
const silent: MetadataAnswer = { kind: 'timeout', reason: 'no answer within 1000 ms' };

/** Instance metadata that gives these answers. */
function metadata(
  document: MetadataAnswer | object,
  token: MetadataAnswer = answer('token'),
): MetadataReader {
  const said = 'kind' in document ? document : answer(JSON.stringify(document));
  return {
    endpoint: 'http://169.254.169.254',
    token: () => Promise.resolve(token),
    get: () => Promise.resolve(said),
  };
}

describe('the identity document', () => {
  it('tells which instance it is, and where', async () => {
    expect(await readInstanceDocument(metadata(whole))).toEqual({
      instanceId: whole.instanceId,
      region: whole.region,
      account: whole.accountId,
    });
  });

  it.each([
    ['a silence', silent],
    ['a refusal', answer('', 403)],
    ['no JSON', answer('<html>')],
    ['null', answer('null')],
    ['a list', answer('[]')],
    ['no instance', { ...whole, instanceId: undefined }],
    ["another thing's id", { ...whole, instanceId: 'mi-0abc1234def567890' }],
    ['no region', { ...whole, region: 7 }],
    ['a region that is none', { ...whole, region: 'us-east-1;x' }],
    ['no account', { ...whole, accountId: undefined }],
    ['an account that is none', { ...whole, accountId: '1111' }],
  ])('is none where there is %s', async (_what, document) => {
    expect(await readInstanceDocument(metadata(document))).toBeNull();
  });

  it.each([silent, answer('', 403)])('is not asked for without a token: %j', async (token) => {
    expect(await readInstanceDocument(metadata(whole, token))).toBeNull();
  });
});
