import { describe, expect, it } from 'vitest';
import { fillText, toolCommand } from '../../src/failures/fill.js';

const everything =
  '{account} {region} {partition} {roleName} {profileName} {instanceId} {modelId}{profileFlag} | {tool} | {cloudCommand}';

describe('a text of the catalogue', () => {
  it('is filled with what is known', () => {
    const context = {
      account: '111122223333',
      region: 'eu-west-1',
      partition: 'aws-us-gov',
      roleName: 'Role',
      profileName: 'Profile',
      instanceId: 'i-0abc',
      modelId: 'amazon.nova-micro-v1:0',
      operatorProfile: 'ops',
      version: '1.2.3',
    };
    expect(fillText(everything, context, {})).toBe(
      '111122223333 eu-west-1 aws-us-gov Role Profile i-0abc amazon.nova-micro-v1:0 --profile ops | npx openclaw-bedrock-setup@1.2.3 | npx openclaw-bedrock-setup@1.2.3 --instance-id i-0abc --region eu-west-1',
    );
  });

  const nothing = {
    account: null,
    region: null,
    partition: null,
    roleName: null,
    profileName: null,
    instanceId: null,
    modelId: null,
    operatorProfile: null,
    version: null,
  };
  it.each([
    ['is left out', {}],
    ['is known to be nothing', nothing],
  ])('shows what is to be filled in where it %s', (_, context) => {
    expect(fillText(everything, context, {})).toBe(
      'ACCOUNT REGION aws ROLE PROFILE INSTANCE-ID MODEL-ID | npx openclaw-bedrock-setup | npx openclaw-bedrock-setup --instance-id INSTANCE-ID --region REGION',
    );
  });

  it('takes the words of AWS first, then those of the caller, then the context', () => {
    const context = { account: 'context', region: 'context', more: { region: 'more', roleName: 'more' } };
    expect(fillText('{account} {region} {roleName}', context, { roleName: 'words' })).toBe(
      'context more words',
    );
  });

  it('lets the caller give its own command for the account’s half', () => {
    expect(fillText('{cloudCommand}', { more: { cloudCommand: 'tool --all' } }, {})).toBe('tool --all');
  });

  it('leaves a name that nobody knows, JSON and shell as they stand', () => {
    const text = '{nobody} {"Effect":"Allow"} ${HOME} {} {a-b}';
    expect(fillText(text, {}, {})).toBe(text);
  });
});

it('names the tool with its version where that is known', () => {
  expect(toolCommand('1.2.3')).toBe('npx openclaw-bedrock-setup@1.2.3');
  expect(toolCommand(undefined)).toBe('npx openclaw-bedrock-setup');
  expect(toolCommand(null)).toBe('npx openclaw-bedrock-setup');
});
