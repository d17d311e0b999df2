import {
  DescribeAutoScalingGroupsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import type { Account } from '../account.js';
import type { Scenario } from '../scenario.js';
import { outcome } from '../scenario.js';
import { launchTemplate, nextVersion } from './launch-templates.js';

async function described({ autoScaling }: Account, name: string): Promise<unknown> {
  return outcome(
    autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] })),
    ({ AutoScalingGroups = [] }) =>
      AutoScalingGroups.map(({ AutoScalingGroupName, LaunchTemplate, Instances = [] }) => [
        AutoScalingGroupName,
        LaunchTemplate,
        Instances.length,
      ]),
  );
}

async function moved({ autoScaling }: Account, group: string, id: string, version: string): Promise<unknown> {
  const LaunchTemplate = { LaunchTemplateId: id, Version: version };
  return outcome(
    autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: group, LaunchTemplate })),
  );
}

function onVersion(Version: string): unknown {
  return [['NAME', { LaunchTemplateId: 'TEMPLATE', LaunchTemplateName: 'NAME', Version }, 0]];
}

/** Groups of Auto Scaling, as far as what they launch their instances from. */
export const groupScenarios: readonly Scenario[] = [
  {
    id: 'group-missing',
    run: async (account) => described(account, account.name),
    expected: [],
  },
  {
    id: 'group-on-a-version',
    run: async (account) => described(account, await account.group(await launchTemplate(account), '1')),
    expected: onVersion('1'),
  },
  {
    id: 'group-on-the-latest-version',
    run: async (account) => described(account, await account.group(await launchTemplate(account), '$Latest')),
    expected: onVersion('$Latest'),
  },
  {
    id: 'group-moved-to-another-version',
    run: async (account) => {
      const id = await launchTemplate(account);
      await nextVersion(account, id);
      const group = await account.group(id, '1');
      return [await moved(account, group, id, '2'), await described(account, group)];
    },
    expected: ['ok', onVersion('2')],
  },
  {
    id: 'missing-group-not-moved',
    run: async (account) => moved(account, account.name, await launchTemplate(account), '1'),
    expected: {
      code: 'ValidationError',
      status: 400,
      message: 'AutoScalingGroup name not found - null',
    },
  },
  {
    id: 'group-not-moved-to-a-missing-template',
    run: async (account) => {
      const group = await account.group(await launchTemplate(account), '1');
      const refused = await moved(account, group, 'lt-0123456789abcdef9', '1');
      return (refused as { readonly code?: string }).code;
    },
    expected: 'ValidationError',
  },
  {
    id: 'group-not-moved-to-a-missing-version',
    run: async (account) => {
      const id = await launchTemplate(account);
      const refused = await moved(account, await account.group(id, '1'), id, '7');
      return (refused as { readonly code?: string }).code;
    },
    expected: 'ValidationError',
  },
];
