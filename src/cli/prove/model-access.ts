import { destinationRegions } from '../../checks/conversation.js';
import type { AccessFacts } from '../../checks/model-access.js';
import { isAgreed, judgeAccess, readAccess } from '../../checks/model-access.js';
import { hasCode } from '../../core/failure/aws-error.js';
import { errorMessage } from '../../core/errors.js';
import type { Finding } from '../../core/finding.js';
import { foundationModelId, isAmazonsModel } from '../../core/model/foundation-model.js';
import type { ModelGoal } from '../../core/goal.js';
import { modelPrice, priceText } from '../../core/model/model-price.js';
import { scrub } from '../../core/text/scrub.js';
import { waitFor } from '../../core/timing/wait.js';
import type { FailureContext } from '../../failures/index.js';
import type { AgreementOffer, ModelAccessWriter } from '../../ports/model-access.js';
import { version } from '../../version.js';
import { explain } from '../tell/outcome.js';
import type { Runtime } from '../runtime.js';
import type { Target } from '../look/target.js';
import { readUseCaseFile } from '../look/use-case-file.js';
import { lookWithin } from './look-within.js';

/** What is known of the access to the model. */
export interface ModelAccess {
  /** `null` where there is nothing to say: no model, or one of Amazon's own. */
  readonly finding: Finding | null;
  /** Whether the model may be called: by consent, or because a call is no first call. */
  readonly agreed: boolean;
}

/** Seconds that an agreement is waited for. Bedrock may take up to 15 minutes; whoever has to wait runs verify again. */
const agreementSeconds = 120;

function knownOf({ settings }: Runtime, target: Target): FailureContext {
  const account = target.here?.account ?? null;
  return { account, region: target.region, operatorProfile: settings.profile, version, place: 'operator' };
}

function notLooked(error: unknown): Finding {
  const message = `not looked up with the credentials at hand: ${errorMessage(error)}`;
  return { id: 'model-access', status: 'skip', message: scrub(message) };
}

/** Whether the user agrees to the terms: by the flag, or asked for it. */
async function consents({ settings, prompt }: Runtime, modelId: string, terms: string): Promise<boolean> {
  if (settings.acceptModelAgreement) return true;
  if (!prompt.interactive || settings.yes) return false;
  const message = `Accept the terms for ${modelId}${terms}? A first call accepts them as well.`;
  return prompt.confirm({ message, initial: false, flag: '--accept-model-agreement' });
}

async function submitForm(runtime: Runtime, access: ModelAccessWriter, facts: AccessFacts): Promise<boolean> {
  const form = facts.useCase === false ? await readUseCaseFile(runtime) : null;
  if (form === null) return false;
  await access.submitUseCase(form);
  runtime.progress.note("  Anthropic's use-case form was submitted for this account");
  return true;
}

