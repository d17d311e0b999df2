import { jsonErrors } from '../json/errors.js';
import { jsonService } from '../json/json-service.js';
import { pageOf } from '../json/paging.js';
import type { StateAssociation } from '../state.js';

function view({ id, name, document, targets }: StateAssociation): object {
  return {
    AssociationId: id,
    AssociationVersion: '1',
    Name: document,
    ...(name === undefined ? {} : { AssociationName: name }),
    Targets: targets.map(({ key, values }) => ({ Key: key, Values: values })),
  };
}

/** AWS Systems Manager: the associations of State Manager. A page has 50 at most (API reference, ListAssociations). */
export const ssm = jsonService({
  name: 'ssm',
  target: 'AmazonSSM',
  errors: jsonErrors({ status: 400, code: 'ThrottlingException', message: 'Rate exceeded' }),
  operations: {
    ListAssociations: {
      mutating: false,
      run: (input, { state, region }) => {
        const here = state.stateAssociations.filter((one) => one.region === region);
        const { items, next } = pageOf(here, input, { atMost: 50, invalidToken: 'InvalidNextToken' });
        return { Associations: items.map(view), ...next };
      },
    },
  },
});
