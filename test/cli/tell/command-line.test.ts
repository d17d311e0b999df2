import { describe, expect, it } from 'vitest';
import { fleetCommandLine } from '../../../src/cli/fleet/command-line.js';
import {
  cloudCommandLine,
  commandLine,
  hostCommandLine,
  renderLine,
  signedInCommandLine,
} from '../../../src/cli/tell/command-line.js';
import { parseWhole } from '../../support/parse.js';
import type { Settings } from '../../../src/core/settings.js';

function settings(...argv: readonly string[]): Settings {
  const request = parseWhole(argv);
  if (request.kind !== 'run') throw new Error(`this is no command: ${request.kind}`);
  return request.settings;
}

const target = {
  here: null,
  instanceId: 'i-0abc1234def567890',
  region: 'us-east-1',
  cloud: true,
  host: true,
};
const named = 'openclaw-bedrock-setup --instance-id i-0abc1234def567890 --region us-east-1';

describe('a text that is printed where somebody is signed in', () => {
  const id = '--instance-id i-0abc1234def567890';

  it('is asked for again, and is no set-up', () => {
    const asked = settings('render', 'commands', '--profile', 'admin', '--account', '111122223333');
    const line = `npx openclaw-bedrock-setup@1.0.0 render commands ${id} --region us-east-1`;
    expect(signedInCommandLine(asked, target)).toBe(line);
    expect(() => settings(...line.split(' ').slice(2))).not.toThrow();
  });

  it('takes from a set-up what makes a difference to it', () => {
    const flags = ['--policy', 'scoped', '--model', 'sonnet', '--role-name', 'Mine', '--use-case', 'x.json'];
    const line = renderLine(settings(...flags, '--replace-profile', '--mock'), target, 'operator-policy');
    expect(line).toBe(
      `npx openclaw-bedrock-setup@1.0.0 render operator-policy ${id} --region us-east-1 --role-name Mine --policy scoped --model sonnet --replace-profile`,
    );
    expect(() => settings(...line.split(' ').slice(2))).not.toThrow();
  });

  it('names no instances where it cannot', () => {
    const line = renderLine(
      settings('--instance-tag', 'env=prod'),
      { ...target, instanceId: null },
      'policy',
    );
    expect(line).toBe('npx openclaw-bedrock-setup@1.0.0 render policy --region us-east-1');
  });
});

describe('the command that repeats a run', () => {
  it.each([
    [[], named],
    [['--cloud', 'skip'], `${named} --cloud skip`],
    [['--host', 'skip'], `${named} --host skip`],
    [['--openclaw-user', 'claw'], `${named} --openclaw-user claw`],
    [['--policy', 'full-access', '--ssm'], `${named} --policy full-access --ssm`],
  ])('keeps %j', (argv, line) => {
    expect(commandLine(settings(...argv), target, 'setup')).toBe(line);
  });

  it('takes both halves back, whichever the last run was about', () => {
    expect(commandLine(settings('--cloud', 'skip'), target, 'undo')).toBe(
      'openclaw-bedrock-setup undo --instance-id i-0abc1234def567890 --region us-east-1',
    );
  });
});

/** The settings that a command line which was told gives when it is typed. */
function typed(line: string): Settings {
  const words = Array.from(line.matchAll(/'([^']*)'|(\S+)/gu), ([, quoted, bare]) => quoted ?? bare ?? '');
  return settings(...words.slice(words.findIndex((word) => word.startsWith('openclaw-bedrock-setup')) + 1));
}

describe('a command line that was told', () => {
  it.each([
    ['--policy', 'arn:aws:iam::111122223333:policy/P', '--permissions-boundary', 'arn:aws:iam::1:policy/B'],
    ['--model', 'sonnet', '--use-case', 'form.json', '--accept-model-agreement', '--profile', 'admin'],
    ['--resource-tag', 'team=a b', '--resource-tag', 'x=', '--replace-profile', '--hop-limit', '2', '--ssm'],
    ['--role-name', 'gateways', '--gateway-profile', 'claw', '--mock', '--enroll', 'openclaw=yes'],
    ['--provider-filter', 'anthropic,Mistral AI', '--refresh-interval', '0', '--default-max-tokens', '9'],
    ['--default-context-window', '8', '--cloud', 'auto', '--openclaw-user', 'claw', '--host', 'local'],
    [
      '--host',
      'ssm',
      '--tool-source',
      '/t.tgz',
      '--max-concurrency',
      '7',
      '--max-errors',
      '0',
      '--host-timeout',
      '60',
    ],
  ])('means the same again: %s', (...argv) => {
    const meant = settings('--instance-id', 'i-0abc1234def567890', '--region', 'us-east-1', ...argv);
    expect(typed(commandLine(meant, target, 'setup'))).toEqual(meant);
    expect(typed(commandLine(meant, target, 'plan'))).toEqual({ ...meant, command: 'plan' });
  });

  it('keeps of an undo or a look where hosts are reached from afar', () => {
    const afar = ['--host', 'ssm', '--tool-source', '/t.tgz', '--profile', 'admin', '--mock'];
    const line = commandLine(settings('verify', ...afar), { ...target, instanceId: null }, 'verify');
    expect(line).toBe(
      'openclaw-bedrock-setup verify --region us-east-1 --profile admin --mock --host ssm --tool-source /t.tgz',
    );
  });

  it('for another place has neither the profile of here nor its pretended account', () => {
    const there = settings('--profile', 'admin', '--mock', '--model', 'sonnet', '--accept-model-agreement');
    const line = cloudCommandLine(there, { ...target, instanceId: null });
    expect(line).toMatch(/ --region us-east-1 --model sonnet --accept-model-agreement$/u);
    expect(hostCommandLine(there, target)).toMatch(
      / --cloud skip --region us-east-1 --model sonnet --accept-model-agreement$/u,
    );
    expect(signedInCommandLine(there, target)).toBe(cloudCommandLine(there, target));
  });

  it.each(['plan', 'verify', 'undo'] as const)(
    'where somebody is signed in is the same look: %s',
    (command) => {
      const line = signedInCommandLine(settings(command, '--profile', 'admin', '--cloud', 'skip'), target);
      expect(line).toMatch(
        new RegExp(` ${command} --instance-id i-0abc1234def567890 --region us-east-1$`, 'u'),
      );
    },
  );
});

describe('a command line about many instances', () => {
  const ids = Array.from({ length: 21 }, (_, index) => `i-${String(index).padStart(8, '0')}`);
  const named = (list: readonly string[]) => list.flatMap((id) => ['--instance-id', id]);

  it.each([
    [named(ids.slice(0, 20)), named(ids.slice(0, 20)).join(' ')],
    [named(ids), '--instances-file -'],
    [['--instances-file', 'a b.txt'], "--instances-file 'a b.txt'"],
    [['--instance-tag', 'env=prod', '--instance-tag', 'x='], '--instance-tag env=prod --instance-tag x='],
    [['--asg', 'web'], '--asg web'],
  ])('names them as they were named', (argv, words) => {
    expect(fleetCommandLine(settings(...argv), 'us-east-1', 'setup')).toBe(
      `openclaw-bedrock-setup ${words} --region us-east-1`,
    );
    expect(fleetCommandLine(settings(...argv), 'us-east-1', 'undo')).toBe(
      `openclaw-bedrock-setup undo ${words} --region us-east-1`,
    );
  });
});
