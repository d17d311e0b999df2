import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeLaunchTemplatesCommand,
  ModifyLaunchTemplateCommand,
} from '@aws-sdk/client-ec2';
import type { LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import type { Account } from '../account.js';
import type { Scenario } from '../scenario.js';
import { outcome } from '../scenario.js';

const profileArn = 'arn:aws:iam::123456789012:instance-profile/gateways';
const unknownId = 'lt-0123456789abcdef9';

/** A new launch template with one version; its id. */
export async function launchTemplate({ ec2, name }: Account): Promise<string> {
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: name,
      LaunchTemplateData: { ImageId: 'ami-12c6146b', InstanceType: 't3.large' },
    }),
  );
  return LaunchTemplate?.LaunchTemplateId ?? '';
}

/** A further version, with an instance profile. */
export async function nextVersion(
  { ec2 }: Account,
  LaunchTemplateId: string,
): Promise<LaunchTemplateVersion | undefined> {
  const answer = await ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateId,
      SourceVersion: '1',
      VersionDescription: 'with a profile',
      LaunchTemplateData: { IamInstanceProfile: { Arn: profileArn } },
    }),
  );
  return answer.LaunchTemplateVersion;
}

async function versions(account: Account, id: string, Versions?: string[]): Promise<unknown> {
  return outcome(
    account.ec2.send(
      new DescribeLaunchTemplateVersionsCommand({
        LaunchTemplateId: id,
        ...(Versions === undefined ? {} : { Versions }),
      }),
    ),
    ({ LaunchTemplateVersions = [] }) =>
      LaunchTemplateVersions.map((one) => [one.VersionNumber, one.DefaultVersion]),
  );
}

async function setDefault({ ec2 }: Account, id: string, DefaultVersion: string): Promise<unknown> {
  return outcome(
    ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId: id, DefaultVersion })),
    ({ LaunchTemplate }) => [LaunchTemplate?.DefaultVersionNumber, LaunchTemplate?.LatestVersionNumber],
  );
}

/** Launch templates of EC2 and their versions. */
export const launchTemplateScenarios: readonly Scenario[] = [
  {
    id: 'template-version-made',
    run: async (account) => {
      const made = await nextVersion(account, await launchTemplate(account));
      return [made?.LaunchTemplateId, made?.VersionNumber, made?.DefaultVersion, made?.VersionDescription];
    },
    expected: ['TEMPLATE', 2, false, 'with a profile'],
  },
  {
    id: 'template-version-like-its-source',
    run: async (account) => {
      const made = await nextVersion(account, await launchTemplate(account));
      const { ImageId, InstanceType, IamInstanceProfile } = made?.LaunchTemplateData ?? {};
      return [ImageId, InstanceType, IamInstanceProfile];
    },
    expected: ['ami-12c6146b', 't3.large', { Arn: profileArn }],
  },
  {
    id: 'template-version-of-a-missing-source',
    run: async (account) => {
      const LaunchTemplateId = await launchTemplate(account);
      return outcome(
        account.ec2.send(
          new CreateLaunchTemplateVersionCommand({
            LaunchTemplateId,
            SourceVersion: '7',
            LaunchTemplateData: { IamInstanceProfile: { Arn: profileArn } },
          }),
        ),
      );
    },
    expected: {
      code: 'InvalidLaunchTemplateId.VersionNotFound',
      status: 400,
      message: 'Could not find the specified version 7 for the launch template with ID TEMPLATE.',
    },
  },
  {
    id: 'template-versions-newest-first',
    run: async (account) => {
      const id = await launchTemplate(account);
      await nextVersion(account, id);
      return versions(account, id);
    },
    expected: [
      [2, false],
      [1, true],
    ],
  },
  {
    id: 'template-version-by-number',
    run: async (account) => {
      const id = await launchTemplate(account);
      await nextVersion(account, id);
      return versions(account, id, ['1']);
    },
    expected: [[1, true]],
  },
  {
    id: 'template-version-latest',
    run: async (account) => {
      const id = await launchTemplate(account);
      await nextVersion(account, id);
      return versions(account, id, ['$Latest']);
    },
    expected: [[2, false]],
  },
  {
    id: 'template-version-default',
    run: async (account) => {
      const id = await launchTemplate(account);
      await nextVersion(account, id);
      return versions(account, id, ['$Default']);
    },
    expected: [[1, true]],
  },
  {
    id: 'template-version-missing',
    run: async (account) => versions(account, await launchTemplate(account), ['7']),
    expected: {
      code: 'InvalidLaunchTemplateId.VersionNotFound',
      status: 400,
      message: 'Could not find the specified version 7 for the launch template with ID TEMPLATE.',
    },
  },
  {
    id: 'template-missing',
    run: async (account) => versions(account, unknownId),
    expected: {
      code: 'InvalidLaunchTemplateId.NotFound',
      status: 400,
      message: 'The specified launch template, with template ID TEMPLATE, does not exist.',
    },
  },
  {
    id: 'template-default-set',
    run: async (account) => {
      const id = await launchTemplate(account);
      await nextVersion(account, id);
      return [await setDefault(account, id, '2'), await versions(account, id, ['$Default'])];
    },
    expected: [[2, 2], [[2, true]]],
  },
  {
    id: 'template-default-version-missing',
    run: async (account) => {
      const refused = await setDefault(account, await launchTemplate(account), '7');
      return (refused as { readonly code?: string }).code;
    },
    expected: 'InvalidLaunchTemplateId.VersionNotFound',
  },
  {
    id: 'template-default-of-a-missing-one',
    run: async (account) => setDefault(account, unknownId, '1'),
    expected: {
      code: 'InvalidLaunchTemplateId.NotFound',
      status: 400,
      message: 'The specified launch template, with template ID TEMPLATE, does not exist.',
    },
  },
  {
    id: 'template-name-taken',
    run: async (account) => {
      await launchTemplate(account);
      return outcome(launchTemplate(account));
    },
    expected: {
      code: 'InvalidLaunchTemplateName.AlreadyExistsException',
      status: 400,
      message: 'Launch template name already in use.',
    },
  },
  {
    id: 'template-listed',
    run: async (account) => {
      const id = await launchTemplate(account);
      return outcome(
        account.ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: [id] })),
        ({ LaunchTemplates = [] }) =>
          LaunchTemplates.map((one) => [one.LaunchTemplateName, one.LatestVersionNumber]),
      );
    },
    expected: [['NAME', 1]],
  },
];
