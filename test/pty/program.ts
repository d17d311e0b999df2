import { processTerminal } from '../../src/adapters/output/process-terminal.js';
import { enquirerPrompt } from '../../src/adapters/prompt/enquirer.js';
import { SetupError } from '../../src/core/errors.js';
import type { Choice, Prompt } from '../../src/ports/prompt.js';

const models: readonly Choice[] = [
  { value: 'opus', label: 'Claude Opus', hint: 'text, image', group: 'Anthropic' },
  { value: 'sonnet', label: 'Claude Sonnet', hint: 'text, image', group: 'Anthropic' },
  { value: 'micro', label: 'Nova Micro', hint: 'text', group: 'Amazon' },
];

function instances(count: number): readonly Choice[] {
  return Array.from({ length: count }, (_, index) => ({
    value: `i-${index.toString(16).padStart(17, '0')}`,
    label: index === 7 ? 'web\u2026 \u672C\u756A(\u001B[31m1)' : `server ${index}`,
    hint: 'running',
  }));
}

async function askAll(prompt: Prompt, kinds: readonly string[]): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (const kind of kinds) answers.push(await askOne(prompt, kind));
  return answers;
}

async function askOne(prompt: Prompt, kind: string): Promise<unknown> {
  switch (kind) {
    case 'select':
      return prompt.select({ message: 'Which model?', choices: models, initial: 'sonnet', flag: '--model' });
    case 'search':
      return prompt.select({
        message: 'Which instance is it that OpenClaw runs on?',
        choices: instances(5000),
        searchable: true,
        flag: '--instance-id',
      });
    case 'confirm':
      return prompt.confirm({ message: 'Restart the gateway?', initial: true, flag: '--restart-gateway' });
    default:
      return prompt.consent({ message: 'Apply these changes?', flag: '--yes' });
  }
}

async function run(): Promise<void> {
  try {
    const color = !process.argv.includes('--no-color');
    const prompt = enquirerPrompt(processTerminal(process.env, color));
    const answers = await askAll(
      prompt,
      process.argv.slice(2).filter((word) => !word.startsWith('--')),
    );
    process.stdout.write(`answers ${JSON.stringify(answers)}\n`);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`error ${error.code}: ${error.message} (${error.why})\n`);
    process.exitCode = error.exitCode;
  }
}

// Nothing is awaited at the top, as in the program itself, whose bundle is CommonJS.
void run();
