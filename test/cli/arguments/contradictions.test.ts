import { describe, expect, it } from 'vitest';
import { parseWhole } from '../../support/parse.js';
import { SetupError } from '../../../src/core/errors.js';

function refusal(argv: string): SetupError {
  try {
    parseWhole(argv.split(' '));
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error(`${argv} was accepted`);
}

const many = '--instance-tag env=prod';
const two = '--instance-id i-0abc1234 --instance-id i-0abc1235';

describe('settings that do not go together', () => {
  it.each([
    ['plan --policy scoped', 'MODEL_NEEDED', '--policy scoped needs a model'],
    ['setup --use-case form.json', 'MODEL_NEEDED', '--use-case needs a model'],
    ['render commands --output out', 'OUTPUT_NOT_HERE', 'render commands does not take --output'],
    ['setup --cloud skip --host skip', 'NOTHING_LEFT', '--cloud skip and --host skip leave nothing to do'],
    ['setup --enroll a=b --cloud skip', 'CONTRADICTION', '--enroll and --cloud skip contradict each other'],
    ['setup --yes --dry-run', 'CONTRADICTION', '--yes and --dry-run contradict each other'],
    [
      `setup --instance-id i-0abc1234 ${many}`,
      'CONTRADICTION',
      '--instance-tag and --instance-id contradict each other',
    ],
    [
      `setup --instances-file x ${many}`,
      'CONTRADICTION',
      '--instance-tag and --instances-file contradict each other',
    ],
    [
      'setup --instance-id i-0abc1234 --asg web',
      'CONTRADICTION',
      '--asg and --instance-id contradict each other',
    ],
    [
      'plan --instances-file x --asg web',
      'CONTRADICTION',
      '--asg and --instances-file contradict each other',
    ],
    [`render policy ${two}`, 'CONTRADICTION', 'render does not take more than one --instance-id'],
    [
      `setup ${many} --use-case f.json --model sonnet`,
      'CONTRADICTION',
      'many instances and --use-case do not go together',
    ],
    [`setup ${two} --host local`, 'CONTRADICTION', 'many instances and --host local contradict each other'],
    [`setup ${many} --cloud skip`, 'CONTRADICTION', 'many instances and --cloud skip leave nothing to do'],
    ['verify --mock-fault NO_IAM', 'MOCK_NEEDED', '--mock-fault needs --mock'],
  ])('are refused: %s', (argv, code, message) => {
    const error = refusal(argv);
    expect(error).toMatchObject({ code, message, exitCode: 2 });
    expect(error.why).not.toBe('');
    expect(error.fix).not.toBe('');
  });

  it.each([
    'setup --policy scoped --model sonnet',
    'render terraform --output out',
    'setup --mock --yes --dry-run',
    'setup --mock --mock-fault NO_IAM',
    `setup ${many} --cloud skip --host ssm`,
    `setup ${two} --host skip`,
    'setup --instance-id i-0abc1234 --host local',
    'setup --asg web --host ssm',
  ])('go together: %s', (argv) => {
    expect(parseWhole(argv.split(' ')).kind).toBe('run');
  });
});

describe('the words of a command', () => {
  it.each([
    ['render', 'RENDER_WHAT', 'render needs to know what', /^for example: openclaw-bedrock-setup render /u],
    [
      'render terrafrom',
      'UNKNOWN_RENDER',
      'render does not know "terrafrom"',
      /^did you mean render terraform\?$/u,
    ],
    [
      'render spreadsheet',
      'UNKNOWN_RENDER',
      'render does not know "spreadsheet"',
      /^for example: openclaw-bedrock-setup render /u,
    ],
    [
      'completion',
      'COMPLETION_FOR',
      'completion needs to know for which shell',
      /^for example: openclaw-bedrock-setup completion bash$/u,
    ],
    ['completion zhs', 'UNKNOWN_SHELL', 'no completion for "zhs"', /^did you mean completion zsh\?$/u],
    [
      'completion powershell',
      'UNKNOWN_SHELL',
      'no completion for "powershell"',
      /^for example: openclaw-bedrock-setup completion /u,
    ],
    [
      'completion bash zsh',
      'UNEXPECTED_ARGUMENT',
      'unexpected argument "zsh"',
      /^see openclaw-bedrock-setup completion --help$/u,
    ],
    [
      'plan now',
      'UNEXPECTED_ARGUMENT',
      'unexpected argument "now"',
      /^see openclaw-bedrock-setup plan --help$/u,
    ],
    ['help provision', 'UNKNOWN_COMMAND', 'unknown command "provision"', /^commands: setup, /u],
    ['provision', 'UNKNOWN_COMMAND', 'unknown command "provision"', /^commands: setup, /u],
    ['--quantum', 'UNKNOWN_FLAG', 'unknown flag --quantum', /./u],
  ])('are refused: %s', (argv, code, message, fix) => {
    const error = refusal(argv);
    expect(error).toMatchObject({ code, message, exitCode: 2 });
    expect(error.fix).toMatch(fix);
  });
});
