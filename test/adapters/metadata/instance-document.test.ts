import { describe, expect, it } from 'vitest';
import { readInstanceDocument } from '../../../src/adapters/metadata/index.js';
import type { MetadataAnswer, MetadataReader } from '../../../src/ports/metadata.js';

const whole = { instanceId: 'i-0abc1234def567890', region: 'us-east-1', accountId: '111122223333' };
const answer = (body: string, status = 200): MetadataAnswer => ({ kind: 'answer', status, body });
const silent: MetadataAnswer = { kind: 'timeout', reason: 'no answer within 1000 ms' };

/** Instance metadata that gives these answers. */
function metadata(
  document: MetadataAnswer | object,
  partition: MetadataAnswer = answer('', 404),
  token: MetadataAnswer = answer('token'),
): MetadataReader {
  const said = 'kind' in document ? document : answer(JSON.stringify(document));
  return {
    endpoint: 'http://169.254.169.254',
    token: () => Promise.resolve(token),
    get: (path) => Promise.resolve(path.startsWith('dynamic/') ? said : partition),
  };
}

describe('the identity document', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['ap-southeast-7', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('of an instance in %s tells its partition, %s', async (region, partition) => {
    expect(await readInstanceDocument(metadata({ ...whole, region }))).toEqual({
      instanceId: whole.instanceId,
      region,
      account: whole.accountId,
      partition,
    });
  });

  it.each([
    [answer('aws-cn\n'), 'aws-cn'],
    [answer('<html>'), 'aws'],
    [answer('aws-cn', 500), 'aws'],
    [silent, 'aws'],
  ])('has the partition that metadata names, if it names one: %j', async (named, partition) => {
    expect(await readInstanceDocument(metadata(whole, named))).toMatchObject({ partition });
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
    expect(await readInstanceDocument(metadata(whole, answer('aws'), token))).toBeNull();
  });
});
