import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { remoteWords, toolSource } from '../../../src/cli/remote/words.js';
import { parseRequest } from '../../../src/cli/arguments/parse.js';
import { someSettings } from '../../support/cloud.js';

describe('what a host is asked to run', () => {
  it('is this version of this tool, or what the user names', () => {
    expect(toolSource(someSettings())).toBe(`openclaw-bedrock-setup@${manifest.version}`);
    expect(toolSource(someSettings({ toolSource: '/opt/tool.tgz' }))).toBe('/opt/tool.tgz');
  });

  it.each(['setup', 'verify', 'undo'] as const)(
    'never asks back, and is taken by the tool: %s',
    (command) => {
      const words = remoteWords(
        someSettings({ discovery: { refreshInterval: 60 } }),
        command,
        'us-east-1',
        'gateways',
      );
      expect(words).toContain('--no-input');
      expect(parseRequest(words)).toMatchObject({
        kind: 'run',
        settings: { command, host: 'local', yes: true, noInput: true, json: true },
      });
    },
  );
});
