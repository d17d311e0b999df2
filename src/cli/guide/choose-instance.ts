import { SetupError } from '../../core/errors.js';
import type { Runtime } from '../runtime.js';
import { instanceChoices } from './instance-choices.js';

/** Where regions can be asked for when none is known; every account of the partition `aws` has it. */
const anyRegion = 'us-east-1';
const elsewhere = 'another region';

async function askRegion(runtime: Runtime, initial: string | null): Promise<string> {
  const { ec2 } = await runtime.account(initial ?? anyRegion, 'read-only');
  const listed = await runtime.progress.during('listing the regions', async () => ec2.listRegions());
  const regions = [...listed].sort();
  return runtime.prompt.select({
    message: 'In which region is the instance?',
    choices: regions.map((region) => ({ value: region, label: region })),
    initial: initial ?? anyRegion,
    flag: '--region',
    searchable: true,
  });
}

async function knownRegion(runtime: Runtime): Promise<string | null> {
  try {
    return await runtime.region();
  } catch (error) {
    if (error instanceof SetupError && error.code === 'REGION_NEEDED') return null;
    throw error;
  }
}

/** An instance and the region in which it is. */
export interface ChosenInstance {
  readonly region: string;
  readonly instanceId: string;
}

/** Lets a person pick the instance from a list of those in the region, or another region first. */
export async function chooseInstance(runtime: Runtime): Promise<ChosenInstance> {
  const { prompt, progress } = runtime;
  let region = (await knownRegion(runtime)) ?? (await askRegion(runtime, null));
  for (;;) {
    const { ec2 } = await runtime.account(region, 'read-only');
    const instances = await progress.during(`listing the instances in ${region}`, async () =>
      ec2.listInstances(),
    );
    const choices = instanceChoices(instances);
    if (choices.length > 0) {
      const picked = await prompt.select({
        message: `Which instance in ${region} is OpenClaw on?`,
        choices: [...choices, { value: elsewhere, label: elsewhere }],
        flag: '--instance-id',
        searchable: true,
      });
      if (picked !== elsewhere) return { region, instanceId: picked };
    } else progress.note(`there is no instance in ${region}`);
    region = await askRegion(runtime, region);
  }
}
