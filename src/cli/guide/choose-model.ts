import { errorMessage } from '../../core/errors.js';
import type { Settings } from '../../core/settings.js';
import type { Runtime } from '../runtime.js';
import { modelChoices, noModel } from './model-choices.js';
import type { ModelChoices } from './model-choices.js';

async function modelsOf(runtime: Runtime, region: string): Promise<ModelChoices | null> {
  const { bedrock } = await runtime.account(region, 'read-only');
  try {
    const [models, profiles] = await runtime.progress.during(`listing the models of ${region}`, async () =>
      Promise.all([bedrock.listFoundationModels(), bedrock.listInferenceProfiles()]),
    );
    return modelChoices(models, profiles, region);
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
