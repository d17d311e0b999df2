import type { CatalogueEntry } from './entry.js';

/** Failures on the host itself. Those without a matcher are told by what a check sees. */
export const hostFailures: readonly CatalogueEntry[] = [
  {
    code: 'IMDS_UNREACHABLE',
    matchers: [],
    cause:
      'nothing answers where the instance metadata service should be: this host is no EC2 instance, or a firewall rule blocks 169.254.169.254',
    who: 'you',
    fix: 'run verify on the instance itself; there, look for a rule that blocks it: sudo iptables -S OUTPUT; sudo nft list ruleset. A host that is no EC2 instance is set up with --gateway-profile NAME',
  },
  {
    code: 'IMDS_DISABLED',
    matchers: [],
    cause: 'the instance metadata service of {instanceId} is switched off (HttpEndpoint=disabled)',
    who: 'you',
    fix: 'switch it on: aws ec2 modify-instance-metadata-options --instance-id {instanceId} --http-endpoint enabled --region {region}{profileFlag}',
  },
  {
    code: 'IMDS_HOP_LIMIT',
    matchers: [],
    cause:
      'a metadata token was asked for and its answer never came back ({container}): it may take only as many network hops as the hop limit says, and inside a container or another network namespace it needs 2. On the host itself it works with 1',
    who: 'you',
    fix: 'allow one more hop: {cloudCommand} --hop-limit 2 (or aws ec2 modify-instance-metadata-options --instance-id {instanceId} --http-put-response-hop-limit 2 --region {region})',
  },
  {
    code: 'IMDS_TOKEN',
    matchers: [],
    cause: 'the instance metadata service answers, but hands out no token: {seen}',
    who: 'you',
    fix: 'look for a proxy between this process and 169.254.169.254 (HTTP_PROXY needs NO_PROXY=169.254.169.254), then run verify again',
  },
  {
    code: 'NO_PROFILE_YET',
    matchers: [],
    cause:
      'the instance metadata service knows of no role: no instance profile is attached, or it has not arrived yet (seconds, up to a minute after the attach)',
    who: 'wait',
    fix: 'wait a minute and run verify again; if nothing was attached yet: {cloudCommand}',
    waitSeconds: 120,
  },
  {
    code: 'WRONG_PROFILE',
    matchers: [],
    cause:
      'the instance has the profile {actualProfile}, not {profileName}: something swapped it, most likely an association of Systems Manager (Quick Setup or AWS-AttachIAMToInstance in State Manager, which can run every hour), or a stack that manages the instance',
    who: 'you',
    fix: 'find it: aws ssm list-associations --association-filter-list key=Name,value=AWS-AttachIAMToInstance --region {region}{profileFlag}; stop it or let it attach {profileName}, then run: {cloudCommand} --replace-profile',
  },
  {
    code: 'WRONG_ROLE',
    matchers: [],
    cause: 'the calls of the gateway are made as {actualRole}, not as the role {roleName}',
    who: 'you',
    fix: 'run setup again: {cloudCommand}; it puts the Bedrock policy onto the role that the instance has',
  },
  {
    code: 'TRUST_POLICY',
    matchers: [{ text: 'AssumeRoleUnauthorizedAccess' }, { text: 'EC2 cannot assume the role' }],
    cause: 'the role {roleName} does not trust ec2.amazonaws.com, so EC2 cannot hand it to the instance',
    who: 'admin',
    fix: 'let its trust policy hold {"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}: aws iam update-assume-role-policy --role-name {roleName} --policy-document file://trust.json{profileFlag}',
  },
  {
    code: 'PROFILE_DELETED',
    matchers: [],
    cause: 'the instance profile or its role was deleted while it was attached: metadata says {seen}',
    who: 'you',
    fix: 'make and attach it anew: {cloudCommand} --replace-profile',
  },
  {
    code: 'METADATA_CREDENTIALS_EXPIRED',
    matchers: [],
    cause:
      'the credentials in the instance metadata ran out at {seen} and were not renewed; the clock of this machine may be wrong',
    who: 'you',
    fix: 'set the clock (sudo timedatectl set-ntp true) and run verify again; if it stays, disassociate and attach the profile anew',
  },
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
      'the AWS profile of the gateway signs in through SSO ({where}); a service cannot do that, and the role is never asked',
    who: 'you',
    fix: 'move the SSO settings from {where} to a section of another name and use it with --profile; leave [default] with the region only',
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
    code: 'REGION_DIFFERS',
    matchers: [],
    cause: 'the parts of the set-up name different regions: {seen}',
    who: 'you',
    fix: 'decide for one and run setup with it: {cloudCommand}',
  },
  {
    code: 'UNKNOWN_MODEL',
    matchers: [{ text: 'Unknown model: {unknownModel}' }],
    cause:
      'OpenClaw does not list {unknownModel}: its discovery is off or looks in another region, or the model is of another name there',
    who: 'you',
    fix: 'run setup for the discovery settings, then see what it lists: openclaw models list --all --provider amazon-bedrock',
  },
  {
    code: 'NO_PROVIDER',
    matchers: [
      { text: 'No API provider registered for api: bedrock-converse-stream' },
      { text: '[bedrock-discovery] Failed to discover Bedrock models' },
      { text: 'plugin not installed: amazon-bedrock' },
    ],
    cause:
      'the Bedrock plug-in of OpenClaw is not installed, does not fit its version, or lacks its dependencies',
    who: 'you',
    fix: 'install the one of the same version: openclaw plugins install @openclaw/amazon-bedrock-provider, then restart the gateway',
  },
  {
    code: 'OPENCLAW_SLOW',
    matchers: [],
    cause: 'OpenClaw was still starting when the time was up; that says nothing about Bedrock',
    who: 'wait',
    fix: 'ask OpenClaw yourself when the machine is less busy: {command}; or give it longer with --timeout',
  },
  {
    code: 'AGENT_NO_ANSWER',
    matchers: [],
    cause: "OpenClaw's agent got no answer, although the model answers to the role: {command}",
    who: 'you',
    fix: 'ask it yourself and read what it says: {command}; a plug-in of another version than OpenClaw is a usual reason',
  },
  {
    code: 'NO_MODELS_LISTED',
    matchers: [],
    cause: 'OpenClaw runs but lists no Bedrock model: {seen}',
    who: 'you',
    fix: 'run setup for the discovery settings and the environment of the gateway, restart the gateway, and ask again: {command}',
  },
  {
    code: 'NO_MODEL_CONFIGURED',
    matchers: [],
    cause:
      'OpenClaw asks Bedrock for its models only once one of them is configured (or its gateway runs), so this says nothing about the set-up',
    who: 'you',
    fix: 'choose one: {cloudCommand} --model nova, then run verify again',
  },
  {
    code: 'OPENCLAW_NOT_INSTALLED',
    matchers: [],
    cause: 'there is no openclaw on the path of this user',
    who: 'you',
    fix: 'install it (npm install -g openclaw), then run setup again: what is done already stays as it is',
  },
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
];
