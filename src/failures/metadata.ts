import type { CatalogueEntry } from './entry.js';

/** What the instance metadata tell of the role; all but a few are told by what a check sees. */
export const metadataFailures: readonly CatalogueEntry[] = [
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
];
