import type { ChangeResult } from '../change-result.js';
import type { StepId } from '../change.js';
import type { ErrorDetails, ExitCode } from '../errors.js';
import { ExitCode as codes } from '../errors.js';
import type { Finding } from '../finding.js';
import { isRecord } from '../json.js';

/** What the tool said on a host, as far as it is about that host. */
export interface HostReport {
  readonly ok: boolean;
  readonly changes: readonly ChangeResult[];
  readonly checks: readonly Finding[];
  readonly error?: ErrorDetails;
}

type Fields = Readonly<Record<string, unknown>>;

const hostSteps: readonly StepId[] = [
  'shell-profile',
  'gateway-env',
  'aws-config',
  'bedrock-plugin',
  'openclaw-discovery',
  'primary-model',
];
const changeStatuses = ['planned', 'applied', 'in-place', 'failed', 'skipped'] as const;
const findingStatuses = ['ok', 'warn', 'fail', 'skip'] as const;
const people = ['you', 'admin', 'billing', 'AWS Support', 'wait'] as const;
const actions = [
  'create',
  'update',
  'replace',
  'delete',
  'none',
] as const satisfies readonly ChangeResult['action'][];

function fieldsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(fields: Fields, key: string): string {
  const value = fields[key];
  return typeof value === 'string' ? value : '';
}

function oneOf<Word>(words: readonly Word[], value: unknown): Word | null {
  return words.find((word) => word === value) ?? null;
}

function changeOf(fields: Fields): readonly ChangeResult[] {
  const step = oneOf(hostSteps, fields['step']);
  const action = oneOf(actions, fields['action']);
  const status = oneOf(changeStatuses, fields['status']);
  if (step === null || action === null || status === null) return [];
  const [title, target, detail] = [text(fields, 'title'), text(fields, 'target'), text(fields, 'detail')];
  return [{ step, lane: 'host', title, action, target, detail, status }];
}

function findingOf(fields: Fields): readonly Finding[] {
  const status = oneOf(findingStatuses, fields['status']);
  if (status === null) return [];
  const who = oneOf(people, fields['who']);
  const keys = ['code', 'cause', 'fix', 'detail'].filter((key) => text(fields, key) !== '');
  const more = Object.fromEntries(keys.map((key) => [key, text(fields, key)]));
  const words = { id: text(fields, 'id'), status, message: text(fields, 'message') };
  return [{ ...words, ...more, ...(who === null ? {} : { who }) }];
}

function exitCodeOf(value: unknown): ExitCode {
  return oneOf<ExitCode>(Object.values(codes), value) ?? codes.failed;
}

function errorOf(value: unknown): { readonly error?: ErrorDetails } {
  if (!isRecord(value) || text(value, 'code') === '') return {};
  const of = (key: string): string => text(value, key);
  const words = { code: of('code'), message: of('message'), why: of('why'), fix: of('fix') };
  return { error: { ...words, exitCode: exitCodeOf(value['exitCode']) } };
}

/** What a host says that the tool said, looked at piece by piece; `null` for what is no report of ours. */
export function parseHostReport(value: unknown): HostReport | null {
  if (!isRecord(value) || value['schemaVersion'] !== 1 || typeof value['ok'] !== 'boolean') return null;
  return {
    ok: value['ok'],
    changes: fieldsIn(value['changes']).flatMap(changeOf),
    checks: fieldsIn(value['checks']).flatMap(findingOf),
    ...errorOf(value['error']),
  };
}
