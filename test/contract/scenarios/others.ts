import { ListFoundationModelsCommand, ListInferenceProfilesCommand } from '@aws-sdk/client-bedrock';
import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { outcome, type Scenario } from '../scenario.js';
import { createRole } from './roles.js';

/** The scenarios on identity, metadata and Bedrock. */
export const otherScenarios: readonly Scenario[] = [
  {
    id: 'caller-account',
    run: ({ sts }) => outcome(sts.send(new GetCallerIdentityCommand({})), ({ Account }) => Account),
    expected: '123456789012',
  },
  {
    id: 'policy-simulated',
    run: async (account) => {
      await createRole(account);
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::123456789012:role/${account.name}`,
        ActionNames: ['bedrock:InvokeModel'],
      });
      return outcome(account.iam.send(command), (answer) =>
        answer.EvaluationResults?.map((result) => result.EvalDecision),
      );
    },
    expected: ['implicitDeny'],
  },
  {
    id: 'metadata-without-token-refused',
    run: async ({ url }) => {
      const response = await fetch(`${url}/latest/meta-data/placement/region`);
      return response.status;
    },
    expected: 401,
  },
  {
    id: 'metadata-region-with-token',
    run: async ({ url }) => {
      const issued = await fetch(`${url}/latest/api/token`, {
        method: 'PUT',
        headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '60' },
      });
      const response = await fetch(`${url}/latest/meta-data/placement/region`, {
        headers: { 'X-aws-ec2-metadata-token': await issued.text() },
      });
      return [response.status, await response.text()];
    },
    expected: [200, 'us-east-1'],
  },
  {
    id: 'foundation-models-listed',
    run: ({ bedrock }) =>
      outcome(bedrock.send(new ListFoundationModelsCommand({})), (answer) =>
        answer.modelSummaries?.some(({ modelId }) => modelId === 'amazon.nova-micro-v1:0'),
      ),
    expected: true,
  },
  {
    id: 'inference-profiles-listed',
    run: ({ bedrock }) =>
      outcome(bedrock.send(new ListInferenceProfilesCommand({})), (answer) =>
        answer.inferenceProfileSummaries?.some(
          (profile) => profile.inferenceProfileId === 'us.amazon.nova-micro-v1:0',
        ),
      ),
    expected: true,
  },
];
