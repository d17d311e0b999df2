import { describe, expect, it } from 'vitest';
import { credentialNames } from '../../../src/core/environment/credential-names.js';
import { parseDotenv } from '../../../src/core/environment/dotenv.js';

describe('names of credentials', () => {
  it.each([
    'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI',
    'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE',
    'AWS_BEARER_TOKEN_BEDROCK=ABSK',
    'OPENAI_API_KEY=sk-x',
    'export ANTHROPIC_APIKEY="x y"',
    "TELEGRAM_BOT_TOKEN='1:a'",
    'github_token=ghp',
    'DB_PASSWORD=p',
    'CLIENT_SECRET=s',
    'SSH_PRIVATE_KEY="-----BEGIN"',
  ])('are seen in %s', (line) => {
    expect(credentialNames(parseDotenv(line))).toHaveLength(1);
  });

  it.each([
    'AWS_PROFILE=default',
    'AWS_REGION=us-east-1',
    'MAX_TOKENS=4096',
    'TOKENIZER=fast',
    'USE_TOKEN=true',
    'TOKEN_LIMIT=20000',
    'OPENAI_API_KEY=',
    'OPENAI_API_KEY=""',
    'OPENAI_API_KEY=${OTHER}',
    '# OPENAI_API_KEY=sk-x',
    'KEYBOARD_LAYOUT=de',
  ])('are not seen in %s', (line) => {
    expect(credentialNames(parseDotenv(line))).toEqual([]);
  });

  it('come once each, in their order', () => {
    const text = 'B_TOKEN=one\nA_API_KEY=two\nB_TOKEN=three\n';
    expect(credentialNames(parseDotenv(text))).toEqual(['B_TOKEN', 'A_API_KEY']);
  });
});
