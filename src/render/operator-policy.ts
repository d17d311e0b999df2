import type { Right } from '../core/policy/operator-rights.js';
import type { JsonObject } from '../ports/json.js';

/** The operator by which a condition key is compared, by the key's type in the Service Authorization Reference. */
function operatorOf(key: string): string {
  return key === 'iam:PolicyARN' ? 'ArnEquals' : 'StringEquals';
}

function conditionOf(context: Right['context']): JsonObject {
  const entries = Object.entries(context);
  if (entries.length === 0) return {};
  const operators = [...new Set(entries.map(([key]) => operatorOf(key)))];
  const condition = operators.map((operator) => [
    operator,
    Object.fromEntries(entries.filter(([key]) => operatorOf(key) === operator)),
  ]);
  return { Condition: Object.fromEntries(condition) };
}

/** The rights as statements: one for each part, resource and condition; a part that takes several has a number behind it. */
export function operatorStatements(rights: readonly Right[]): readonly JsonObject[] {
  const groups = new Map<string, Right[]>();
  for (const right of rights) {
    const key = JSON.stringify([right.part, right.resource, right.context]);
    groups.set(key, [...(groups.get(key) ?? []), right]);
  }
  const seen = new Map<string, number>();
  return [...groups.values()].flatMap((group): readonly JsonObject[] => {
    const [first] = group;
    if (first === undefined) return [];
    const count = (seen.get(first.part) ?? 0) + 1;
    seen.set(first.part, count);
    return [
      {
        Sid: count === 1 ? first.part : `${first.part}${count}`,
        Effect: 'Allow',
        Action: group.map(({ action }) => action),
        Resource: first.resource,
        ...conditionOf(first.context),
      },
    ];
  });
}

/** The policy with which an operator may do just that; ready for an administrator. */
export function operatorPolicy(rights: readonly Right[]): JsonObject {
  return { Version: '2012-10-17', Statement: operatorStatements(rights) };
}
