import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseWhole } from '../support/parse.js';
import { version } from '../../src/version.js';
import { readText } from './source.js';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly Step[]; readonly env?: Readonly<Record<string, string>> }>
  >;
}

const names = ['rehearse', 'enroll'] as const;

function textOf(name: string): string {
  return readText(`templates/github/${name}.yml`);
}

function workflowOf(name: string): Workflow {
  return parse(textOf(name)) as Workflow;
}

function jobsOf(name: string): Workflow['jobs'][string][] {
  return Object.values(workflowOf(name).jobs);
}

/** What stands for an expression of GitHub's in the values of this tool's variables. */
const values: Readonly<Record<string, string>> = {
  OPENCLAW_BEDROCK_SETUP_INSTANCE_ID: 'i-0abc1234def567890',
  OPENCLAW_BEDROCK_SETUP_REGION: 'us-east-1',
};

describe.each(names)('the workflow %s', (name) => {
  const steps = jobsOf(name).flatMap((job) => job.steps);

  it('asks for no right that it does not need', () => {
    const more = name === 'enroll' ? { 'id-token': 'write' } : {};
    expect(workflowOf(name).permissions).toEqual({ contents: 'read', ...more });
  });

  it('pins every action to a commit, and says which version that is', () => {
    const lines = textOf(name).match(/uses: .*/gu) ?? [];
    expect(lines).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    for (const line of lines) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u);
  });

  it('runs this version, with commands and variables that it takes', () => {
    const variables = jobsOf(name).flatMap(({ env = {} }) => Object.keys(env));
    const environment = Object.fromEntries(variables.map((variable) => [variable, values[variable]]));
    const commands = steps
      .flatMap(({ run = '' }) => run.split('\n'))
      .filter((line) => line.includes('openclaw-bedrock-setup'));
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) {
      const [npx, yes, tool, ...words] = command.replace(/ > .*$/u, '').split(' ');
      expect([npx, yes, tool]).toEqual(['npx', '--yes', `openclaw-bedrock-setup@${version}`]);
      expect(parseWhole(words, { environment, readText: () => null }).kind).toBe('run');
    }
  });

  it('gives the value of an input to no shell', () => {
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });
});
