import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/finding.js';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

let scene: Scene;

beforeEach(async () => {
  scene = await setScene();
  await scene.put('.openclaw/.env', 'AWS_PROFILE=default\nAWS_REGION=us-east-1\n');
  await scene.put('.aws/config', '[default]\nregion = us-east-1\n');
});

afterEach(async () => scene.close());

async function turn(context: Parameters<Scene['check']>[0] = {}): Promise<Finding | undefined> {
  const findings = await scene.check({ agentTurn: true, ...context });
  return findings.find(({ id }) => id === 'agent-turn');
}

describe("a turn of OpenClaw's agent", () => {
  it('is not asked for by itself', async () => {
    expect(await turn({ agentTurn: false })).toBeUndefined();
  });

  it('passes with an answer of Bedrock, and tells what it cost', async () => {
    expect(await turn()).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('9000 tokens in, 2 out') as string,
    });
  });

  it('fails where the answer is an error that OpenClaw passes on as one', async () => {
    scene.openclaw.turn = { text: 'No API key found for amazon-bedrock.', outputTokens: 0 };
    expect(await turn()).toMatchObject({ status: 'fail', code: 'GATEWAY_ENV' });
    scene.openclaw.turn = { text: 'something new', outputTokens: 0, exitCode: 1 };
    expect(await turn()).toMatchObject({ status: 'fail', code: 'AGENT_NO_ANSWER' });
  });

  it('says nothing about Bedrock where another provider answered', async () => {
    scene.openclaw.turn = { provider: 'openai' };
    expect(await turn()).toMatchObject({ status: 'skip' });
  });

  it.each([
    ['no model of Bedrock is the primary one', 'openai/gpt-5', {}],
    [
      'a first call accepts an agreement',
      'amazon-bedrock/us.anthropic.claude-sonnet-4-6',
      { acceptAgreement: false },
    ],
  ])('is not asked where %s', async (_name, primary, context) => {
    scene.openclaw.config = { agents: { defaults: { model: { primary } } } };
    expect(await turn(context)).toMatchObject({ status: 'skip' });
  });

  it('costs nothing where something before it failed', async () => {
    scene.aws.settings.faults.push({ service: 'bedrock-runtime', kind: 'access-denied' });
    expect(await turn()).toMatchObject({
      status: 'skip',
      message: expect.stringContaining('converse') as string,
    });
  });
});
