import { ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { describe, expect, it } from 'vitest';
import { defaultWorld, type MockAws } from '../../src/mock-aws/index.js';
import { operatorClient, withMockAws } from '../support/mock-aws.js';

function quota(number: number, region = 'us-east-1', serviceCode = 'bedrock') {
  return { serviceCode, region, code: `L-${number}`, name: `Quota ${number}`, value: number };
}

const serviceQuotas = [
  ...Array.from({ length: 120 }, (_, index) => quota(index)),
  quota(200, 'eu-west-1'),
  quota(300, 'us-east-1', 'ec2'),
];
const world = { ...defaultWorld(), serviceQuotas };

async function list(mock: MockAws, input: { ServiceCode: string; NextToken?: string }, region = 'us-east-1') {
  return new ServiceQuotasClient(operatorClient(mock, { region })).send(new ListServiceQuotasCommand(input));
}

describe('service quotas', () => {
  it('are those of a service in the region, a hundred on a page', async () => {
    await withMockAws({ world }, async (mock) => {
      const first = await list(mock, { ServiceCode: 'bedrock' });
      expect(first.Quotas).toHaveLength(100);
      expect(first.Quotas?.[0]).toMatchObject({ QuotaName: 'Quota 0', QuotaCode: 'L-0', Value: 0 });
      const second = await list(mock, { ServiceCode: 'bedrock', NextToken: first.NextToken ?? '' });
      expect(second.Quotas).toHaveLength(20);
      expect(second.NextToken).toBeUndefined();
      const elsewhere = await list(mock, { ServiceCode: 'bedrock' }, 'eu-west-1');
      expect(elsewhere.Quotas?.map(({ Value }) => Value)).toStrictEqual([200]);
    });
  });

  it('are refused in its own words', async () => {
    await withMockAws({ world, deny: ['servicequotas:*'] }, async (mock) => {
      await expect(list(mock, { ServiceCode: 'bedrock' })).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      mock.settings.faults.push({ service: 'servicequotas', kind: 'throttle' });
      await expect(list(mock, { ServiceCode: 'bedrock' })).rejects.toMatchObject({
        name: 'TooManyRequestsException',
      });
    });
  });
});
