import type { Parameters } from '../query/parameters.js';
import type { QueryOperation } from '../query/query-service.js';
import type { Context } from '../service.js';
import type { Role } from './state.js';
import { INLINE_POLICY_CHARACTERS, nameParameter, requiredParameter } from './limits.js';
import { findRole, limitExceeded, noSuchEntity, roleResource } from './lookup.js';
import { reorderDocument, validatePermissionPolicy } from './permission-policy.js';
import { encodeDocument, page } from './view.js';

/** The operations on the inline policies of roles. */
export const inlinePolicyOperations: Readonly<Record<string, QueryOperation>> = {
  PutRolePolicy: { mutating: true, resource: roleResource, run: putRolePolicy },
  GetRolePolicy: { mutating: false, resource: roleResource, run: getRolePolicy },
  DeleteRolePolicy: {
    mutating: true,
    resource: roleResource,
    run: (parameters, context) => {
      const role = findRole(parameters, context);
      const { name } = findPolicy(role, parameters);
      delete role.inlinePolicies[name];
      return undefined;
    },
  },
  ListRolePolicies: {
    mutating: false,
    resource: roleResource,
    run: (parameters, context) =>
      page('PolicyNames', Object.keys(findRole(parameters, context).inlinePolicies).toSorted(), parameters),
  },
};

function putRolePolicy(parameters: Parameters, context: Context): undefined {
  const role = findRole(parameters, context);
  const name = nameParameter(parameters, 'PolicyName', 128);
  const document = requiredParameter(parameters, 'PolicyDocument');
  validatePermissionPolicy(document);
  const others = Object.entries(role.inlinePolicies).filter(([other]) => other !== name);
  const total = [document, ...others.map(([, policy]) => policy.document)]
    .join('')
    .replaceAll(/\s/g, '').length;
  if (total > INLINE_POLICY_CHARACTERS) {
    throw limitExceeded(
      `Maximum policy size of ${INLINE_POLICY_CHARACTERS} bytes exceeded for role ${role.roleName}`,
    );
  }
  const previous = role.inlinePolicies[name]?.document;
  role.inlinePolicies[name] = {
    document,
    updatedAt: context.now(),
    ...(previous === undefined ? {} : { previous }),
  };
}

function getRolePolicy(parameters: Parameters, context: Context) {
  const role = findRole(parameters, context);
  const { name, document } = findPolicy(role, parameters);
  const text = context.settings.reorderPolicyDocuments ? reorderDocument(document) : document;
  return { RoleName: role.roleName, PolicyName: name, PolicyDocument: encodeDocument(text) };
}

function findPolicy(role: Role, parameters: Parameters): { name: string; document: string } {
  const name = nameParameter(parameters, 'PolicyName', 128);
  const policy = Object.hasOwn(role.inlinePolicies, name) ? role.inlinePolicies[name] : undefined;
  if (policy === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  return { name, document: policy.document };
}
