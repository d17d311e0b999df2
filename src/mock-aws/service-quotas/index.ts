import { AwsError } from '../errors.js';
import { jsonErrors } from '../json/errors.js';
import { jsonService } from '../json/json-service.js';
import { pageOf } from '../json/paging.js';
import type { ServiceQuota } from '../state.js';

function view({ serviceCode, code, name, value }: ServiceQuota): object {
  return {
    ServiceCode: serviceCode,
    QuotaCode: code,
    QuotaName: name,
    Value: value,
    Unit: 'None',
    Adjustable: false,
    GlobalQuota: false,
  };
}

/** Service Quotas: the quotas that apply. A page has 100 at most (API reference, ListServiceQuotas). */
export const serviceQuotas = jsonService({
  name: 'servicequotas',
  target: 'ServiceQuotasV20190624',
  errors: jsonErrors({ status: 400, code: 'TooManyRequestsException', message: 'Too Many Requests' }),
  operations: {
    ListServiceQuotas: {
      mutating: false,
      run: (input, { state, region }) => {
        const { ServiceCode: service } = input;
        if (typeof service !== 'string')
          throw new AwsError('IllegalArgumentException', 'ServiceCode must not be empty');
        const here = state.serviceQuotas.filter(
          (quota) => quota.region === region && quota.serviceCode === service,
        );
        const { items, next } = pageOf(here, input, {
          atMost: 100,
          invalidToken: 'InvalidPaginationTokenException',
        });
        return { Quotas: items.map(view), ...next };
      },
    },
  },
});
