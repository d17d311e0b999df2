import { describe, expect, it } from 'vitest';
import { byNewest, isNamedBy } from '../../../src/core/model/model-names.js';
import { reach, throughProfile } from '../../../src/core/model/model-reach.js';
import type { FoundationModel, InferenceProfile } from '../../../src/ports/bedrock.js';

function model(id: string, more: Partial<FoundationModel> = {}): FoundationModel {
  return {
    id,
    arn: `arn:aws:bedrock:us-east-1::foundation-model/${id}`,
    name: `name of ${id}`,
    provider: 'Amazon',
    input: ['TEXT', 'IMAGE'],
    output: ['TEXT'],
    streaming: true,
    onDemand: false,
    lifecycle: 'ACTIVE',
    endOfLife: '2027-01-01',
    ...more,
  };
}

describe('a short name', () => {
  it.each([
    ['anthropic.claude-sonnet-4-6', 'sonnet', true],
    ['anthropic.claude-sonnet-4-6', 'Claude-Sonnet', true],
    ['anthropic.claude-sonnet-4-6', 'sonnet-4.6', true],
    ['anthropic.claude-sonnet-4-6', 'sonnet--4', true],
    ['anthropic.claude-sonnet-4-6', 'claude-4', false],
    ['anthropic.claude-sonnet-4-6', 'sonn', false],
    ['anthropic.claude-sonnet-4-6', 'sonnet-4-6-1', false],
    ['anthropic.claude-sonnet-4-6', 'anthropic', false],
    ['amazon.nova-lite-v1:0', 'amazon', false],
    ['anthropic.claude-sonnet-4-6', '4-6', false],
    ['anthropic.claude-sonnet-4-6', 'sonnet 4', false],
    ['anthropic.claude-sonnet-4-6', '$sonnet', false],
    ['anthropic.claude-sonnet-4-6', '', false],
    ['anthropic.claude-sonnet-4-6', '...', false],
    ['anthropic.claude-sonnet-4-6', 'sonnet-', true],
    ['anthropic.claude-sonnet-4-6', '-sonnet', false],
    ['anthropic.claude-sonnet-4-6', 'sonnet!', false],
    ['anthropic.claude-sonnet-4-6', 's', false],
    ['anthropic.claude-sonnet-4-6', 'c', false],
    ['us.anthropic.claude-sonnet-4-6', 'anthropic', true],
    ['nova', 'nova', true],
  ])('of %s: %j is %s', (id, name, named) => {
    expect(isNamedBy(id, name)).toBe(named);
  });
});

describe('of one family', () => {
  it.each([
    ['the later generation', ['x.opus-5', 'x.opus-4-8', 'x.opus-4', 'x.opus']],
    ['the later generation, of two digits too', ['x.opus-4-10', 'x.opus-4-9']],
    [
      'the generation and not the revision',
      ['x.opus-5-v1:0', 'x.opus-4-v9:12', 'x.opus-3-v10', 'x.opus-2-v20:0'],
    ],
    ['the provider’s own number left out', ['a-21.opus-2', 'a-99.opus-1']],
    ['a revision inside of the name is no generation', ['x.m-v3-2', 'x.m-v9-1']],
    ['the later date', ['x.opus-4-20251101-v1:0', 'x.opus-4-20250514-v1:0', 'x.opus-4-v1:0']],
    ['the generation before the date', ['x.opus-4-5-20250101', 'x.opus-4-20251231']],
    [
      'the size that the name alone means',
      ['x.nova-pro-v1:0', 'x.nova-lite-v1:0', 'x.nova-premier-v1:0', 'x.nova-micro-v1:0', 'x.nova-v1:0'],
    ],
    ['a model with a date', ['x.opus-20240101', 'x.opus']],
    ['a year without a day is no date', ['x.m-20251101', 'x.m-202511']],
    ['a number inside of a word is no generation', ['x.m-2', 'x.m2b-1']],
    ['a number of four digits is no generation', ['x.m-1', 'x.m-2024']],
    ['the longer of two that begin alike', ['x.opus-4-0-1', 'x.opus-4']],
    ['the date before the size', ['x.nova-micro-20251101', 'x.nova-pro-20250514']],
  ])('%s comes first', (_what, ids) => {
    const sorted = (list: readonly string[]): readonly string[] =>
      list
        .map((id) => model(id))
        .toSorted(byNewest)
        .map(({ id }) => id);
    expect(sorted(ids.toReversed())).toEqual(ids);
    expect(sorted(ids)).toEqual(ids);
  });
});

describe('of one generation', () => {
  it.each([
    ['x.opus-4-v1:0', 'x.opus-4-v12:15'],
    ['x.opus-4-v1', 'x.opus-4-v1:2'],
    ['x.opus-4-20250514-v1:0', 'x.opus-4-20250514-v2:3'],
  ])('%s and %s are equally new: revisions do not count', (left, right) => {
    expect(byNewest(model(left), model(right))).toBe(0);
    expect(byNewest(model(right), model(left))).toBe(0);
  });
});

describe('a model is called', () => {
  const id = 'amazon.nova-lite-v1:0';
  const other = 'amazon.nova-pro-v1:0';

  function profile(
    name: string,
    regions: readonly string[],
    more: Partial<InferenceProfile> = {},
  ): InferenceProfile {
    const modelArns = regions.map((region) => `arn:aws:bedrock:${region}::foundation-model/${id}`);
    const arn = `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${name}`;
    return { id: name, arn, name: `profile ${name}`, active: true, systemDefined: true, modelArns, ...more };
  }

  const near = profile(`us.${id}`, ['us-east-1', 'us-west-2']);
  const far = profile(`apac.${id}`, ['us-east-1', 'us-west-2', 'us-east-2']);
  const everywhere = profile(`global.${id}`, ['us-east-1']);
  const anywhere = profile(`world.${id}`, ['us-east-1', '']);

  it.each([
    ['the nearer geography', [far, near], near],
    ['a geography before the world, by its name', [everywhere, far], far],
    ['a geography before the world, by a model without a region', [anywhere, far], far],
    ['the world where there is nothing else', [anywhere], anywhere],
  ])('through %s', (_what, profiles, chosen) => {
    for (const list of [profiles, profiles.toReversed()]) expect(reach(model(id), list)?.id).toBe(chosen.id);
  });

  it.each([
    ['an inactive one', profile('a', ['us-east-1'], { active: false })],
    ["somebody's own", profile('a', ['us-east-1'], { systemDefined: false })],
    ['one without models', profile('a', [])],
  ])('never through %s', (_what, only) => {
    expect(reach(model(id), [only])).toBeNull();
    expect(reach(model(id, { onDemand: true }), [only])).toMatchObject({ id, arns: [model(id).arn] });
  });

  it('through a profile that holds it among others, and not through one for others', () => {
    const both = profile('both', ['us-east-1'], {
      modelArns: [other, id].map((one) => `arn:aws:bedrock:us-east-1::foundation-model/${one}`),
    });
    expect(reach(model(id), [both])?.id).toBe('both');
    expect(reach(model('amazon.nova-micro-v1:0'), [both])).toBeNull();
  });

  it('under the name that people know', () => {
    expect(throughProfile(near, [model(other), model(id)])).toEqual({
      id: near.id,
      arns: [near.arn, ...near.modelArns],
      name: `name of ${id}`,
      provider: 'Amazon',
      input: ['TEXT', 'IMAGE'],
      endOfLife: '2027-01-01',
    });
    expect(throughProfile(near, [model(other)])).toMatchObject({
      name: near.name,
      provider: '',
      input: ['TEXT'],
      endOfLife: null,
    });
  });
});
