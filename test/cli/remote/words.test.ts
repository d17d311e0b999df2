import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { remoteWords, toolSource } from '../../../src/cli/remote/words.js';
import { parseWhole } from '../../support/parse.js';
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
      expect(parseWhole(words)).toMatchObject({
        kind: 'run',
        settings: { command, host: 'local', yes: true, noInput: true, json: true },
      });
    },
  );

  it.each([
    [true, '--restart-gateway'],
    [false, '--no-restart-gateway'],
  ])('says what becomes of the gateway, where it may change: %s', (restartGateway, word) => {
    const words = (command: 'setup' | 'verify' | 'undo') =>
      remoteWords(someSettings({ restartGateway }), command, null, null);
    expect(words('setup')).toContain(word);
    expect(words('undo')).toContain(word);
    expect(words('verify')).not.toContain(word);
  });

  it('has what was asked of a look, and of discovery only where it is set up', () => {
    const discovery = {
      providerFilter: ['anthropic', 'amazon'],
      refreshInterval: 60,
      defaultContextWindow: 1000,
      defaultMaxTokens: 100,
    };
    const settings = someSettings({ discovery, agentTurn: true, model: 'sonnet', timeoutSeconds: 90 });
    const verify = remoteWords(settings, 'verify', 'us-east-1', 'EC2-Bedrock-Access');
    expect(verify.join(' ')).toBe(
      'verify --cloud skip --region us-east-1 --model sonnet --host local --yes --no-input --json --timeout 90 --agent-turn',
    );
    const setup = remoteWords(settings, 'setup', 'us-east-1', null).join(' ');
    expect(setup).toContain(
      '--provider-filter anthropic,amazon --refresh-interval 60 --default-context-window 1000 --default-max-tokens 100',
    );
    expect(setup).not.toContain('--agent-turn');
  });

  it('leaves the region to the host where none is known', () => {
    expect(remoteWords(someSettings(), 'setup', null, null)).not.toContain('--region');
  });
});
