import { expect, it } from 'vitest';
import { fleetId, fleetOf, withFleetStage } from '../support/many-instances.js';

const first = fleetId(0);
const bedrock = 'arn:aws:bedrock:us-east-1:111122223333';

it.each([
  ['imported-model/abc', 'invoke'],
  ['provisioned-model/abc', 'invoke'],
  ['custom-model-deployment/abc', 'invoke'],
  ['imported-model/abc', 'scoped'],
])("a model of the account answers to the instance's role: %s, %s", (resource, policy) => {
  const arn = `${bedrock}:${resource}`;
  const world = {
    roles: [],
    instanceProfiles: [],
    policies: [],
    instances: fleetOf(1),
    ownModels: [{ arn, modelId: 'meta.llama3-3-70b-instruct-v1:0' }],
  };
  return withFleetStage({ world }, async (stage) => {
    const words = ['--model', arn, '--host', 'local', '--yes'];
    await stage.runOn(first, '--instance-id', first, '--policy', policy, ...words);
    const { report } = await stage.runOn(first, 'verify', '--model', arn);
    const asked = report.checks.find(({ id }) => id === 'primary-model');
    expect(asked).toMatchObject({ status: 'ok' });
    expect(asked?.message).toContain(arn);
  });
});
