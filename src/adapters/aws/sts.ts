import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { STSClient } from '@aws-sdk/client-sts';
import { parseArn } from '../../core/arn.js';
import type { IdentityReader } from '../../ports/identity.js';

/** STS through the SDK. Errors are the SDK's own. */
export function makeIdentityReader(client: STSClient): IdentityReader {
  return {
    async getCallerIdentity() {
      const { Account: account = '', Arn: arn = '' } = await client.send(new GetCallerIdentityCommand({}));
      const parsed = parseArn(arn);
      if (parsed === null) throw new Error(`STS named the caller ${JSON.stringify(arn)}, which is no ARN`);
      return { account: account === '' ? parsed.account : account, partition: parsed.partition, arn };
    },
  };
}
