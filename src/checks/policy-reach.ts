import { arnName, parseArn } from '../core/policy/arn.js';
import type { Finding } from '../core/finding.js';
import type { ModelGoal } from '../core/goal.js';
import { missingRights, simulations } from '../core/policy/judge-rights.js';
import type { Right } from '../core/policy/operator-rights.js';
import { scrub } from '../core/text/scrub.js';
import type { RightsReader } from '../ports/rights.js';
import { passed } from './finding.js';

const actions = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

function isProfile(arn: string): boolean {
  return parseArn(arn)?.resource.includes('inference-profile/') === true;
}

/**
 * What a call to the model asks of the caller: the inference profile, and the model in each destination region through that
 * profile. A global profile's model has no region, and then the requested one is `unspecified` (Amazon Bedrock User
 * Guide, "Global cross-Region inference").
 */
function reachRights({ arns }: ModelGoal, region: string): readonly Right[] {
  const profile = arns.find(isProfile);
  return arns.flatMap((resource) => {
    const everywhere = parseArn(resource)?.region === '';
    const context = {
      'aws:RequestedRegion': everywhere ? 'unspecified' : region,
      ...(profile === undefined ? {} : { 'bedrock:InferenceProfileArn': profile }),
    };
    return actions.map((action) => ({ part: 'Invoke', action, resource, context }));
  });
}

/**
 * Whether the role's policies cover every ARN that a call to the model touches, asked of IAM's simulator, so that a missing
 * one is found before Bedrock refuses a call that happens to be routed there. Only a certain gap is a failure.
 */
export async function checkPolicyReach(
  model: ModelGoal,
  region: string,
  roleArn: string,
  reader: RightsReader,
): Promise<Finding> {
  const rights = reachRights(model, region);
  const answers = await Promise.all(
    simulations(rights, roleArn).map(async (request) => reader.simulatePrincipalPolicy(request)),
  );
  const missing = missingRights(rights, answers.flat());
  const role = arnName(roleArn);
  const [first] = missing;
  if (first === undefined)
    return passed('policy-reach', `the policies of ${role} cover ${model.id} in all its regions`);
  const gaps = missing.map(({ right }) => `${right.action} on ${right.resource}`);
  return {
    id: 'policy-reach',
    status: 'fail',
    code: 'NO_IAM',
    message: scrub(`the policies of ${role} miss ${gaps.join('; ')}`),
    cause: `a call to ${model.id} may be routed there, and then Bedrock refuses it: ${first.deniedBy}`,
    who: first.explicit ? 'admin' : 'you',
    fix: first.explicit
      ? 'take what forbids it out of the way'
      : `run setup again with --model ${model.id}, with --policy scoped if that is what the role should have`,
  };
}
