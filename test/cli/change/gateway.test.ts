import { describe, expect, it } from 'vitest';
import { restartGateways } from '../../../src/cli/change/gateway.js';
import type { Runtime } from '../../../src/cli/runtime.js';
import type { Settings } from '../../../src/core/settings.js';
import type { HostWriter } from '../../../src/ports/host.js';
import type { Prompt } from '../../../src/ports/prompt.js';
import { someSettings } from '../../support/cloud.js';
import { recordedProgress } from '../../support/memory.js';

const unit = 'openclaw-gateway.service';

interface Outcome {
  readonly restarted: readonly string[];
  readonly questions: readonly string[];
  readonly said: string;
}

/** What becomes of these running gateways; `answer` is the person's, `null` where there is none. */
async function change(
  running: readonly string[],
  answer: boolean | null,
  settings: Partial<Settings> = {},
): Promise<Outcome> {
  const restarted: string[] = [];
  const questions: string[] = [];
  const progress = recordedProgress();
  const confirm = ({ message }: { readonly message: string }): Promise<boolean> => {
    questions.push(message);
    return Promise.resolve(answer === true);
  };
  const prompt = { interactive: answer !== null, confirm } as unknown as Prompt;
  const runtime = {
    settings: someSettings({ yes: false, ...settings }),
    prompt,
    progress,
  } as unknown as Runtime;
  const openclaw = {
    runningGateways: () => Promise.resolve(running),
    restartGateway: (name: string) => Promise.resolve(void restarted.push(name)),
  };
  await restartGateways(runtime, { openclaw } as unknown as HostWriter);
  return { restarted, questions, said: progress.lines.join('\n') };
}

describe('a running gateway', () => {
  it('is restarted once where the user agrees', async () => {
    expect(await change([unit], true)).toMatchObject({
      restarted: [unit],
      questions: [`Restart ${unit}, so that it sees the change?`],
    });
  });

  it('is left where the user does not, with the command that does it', async () => {
    const { restarted, said } = await change([unit], false);
    expect(restarted).toEqual([]);
    expect(said).toContain(`systemctl --user restart ${unit}`);
  });

  it.each([
    ['--restart-gateway', { restartGateway: true }, [unit]],
    ['--yes', { yes: true }, [unit]],
    ['--no-restart-gateway with --yes', { yes: true, restartGateway: false }, []],
    ['nothing', {}, []],
  ] as const)('is nobody’s question where nobody is there, with %s', async (_flag, settings, restarted) => {
    expect(await change([unit], null, settings)).toMatchObject({ restarted, questions: [] });
  });

  it('that does not run is not started, and one that systemd does not run is left to the user', async () => {
    const { said, ...rest } = await change([], true);
    expect(rest).toEqual({ restarted: [], questions: [] });
    expect(said).toContain('one that runs otherwise sees the change when you restart it');
  });
});
