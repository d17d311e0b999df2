import type { CatalogueEntry } from './entry.js';

/** What keeps the gateway from the role: its environment, and credentials that stand before the role. */
export const gatewayFailures: readonly CatalogueEntry[] = [
  {
    code: 'SHADOWED_BY_KEYS',
    matchers: [],
    cause: 'access keys in {where} win over the role of the instance, which is never asked',
    who: 'you',
    fix: 'remove the keys from {where}, or move them to a section of another name; the role needs none',
  },
  {
    code: 'SHADOWED_BY_SSO',
    matchers: [
      {
        text: 'The SSO session token associated with profile=… was not found or is invalid',
        place: 'gateway',
      },
      { text: 'To refresh this SSO session run …aws sso login', place: 'gateway' },
    ],
    cause:
      'the AWS profile of the gateway is the sign-in of a person, through SSO or aws login ({where}); a service cannot do that, and the role is never asked',
    who: 'you',
    fix: 'move these settings from {where} to a section of another name and use it with --profile; leave [default] with the region only',
  },
  {
    code: 'SHADOWED_BY_BEARER',
    matchers: [{ text: 'Authentication failed: Please make sure your API Key is valid', place: 'gateway' }],
    cause:
      'AWS_BEARER_TOKEN_BEDROCK ({where}) wins over every other credential, so the role is never used for Bedrock',
    who: 'you',
    fix: 'remove AWS_BEARER_TOKEN_BEDROCK from {where} and restart the gateway; what answers with it says nothing about the role',
  },
  {
    code: 'SHADOWED_BY_PROCESS',
    matchers: [],
    cause: 'a credential_process in {where} answers before the role of the instance is asked',
    who: 'you',
    fix: 'move credential_process from {where} to a section of another name; leave [default] with the region only',
  },
  {
    code: 'SHADOWED_BY_ROLE',
    matchers: [],
    cause:
      'another role or token is set up in {where}, so the calls are not made as the role of the instance',
    who: 'you',
    fix: 'remove it from {where}, or give the Bedrock rights to that role instead',
  },
  {
    code: 'METADATA_TURNED_OFF',
    matchers: [],
    cause:
      'AWS_EC2_METADATA_DISABLED is set in {where} to something other than false, so no SDK asks for the role',
    who: 'you',
    fix: 'remove AWS_EC2_METADATA_DISABLED from {where} and restart the gateway',
  },
  {
    code: 'ENV_FILE_READABLE',
    matchers: [],
    cause:
      '{seen} may read {envFile}, and its {names} with it: whoever has an account or runs a service here could use them',
    who: 'you',
    fix: 'chmod 600 {envFile}; renew what it holds if somebody else may have read it',
  },
  {
    code: 'CLI_PROFILE_MISSING',
    matchers: [{ text: 'The config profile ({missingProfile}) could not be found' }],
    cause:
      'AWS_PROFILE names a profile that the shared AWS config does not have; the AWS CLI and boto3 refuse to run then',
    who: 'you',
    fix: 'give ~/.aws/config the section: [default] with region = {region}; setup does that',
  },
  {
    code: 'GATEWAY_ENV',
    matchers: [
      { text: 'No API key found for amazon-bedrock' },
      { text: 'Use /login or set an API key environment variable' },
    ],
    cause: 'the gateway does not see {missing}: {seen}',
    who: 'you',
    fix: 'put {lines} into {envFile} and restart the gateway; setup does that',
  },
  {
    code: 'GATEWAY_ELSEWHERE',
    matchers: [],
    cause: 'the unit of the gateway names {seen} as its folder, so it does not read {envFile}',
    who: 'you',
    fix: 'set up the folder that it uses: put OPENCLAW_STATE_DIR={seen} before the same command; or take it out of the unit',
  },
  {
    code: 'REGION_DIFFERS',
    matchers: [],
    cause: 'the parts of the set-up name different regions: {seen}',
    who: 'you',
    fix: 'choose one region and run setup with it: {cloudCommand}',
  },
];
