import { errorMessage } from '../../core/errors.js';
import type { Settings } from '../../core/settings.js';
import type { Runtime } from '../runtime.js';
import { conversational, modelChoices, noModel } from './model-choices.js';
import type { ModelChoices } from './model-choices.js';
import { readOffers } from './model-offers.js';

async function modelsOf(runtime: Runtime, region: string): Promise<ModelChoices | null> {
  const { bedrock, modelAccess } = await runtime.account(region, 'read-only');
  const { progress } = runtime;
  try {
    return await progress.during(`listing the models of ${region} and their prices`, async () => {
      const listed = bedrock.listFoundationModels();
      const [models, profiles, offers] = await Promise.all([
        listed,
        bedrock.listInferenceProfiles(),
        listed.then(async (all) => readOffers(runtime, modelAccess, conversational(all))),
      ]);
      return modelChoices({ region, models, profiles, offers });
    });
  } catch (error) {
    runtime.progress.detail(`listing models: ${errorMessage(error)}`);
    return null;
  }
}

/** Lets a person pick OpenClaw's primary model from those of the region; where they cannot be listed nothing is asked. */
export async function chooseModel(runtime: Runtime, region: string): Promise<Settings> {
  const { settings, prompt } = runtime;
  if (settings.model !== null) return settings;
  const found = await modelsOf(runtime, region);
  if (found === null || found.initial === null) return settings;
  const model = await prompt.select({
    message: 'Which model should OpenClaw use?',
    choices: found.choices,
    initial: found.initial,
    flag: '--model',
    searchable: true,
  });
  return model === noModel ? settings : { ...settings, model };
}
