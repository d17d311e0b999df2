import { ListAssociationsCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultWorld, type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient } from '../support/mock-aws.js';

const stateAssociations = [
  {
    id: 'a-1',
    region: 'us-east-1',
    document: 'AWS-AttachIAMToInstance',
    name: 'profiles',
    targets: [{ key: 'InstanceIds', values: ['*'] }],
  },
  { id: 'a-2', region: 'us-east-1', document: 'AWS-GatherSoftwareInventory', targets: [] },
  { id: 'a-3', region: 'eu-west-1', document: 'AWS-RunPatchBaseline', targets: [] },
];
let mock: MockAws;
beforeEach(async () => {
  mock = await startMockAws({ world: { ...defaultWorld(), stateAssociations } });
});
afterEach(() => mock.stop());

async function list(input: { MaxResults?: number; NextToken?: string }, region = 'us-east-1') {
  const client = new SSMClient(operatorClient(mock, { region }));
  const answer = await client.send(new ListAssociationsCommand(input));
  return { ids: answer.Associations?.map((one) => one.AssociationId), answer };
}

describe('the associations of State Manager', () => {
  it('are those of the region, as they were seeded', async () => {
    const { ids, answer } = await list({});
    expect(ids).toStrictEqual(['a-1', 'a-2']);
    expect(answer.Associations?.[0]).toMatchObject({
      Name: 'AWS-AttachIAMToInstance',
      AssociationName: 'profiles',
      Targets: [{ Key: 'InstanceIds', Values: ['*'] }],
    });
    expect((await list({}, 'eu-west-1')).ids).toStrictEqual(['a-3']);
  });

  it('come in pages', async () => {
    const first = await list({ MaxResults: 1 });
    expect(first.ids).toStrictEqual(['a-1']);
    const second = await list({ MaxResults: 1, NextToken: first.answer.NextToken ?? '' });
    expect(second.ids).toStrictEqual(['a-2']);
    expect(second.answer.NextToken).toBeUndefined();
    await expect(list({ NextToken: 'made-up' })).rejects.toMatchObject({ name: 'InvalidNextToken' });
    await expect(list({ MaxResults: 51 })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are refused to whoever lacks the permission or a known key', async () => {
    mock.settings.deny = ['ssm:ListAssociations'];
    await expect(list({})).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('is not authorized to perform: ssm:ListAssociations'),
    });
    mock.settings.operator.accessKeyId = 'AKIAANOTHER';
    const client = new SSMClient({
      ...operatorClient(mock),
      credentials: { accessKeyId: 'AKIASTALE', secretAccessKey: 'x' },
    });
    await expect(client.send(new ListAssociationsCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  it('are recorded among the calls as a read', async () => {
    await list({});
    expect(mock.calls).toMatchObject([
      { service: 'ssm', operation: 'ListAssociations', mutating: false, status: 200 },
    ]);
  });
});
