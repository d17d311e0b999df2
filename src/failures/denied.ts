import type { CatalogueEntry } from './entry.js';

const allowDenied = '{denialFix}';

/**
 * Refusals of permission. `{action}`, `{resource}`, `{tail}` and `{denialFix}` come from AWS's message. Those of Bedrock
 * stand first, so that the general ones never take them.
 */
export const deniedFailures: readonly CatalogueEntry[] = [
  {
    code: 'DENIED_BY_SCP',
    matchers: [{ text: 'is not authorized to perform: bedrock:… service control policy' }],
    cause: "an organisation's service control policy forbids {action} on {resource}; {where}",
    who: 'admin',
    fix: 'choose an inference profile whose destination regions are all allowed with --model, or ask the organisation to allow {action} on {resource}{destinations}',
    blocks: true,
  },
  {
    code: 'NO_IAM',
    matchers: [{ text: 'is not authorized to perform: bedrock:' }],
    cause:
      'the {tail} behind the call does not allow {action} on {resource}; {where}. Right after an attach it can take up to 60 s until the rights are there',
    who: 'you',
    fix: allowDenied,
    waitSeconds: 60,
    blocks: true,
  },
  {
    code: 'NOT_ALLOWED',
    matchers: [{ text: 'is not authorized to perform:' }],
    cause: '{action} on {resource} is not allowed: refused by the {tail}',
    who: 'admin',
    fix: allowDenied,
    blocks: true,
  },
  {
    code: 'NOT_ALLOWED',
    matchers: [
      { names: ['UnauthorizedOperation', 'Client.UnauthorizedOperation'] },
      { text: 'You are not authorized to perform this operation' },
    ],
    cause: 'EC2 refuses the call: the caller lacks the ec2 action, or iam:PassRole on the role {roleName}',
    who: 'admin',
    fix: [
      'add these statements to a policy of the caller:',
      '{"Effect":"Allow","Action":["ec2:AssociateIamInstanceProfile","ec2:ReplaceIamInstanceProfileAssociation","ec2:DisassociateIamInstanceProfile","ec2:ModifyInstanceMetadataOptions","ec2:DescribeInstances","ec2:DescribeIamInstanceProfileAssociations"],"Resource":"*"}',
      '{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:{partition}:iam::{account}:role/{roleName}"}',
      'what exactly was missing: aws sts decode-authorization-message{profileFlag} --encoded-message MESSAGE',
    ].join('\n'),
    blocks: true,
  },
  {
    code: 'NOT_ALLOWED',
    matchers: [{ names: ['AccessDenied'], text: 'User: … is not authorized' }],
    cause: 'AWS refuses the call for lack of permission',
    who: 'admin',
    fix: 'ask an administrator of the account {account} for the right that is named in the message',
    blocks: true,
  },
];

/** For a refusal that no other entry of the catalogue explains. */
export const plainlyDenied: readonly CatalogueEntry[] = [
  {
    code: 'NOT_ALLOWED',
    matchers: [{ names: ['AccessDenied', 'Unauthorized'] }],
    cause: 'AWS refuses the call for lack of permission and does not say which',
    who: 'admin',
    fix: 'ask an administrator of the account {account}',
    blocks: true,
  },
];
