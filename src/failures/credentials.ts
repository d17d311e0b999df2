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
      { names: ['ExpiredToken', 'RequestExpired', 'IDPRejectedClaim'] },
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
    code: 'EXPIRED_CREDENTIALS',
    matchers: [
      { text: 're-authenticate using …aws login', place: 'operator' },
      { text: 'Failed to load token from', place: 'operator' },
    ],
    cause: 'the sign-in behind these credentials is over',
    who: 'you',
    fix: 'sign in again: aws login{profileFlag}, then run the same command',
    blocks: true,
  },
  {
    code: 'MFA_NEEDED',
    matchers: [{ text: 'requires multi-factor authentication', place: 'operator' }],
    cause: 'the profile asks for a code of a multi-factor device, and this tool does not ask for one',
    who: 'you',
    fix: 'let the AWS CLI ask: eval "$(aws configure export-credentials{profileFlag} --format env)", then run the same command without --profile',
    blocks: true,
  },
  {
    code: 'CREDENTIAL_PROCESS',
    matchers: [
      { text: 'Command failed: {program}', place: 'operator' },
      { text: 'credential_process returned', place: 'operator' },
    ],
    cause: 'the program that the profile names as its credential_process gave no credentials',
    who: 'you',
    fix: 'see what it says: aws sts get-caller-identity{profileFlag}; then run the same command',
    blocks: true,
  },
  {
    code: 'WEB_IDENTITY_TOKEN',
    matchers: [{ text: 'a token that credentials are made of cannot be read', place: 'operator' }],
    cause:
      'AWS_WEB_IDENTITY_TOKEN_FILE, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE or the profile names that file',
    who: 'you',
    fix: 'have the token written there (in GitHub Actions: permissions with id-token: write) or unset the variable, then run the same command',
    blocks: true,
  },
  {
    code: 'WEB_IDENTITY_TOKEN',
    matchers: [{ names: ['InvalidIdentityToken'], place: 'operator' }],
    cause: 'the account has no identity provider of its issuer, or one with another audience',
    who: 'admin',
    fix: 'compare both with aws iam list-open-id-connect-providers, then run the same command',
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
          'OptInRequired',
        ],
        place: 'operator',
      },
      { text: 'The security token included in the request is invalid', place: 'operator' },
      { text: 'AWS was not able to validate the provided access credentials', place: 'operator' },
    ],
    cause:
      'AWS does not take these access keys in {region}: deleted, mistyped, of another partition than {partition}, or the region is not enabled for the account',
    who: 'you',
    fix: 'see which credentials are used with aws configure list{profileFlag}, and whether the region is enabled with aws account get-region-opt-status --region-name {region}{profileFlag}; then sign in again or choose another --profile or --region',
    blocks: true,
  },
];
