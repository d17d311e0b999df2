import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';
import type { Ec2Reader, Instance } from '../../ports/ec2.js';
import type { Identity } from '../../ports/identity.js';

/**
 * INSTANCE_NOT_FOUND, naming what was searched, and the region in which the instance is where it is in another one.
 * Where looking elsewhere is not allowed it says only what is known.
 */
export async function instanceNotFound(
  instanceId: string,
  { account }: Identity,
  region: string,
  ec2: Pick<Ec2Reader, 'findRegions'>,
): Promise<SetupError> {
  const elsewhere = await searchRegions(instanceId, region, ec2);
  const message = `no instance ${instanceId} in the region ${region} of the account ${account}`;
  const [first] = elsewhere ?? [];
  if (first !== undefined) {
    return failure(
      'INSTANCE_NOT_FOUND',
      `${message}; it is in ${elsewhere?.join(' and ') ?? first}`,
      'instances belong to a region, and another one was searched',
      `add --region ${first}`,
    );
  }
  const why =
    elsewhere === null
      ? 'the other regions could not be searched: that needs ec2:DescribeRegions and ec2:DescribeInstances'
      : 'it is in no other enabled region that could be searched either';
  return failure(
    'INSTANCE_NOT_FOUND',
    message,
    why,
    `check the id, --region and --profile: aws ec2 describe-instances --region ${region} --query "Reservations[].Instances[].InstanceId"`,
  );
}

async function searchRegions(
  instanceId: string,
  searched: string,
  ec2: Pick<Ec2Reader, 'findRegions'>,
): Promise<readonly string[] | null> {
  try {
    const found = await ec2.findRegions(instanceId);
    return found.filter((region) => region !== searched);
  } catch {
    return null;
  }
}

const advice: Readonly<Record<string, string>> = {
  pending: 'wait until it runs',
  stopping: 'wait until it is stopped, or start it again',
  'shutting-down': 'choose another instance',
  terminated: 'choose another instance',
};

/** Throws INSTANCE_WRONG_STATE for an instance whose profile EC2 does not let anyone change now. */
export function refuseState({ id, state }: Instance): void {
  const fix = advice[state];
  if (fix === undefined) return;
  throw failure(
    'INSTANCE_WRONG_STATE',
    `the instance ${id} is ${state}`,
    'EC2 gives a profile only to an instance that is running or stopped',
    `${fix}: aws ec2 describe-instances --instance-ids ${id} --query "Reservations[].Instances[].State.Name"`,
  );
}
