import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../ports/json.js';
import { isList, isObject } from '../json.js';

const setValued = new Set([
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'AWS',
  'Service',
  'Federated',
  'CanonicalUser',
]);
const caseless = new Set(['Action', 'NotAction']);

/** What stands in a place of a policy that takes one value or several. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function asSet(key: string, value: Json): Json {
  const texts = listOf(value).map((item) =>
    caseless.has(key) && typeof item === 'string' ? item.toLowerCase() : item,
  );
  return [...new Set(texts)].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function normalizeObject(object: JsonObject, insideCondition: boolean): JsonObject {
  const entries = Object.entries(object).flatMap(([key, value]): [string, Json][] => {
    if (value === undefined || key === 'Sid') return [];
    if (key === 'Condition' && isObject(value)) return [[key, normalizeCondition(value)]];
    if (setValued.has(key) || insideCondition)
      return [[key, isObject(value) ? normalizeObject(value, false) : asSet(key, value)]];
    return [[key, isObject(value) ? normalizeObject(value, false) : value]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function normalizeCondition(condition: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(condition)
      .map(([operator, keys]) => [operator, isObject(keys) ? normalizeObject(keys, true) : keys] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What the statements of a policy name as actions or resources, each once. */
export function namedIn(document: JsonObject, key: 'Action' | 'Resource'): readonly Json[] {
  const named = listOf(document['Statement']).flatMap((item) => (isObject(item) ? listOf(item[key]) : []));
  return [...new Set(named)].filter((value) => value !== '*');
}

/** A policy's statements in one form: lists as sorted sets, a lone value as a list of one, no Sid. */
function normalize(document: JsonObject): readonly string[] {
  return listOf(document['Statement'])
    .map((item) => JSON.stringify(isObject(item) ? normalizeObject(item, false) : item))
    .sort();
}

/**
 * Whether two policy documents mean the same to IAM, however their statements, lists and keys are ordered; a lone value
 * equals a list of one and actions have no case. IAM gives documents back reordered, so texts are never compared.
 */
export function sameMeaning(left: JsonObject, right: JsonObject): boolean {
  return isDeepStrictEqual(normalize(left), normalize(right));
}

/** The trust policy of a role for EC2 instances. */
export const ec2TrustPolicy: JsonObject = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

function assumesForEc2(statement: JsonObject): boolean {
  const { Effect: effect, Principal: principal, Action: action, Condition: condition } = statement;
  if (effect !== 'Allow' || condition !== undefined || !isObject(principal)) return false;
  const assumes = listOf(action).some((name) =>
    /^(?:sts:assumerole|sts:\*|\*)$/iu.test(JSON.stringify(name).slice(1, -1)),
  );
  const services = listOf(principal['Service']);
  return assumes && services.some((name) => name === 'ec2.amazonaws.com' || name === 'ec2.amazonaws.com.cn');
}

/** Whether a trust policy lets EC2 hand the role to an instance: an unconditional Allow of sts:AssumeRole for EC2. */
export function trustsEc2(trustPolicy: JsonObject): boolean {
  return listOf(trustPolicy['Statement']).some(
    (statement) => isObject(statement) && assumesForEc2(statement),
  );
}
