import type { CatalogueEntry } from './entry.js';

/** Credentials that are not there, over or unknown to AWS, of the gateway and of the operator. */
export const credentialFailures: readonly CatalogueEntry[] = [
  {
    code: 'NO_GATEWAY_CREDENTIALS',
    matchers: [
      { text: 'Could not load credentials from any providers', place: 'gateway' },
      { names: ['CredentialsProviderError'], place: 'gateway' },
    ],
    cause: 'in the environment of the gateway no AWS credentials can be found',
    who: 'you',
    fix: 'on an EC2 instance attach a role: {cloudCommand}; elsewhere name a profile with --gateway-profile NAME',
  },
  {
    code: 'EXPIRED_CREDENTIALS',
    matchers: [
      { names: ['ExpiredToken', 'RequestExpired'], place: 'gateway' },
      { text: 'The security token included in the request is expired', place: 'gateway' },
    ],
    cause:
      'the credentials that the gateway uses have run out; those of the role renew themselves, so these come from elsewhere, or the clock of this machine is wrong',
    who: 'you',
    fix: 'look for keys with a session token in {where} and remove them; if there are none, set the clock (sudo timedatectl set-ntp true)',
  },
  {
    code: 'EXPIRED_CREDENTIALS',
    matchers: [
      { names: ['ExpiredToken', 'RequestExpired'] },
      { text: 'The security token included in the request is expired' },
      {
        text: 'The SSO session token associated with profile=… was not found or is invalid',
        place: 'operator',
      },
      { text: 'SSO session associated with this profile has expired', place: 'operator' },
      { text: 'To refresh this SSO session run …aws sso login', place: 'operator' },
    ],
    cause: 'the sign-in behind these credentials is over',
    who: 'you',
    fix: 'sign in again: aws sso login{profileFlag} (or however these credentials were obtained), then run the same command; if they were fresh, check the clock of this machine',
    blocks: true,
  },
  {
    code: 'NO_OPERATOR_CREDENTIALS',
    matchers: [
      { text: 'Could not load credentials from any providers', place: 'operator' },
      {
        names: ['CredentialsProviderError', 'NoCredentialProviders', 'MissingAuthenticationToken'],
        place: 'operator',
      },
      { text: 'Could not resolve credentials', place: 'operator' },
    ],
    cause: 'no AWS credentials were found here: no profile, no environment variables, no role',
    who: 'you',
    fix: [
      'do one of the following:',
      '  sign in here: aws sso login{profileFlag} or aws configure{profileFlag}, then run the same command (--profile NAME chooses a profile)',
      '  or paste this into CloudShell, where you are signed in already: {signedInCommand}',
      '  or rehearse it without an account: {tool} --mock',
    ].join('\n'),
    blocks: true,
  },
  {
    code: 'BAD_KEYS',
    matchers: [
      {
        names: [
          'InvalidClientTokenId',
          'UnrecognizedClient',
          'AuthFailure',
          'SignatureDoesNotMatch',
          'InvalidAccessKeyId',
        ],
        place: 'operator',
      },
      { text: 'The security token included in the request is invalid', place: 'operator' },
      { text: 'AWS was not able to validate the provided access credentials', place: 'operator' },
    ],
    cause: 'AWS does not know these access keys: deleted, mistyped, or of another partition than {partition}',
    who: 'you',
    fix: 'see which credentials are used with aws configure list{profileFlag}, then sign in again or choose another profile with --profile',
    blocks: true,
  },
];
