import type { ServiceQuotasClientConfig } from '@aws-sdk/client-service-quotas';
import { ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { QuotaReader } from '../../ports/quotas.js';
import type { Guard } from './middleware.js';
import { allPages } from './pages.js';

/** The largest page (Service Quotas API reference, ListServiceQuotas). */
const pageSize = 100;

/** Service Quotas through the SDK. Errors are the SDK's own. */
export function openQuotas(settings: ServiceQuotasClientConfig, guard: Guard): QuotaReader {
  const client = new ServiceQuotasClient(settings);
  guard(client);
  return {
    bedrockQuotas: async () =>
      allPages(async (token) => {
        const page = await client.send(
          new ListServiceQuotasCommand({ ServiceCode: 'bedrock', MaxResults: pageSize, NextToken: token }),
        );
        const items = (page.Quotas ?? []).flatMap(({ QuotaName: name, Value: value }) =>
          name === undefined || value === undefined ? [] : [{ name, value }],
        );
        return { items, next: page.NextToken };
      }),
  };
}
