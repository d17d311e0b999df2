import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { STSClient } from '@aws-sdk/client-sts';
import { parseArn } from '../../core/policy/arn.js';
import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';
import type { IdentityReader } from '../../ports/identity.js';

function badAnswer(arn: string): SetupError {
  return failure(
    'BAD_ANSWER',
    `STS named the caller ${JSON.stringify(arn)}, which is no ARN`,
    'that was not the answer of AWS',
    'check what stands in between: a proxy, or an endpoint override such as AWS_ENDPOINT_URL',
  );
}

/** STS through the SDK. Errors are the SDK's own, and BAD_ANSWER for a caller without an ARN. */
export function makeIdentityReader(client: STSClient): IdentityReader {
  return {
    async getCallerIdentity() {
      const { Account: account = '', Arn: arn = '' } = await client.send(new GetCallerIdentityCommand({}));
      const parsed = parseArn(arn);
      if (parsed === null) throw badAnswer(arn);
      return { account: account === '' ? parsed.account : account, partition: parsed.partition, arn };
    },
  };
}
