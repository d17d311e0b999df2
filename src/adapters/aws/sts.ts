import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { STSClient } from '@aws-sdk/client-sts';
import { parseArn } from '../../core/policy/arn.js';
import { ExitCode, SetupError } from '../../core/errors.js';
import type { IdentityReader } from '../../ports/identity.js';

function badAnswer(arn: string): SetupError {
  return new SetupError({
    code: 'BAD_ANSWER',
    message: `STS named the caller ${JSON.stringify(arn)}, which is no ARN`,
    why: 'that was not the answer of AWS',
    fix: 'check what stands in between: a proxy, or an endpoint override such as AWS_ENDPOINT_URL',
    exitCode: ExitCode.failed,
  });
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
