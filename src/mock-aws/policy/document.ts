import { isRecord } from '../record.js';

/** One statement of a policy document, every list made a list. */
export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly Condition[];
  /** Principals by type, such as `Service`; undefined where the statement has none. */
  readonly principals?: Readonly<Record<string, readonly string[]>>;
}

/** One test of a `Condition` block. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** IAM writes one string where a list has one element. */
export function asList(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Parses JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The statements of a document that was validated when it was written; one that cannot be read has none. */
export function readStatements(document: string | object): readonly Statement[] {
  const parsed: unknown = typeof document === 'string' ? parseJson(document) : document;
  if (!isRecord(parsed)) return [];
  const statements: unknown[] = Array.isArray(parsed['Statement'])
    ? parsed['Statement']
    : [parsed['Statement']];
  return statements.filter(isRecord).map(readStatement);
}

function readStatement(statement: Record<string, unknown>): Statement {
  const principal = statement['Principal'];
  return {
    ...(typeof statement['Sid'] === 'string' ? { sid: statement['Sid'] } : {}),
    effect: statement['Effect'] === 'Allow' ? 'Allow' : 'Deny',
    actions: asList(statement['Action']),
    notActions: asList(statement['NotAction']),
    resources: asList(statement['Resource']),
    notResources: asList(statement['NotResource']),
    conditions: readConditions(statement['Condition']),
    ...(principal === undefined ? {} : { principals: readPrincipals(principal) }),
  };
}

function readPrincipals(principal: unknown): Record<string, readonly string[]> {
  if (!isRecord(principal)) return { AWS: asList(principal) };
  return Object.fromEntries(Object.entries(principal).map(([type, names]) => [type, asList(names)]));
}

function readConditions(block: unknown): readonly Condition[] {
  if (!isRecord(block)) return [];
  return Object.entries(block).flatMap(([operator, tests]) =>
    isRecord(tests)
      ? Object.entries(tests).map(([key, values]) => ({ operator, key, values: asList(values) }))
      : [],
  );
}
