import { parseArn } from '../../core/policy/arn.js';
import { knownModel, tokens } from '../../core/model/known-models.js';
import { byNewest } from '../../core/model/model-names.js';
import { modelPrice, priceText } from '../../core/model/model-price.js';
import { modelIdOf } from '../../core/model/model-reach.js';
import type { FoundationModel, InferenceProfile } from '../../ports/bedrock.js';
import type { Choice } from '../../ports/prompt.js';
import type { Offers } from './model-offers.js';
import { isBilledByAws } from './model-offers.js';

/** The models of a region as choices, and the one to begin with. */
export interface ModelChoices {
  readonly choices: readonly Choice[];
  readonly initial: string | null;
}

/** Stands for leaving OpenClaw's model as it is. */
export const noModel = '';

/** Geographies by the first part of an inference profile's id (Bedrock user guide, "Geographic cross-Region inference"). */
const geographies: Readonly<Record<string, string>> = {
  us: 'the US',
  'us-gov': 'GovCloud',
  eu: 'the EU',
  apac: 'Asia Pacific',
  jp: 'Japan',
  au: 'Australia',
  ca: 'Canada',
};

/** What the choices are made of. */
export interface ModelListing {
  readonly region: string;
  readonly models: readonly FoundationModel[];
  readonly profiles: readonly InferenceProfile[];
  readonly offers: Offers;
}

function needs({ id, provider }: FoundationModel, offers: Offers): string {
  const offered = offers.get(id);
  if (offered === null || (offered === undefined && isBilledByAws(provider))) return 'needs nothing';
  if (provider === 'Anthropic') return 'needs a form, once per account';
  return 'needs an agreement, made by the first call';
}

function priceOf(
  { id }: FoundationModel,
  reach: string,
  { region, offers }: ModelListing,
): readonly string[] {
  const rates = (offers.get(id) ?? []).flatMap((offer) => offer.rates);
  const price = modelPrice(rates, region, reach.startsWith('global') ? 'global' : 'regional');
  return price === null ? [] : [priceText(price)];
}

function reachOf({ id, modelArns }: InferenceProfile): string {
  const prefix = id.slice(0, id.indexOf('.'));
  const regions = new Set(modelArns.map((arn) => parseArn(arn)?.region ?? ''));
  if (prefix === 'global' || regions.has('')) return 'global, in any region';
  return `within ${geographies[prefix] ?? prefix} (${regions.size} regions)`;
}

function limitsOf({ id }: FoundationModel): readonly string[] {
  const known = knownModel(id);
  if (known === null) return [];
  const { contextWindow, maxOutput, reasoning } = known;
  const answer = maxOutput === null ? '' : `, ${tokens(maxOutput)} out`;
  return [`${tokens(contextWindow)} context${answer}`, ...(reasoning === true ? ['reasoning'] : [])];
}

function choice(model: FoundationModel, value: string, reach: string, listing: ModelListing): Choice {
  const takes = `takes ${model.input.map((kind) => kind.toLowerCase()).join(', ')}`;
  const ends = model.endOfLife === null ? [] : [`ends ${model.endOfLife.slice(0, 10)}`];
  const price = priceOf(model, reach, listing);
  const hint = [reach, ...price, needs(model, listing.offers), takes, ...limitsOf(model), ...ends].join('; ');
  return { value, label: model.name, hint, group: model.provider };
}

function isGlobal(profile: InferenceProfile): boolean {
  return reachOf(profile).startsWith('global');
}

/** Within a geography first, which has more capacity than one region and keeps the data near; global last. */
function waysTo(model: FoundationModel, listing: ModelListing): readonly Choice[] {
  const { profiles, region } = listing;
  const through = profiles
    .filter(({ active, systemDefined }) => active && systemDefined)
    .filter(({ modelArns }) => modelArns.some((arn) => modelIdOf(arn) === model.id));
  const waysThrough = (ways: readonly InferenceProfile[]): readonly Choice[] =>
    ways.map((profile) => choice(model, profile.id, reachOf(profile), listing));
  return [
    ...waysThrough(through.filter((profile) => !isGlobal(profile))),
    ...(model.onDemand ? [choice(model, model.id, `in ${region} only`, listing)] : []),
    ...waysThrough(through.filter(isGlobal)),
  ];
}

function ownProfiles(profiles: readonly InferenceProfile[]): readonly Choice[] {
  return profiles
    .filter(({ active, systemDefined }) => active && !systemDefined)
    .map(({ arn, name, id }) => ({ value: arn, label: name, hint: id, group: 'Your inference profiles' }));
}

/** Amazon's newest conversational model: it works at once, without a form and without an agreement. */
function firstToTry(choices: readonly Choice[]): string | null {
  const amazon = choices.filter(({ group }) => group === 'Amazon');
  const sized = ['pro', 'lite'].flatMap((size) => amazon.find(({ value }) => value.includes(size)) ?? []);
  return [...sized, ...amazon, ...choices].find(({ value }) => value !== noModel)?.value ?? null;
}

/** The models that take and give text and are not on their way out: by provider, the newest first. */
export function conversational(models: readonly FoundationModel[]): readonly FoundationModel[] {
  return models
    .filter(
      ({ lifecycle, input, output }) =>
        lifecycle === 'ACTIVE' && input.includes('TEXT') && output.includes('TEXT'),
    )
    .sort((left, right) => left.provider.localeCompare(right.provider, 'en') || byNewest(left, right));
}

/**
 * What may become OpenClaw's primary model: every way to call each conversational model, with where it is answered, what it
 * costs, needs and takes.
 */
export function modelChoices(listing: ModelListing): ModelChoices {
  const callable = conversational(listing.models).flatMap((model) => waysTo(model, listing));
  const leave: Choice = { value: noModel, label: 'leave it as it is', hint: "OpenClaw's own choice stays" };
  return { choices: [leave, ...callable, ...ownProfiles(listing.profiles)], initial: firstToTry(callable) };
}
