import { describe, expect, it } from 'vitest';
import { commandLine } from '../../../src/cli/tell/command-line.js';
import { parseRequest } from '../../../src/cli/arguments/parse.js';
import type { Settings } from '../../../src/core/settings.js';

function settings(...argv: readonly string[]): Settings {
  const request = parseRequest(argv);
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
