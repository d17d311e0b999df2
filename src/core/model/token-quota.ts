import type { Quota } from '../../ports/quotas.js';
import { arnName } from '../policy/arn.js';

/** What a model's id says of the quotas that a call of it counts against. */
interface Called {
  readonly provider: string;
  /** `claudesonnet45` */
  readonly name: string;
  readonly version: string;
  /** How the names of the quotas begin that are for this way to the model only. */
  readonly way: 'global' | 'cross-region' | 'on-demand';
}

/** Letters and digits alone: the names of models and their ids differ in nothing else. */
function compact(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/gu, '');
}

/** Reads an id such as `us.anthropic.claude-sonnet-4-5-20250929-v1:0`. */
function calledBy(modelId: string): Called {
  const [own = '', provider = '', geography] = arnName(modelId)
    .split(/\.(?=[a-z])/u)
    .toReversed();
  const [, name = '', version = '1'] = /^(.*?)(?:-\d{8})?(?:-v(\d+))?(?::.*)?$/u.exec(own) ?? [];
  const profile = geography === 'global' ? 'global' : 'cross-region';
  return {
    provider: compact(provider),
    name: compact(name),
    version,
    way: geography === undefined ? 'on-demand' : profile,
  };
}

function isModel(quota: string, { provider, name, version }: Called): boolean {
  const start = name === '' || provider === '' ? -1 : quota.indexOf(name);
  if (start === -1 || !quota.includes(provider)) return false;
  const [, its = '1', next = ''] = /^(?:v(\d+))?(.?)/u.exec(quota.slice(start + name.length)) ?? [];
  return its === version && !/\d/u.test(next);
}

/** A model that is only reached through profiles has a quota of 0 for other ways, which is no news. */
function isWay(quota: string, { way }: Called): boolean {
  const [only] = /^(?:global|cross-region|on-demand)/iu.exec(quota) ?? [];
  if (/latency-optimi[sz]ed/iu.test(quota)) return false;
  return only === undefined ? way !== 'global' : only.toLowerCase() === way;
}

/**
 * The quotas on tokens per day and per minute that a call of the model counts against, and the account's own over all
 * models. Their names are those of the Bedrock user guide, quotas of the bedrock-runtime endpoint.
 */
export function tokenQuotas(modelId: string, quotas: readonly Quota[]): readonly Quota[] {
  const called = calledBy(modelId);
  return quotas.filter(({ name }) => {
    if (!/tokens per (?:day|minute)/iu.test(name)) return false;
    if (/^cross-model/iu.test(name)) return true;
    const [, model] = / for (.*)$/u.exec(name) ?? [];
    return model !== undefined && isWay(name, called) && isModel(compact(model), called);
  });
}
