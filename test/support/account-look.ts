import type { MockState } from '../../src/mock-aws/index.js';

const receiptTag = 'openclaw-bedrock-setup:receipt';

/** Roles, profiles, associations and metadata options, without ids and times; a receipt's name, which differs from run to run, is `r`. */
export function accountOf({ roles, instanceProfiles, associations, instances }: MockState): unknown {
  const tagsOf = (tags: Readonly<Record<string, string>>): unknown =>
    receiptTag in tags ? { ...tags, [receiptTag]: 'r' } : { ...tags };
  return structuredClone({
    roles: Object.values(roles).map((role) => ({
      name: role.roleName,
      trust: role.trustPolicy,
      tags: tagsOf(role.tags),
      inline: Object.entries(role.inlinePolicies).map(([name, { document }]) => [name, document]),
      attached: role.attachedPolicies.map(({ arn }) => arn),
    })),
    profiles: Object.values(instanceProfiles).map((profile) => ({
      name: profile.name,
      tags: tagsOf(profile.tags),
      roles: profile.roles.map(({ roleName }) => roleName),
    })),
    links: Object.values(associations)
      .filter(({ endedAt }) => endedAt === undefined)
      .map(({ instanceId, profileArn }) => `${instanceId} ${profileArn}`)
      .toSorted(),
    options: Object.values(instances).map(({ instanceId, metadataOptions }) => [instanceId, metadataOptions]),
  });
}