/** What an offer costs and where its terms are, in brackets, as far as it says so. */
function termsOf({ rates, terms }: AgreementOffer, region: string, { id }: ModelGoal): string {
  const price = modelPrice(rates, region, id.startsWith('global.') ? 'global' : 'regional');
  const parts = [...(price === null ? [] : [priceText(price)]), ...(terms === null ? [] : [terms])];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

async function acceptTerms(
  runtime: Runtime,
  access: ModelAccessWriter,
  { modelId }: AccessFacts,
  termsText: (offer: AgreementOffer) => string,
): Promise<boolean> {
  const [offer] = (await access.agreementOffers(modelId)) ?? [];
  if (offer === undefined) return false;
  const terms = termsText(offer);
  if (!(await consents(runtime, modelId, terms))) return false;
  try {
    await access.acceptAgreement(modelId, offer.token);
  } catch (error) {
    // Somebody else has accepted it meanwhile.
    if (!hasCode(error, 'Conflict')) throw error;
  }
  runtime.progress.note(`  the terms for ${modelId} were accepted${terms}`);
  return true;
}

async function settled(
  runtime: Runtime,
  access: ModelAccessWriter,
  facts: AccessFacts,
): Promise<AccessFacts> {
  let last = facts;
  await waitFor(
    async () => {
      last = await readAccess(facts.modelId, access);
      return last.availability.agreement === 'PENDING' ? null : last;
    },
    {
      clock: runtime.clock,
      boundMilliseconds: agreementSeconds * 1000,
      onWaiting: () =>
        runtime.progress.note(
          `  waiting for the agreement for ${facts.modelId}, at most ${agreementSeconds} s`,
        ),
    },
  );
  return last;
}

async function obtain(
  runtime: Runtime,
  access: ModelAccessWriter,
  modelId: string,
  termsText: (offer: AgreementOffer) => string,
): Promise<AccessFacts> {
  const facts = await readAccess(modelId, access);
  const submitted = await submitForm(runtime, access, facts);
  const lacking = !['AVAILABLE', 'PENDING'].includes(facts.availability.agreement);
  const accepted = lacking && (await acceptTerms(runtime, access, facts, termsText));
  return submitted || accepted ? settled(runtime, access, facts) : facts;
}

/** The finding with the regions that a call may be answered from, so that a deny of one of them can be foreseen. */
function located(finding: Finding, model: ModelGoal | null): Finding {
  const regions = model === null ? [] : destinationRegions(model);
  return regions.length < 2 ? finding : { ...finding, detail: `may be answered from ${regions.join(', ')}` };
}

function modelOf(model: ModelGoal | null, target: Target): string | null {
  const modelId = model === null || !target.cloud ? null : foundationModelId(model);
  return modelId === null || isAmazonsModel(modelId) ? null : modelId;
}

/** Looks where the account stands with the model; nothing is written. Who may not look gets a skipped finding. */
export async function lookAtModelAccess(
  runtime: Runtime,
  target: Target,
  model: ModelGoal | null,
): Promise<ModelAccess> {
  const consent = runtime.settings.acceptModelAgreement;
  const modelId = modelOf(model, target);
  if (modelId === null) return { finding: null, agreed: consent };
  try {
    const { modelAccess } = await runtime.account(target.region, 'read-only');
    const facts = await lookWithin(runtime, readAccess(modelId, modelAccess));
    const finding = located(judgeAccess(facts, knownOf(runtime, target)), model);
    return { finding, agreed: consent || isAgreed(facts) };
  } catch (error) {
    return { finding: notLooked(error), agreed: consent };
  }
}

/**
 * Obtains access to the model as the operator, as far as the user has consented: submits the use-case form of
 * `--use-case` where the account has none, accepts the provider's agreement, waits for it. Nothing is given to the role of
 * the instance.
 */
export async function obtainModelAccess(
  runtime: Runtime,
  target: Target,
  model: ModelGoal | null,
): Promise<ModelAccess> {
  const { settings, prompt } = runtime;
  const asked = settings.acceptModelAgreement || settings.useCase !== null;
  if (!asked && (!prompt.interactive || settings.yes)) return lookAtModelAccess(runtime, target, model);
  const modelId = modelOf(model, target);
  if (modelId === null || model === null) return { finding: null, agreed: settings.acceptModelAgreement };
  try {
    const { modelAccess } = await runtime.account(target.region, 'read-write');
    const facts = await obtain(runtime, modelAccess, modelId, (offer) =>
      termsOf(offer, target.region, model),
    );
    const agreed = settings.acceptModelAgreement || isAgreed(facts);
    return { finding: located(judgeAccess(facts, knownOf(runtime, target)), model), agreed };
  } catch (error) {
    if (!asked) return { finding: notLooked(error), agreed: false };
    const { code, message, why, fix } = explain(runtime, error);
    const finding: Finding = {
      id: 'model-access',
      status: 'fail',
      code,
      message,
      cause: why,
      who: 'you',
      fix,
    };
    return { finding, agreed: false };
  }
}
