import { randomUUID } from 'node:crypto';
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import type {
  AutoScalingClientConfig,
  AutoScalingGroup as SdkGroup,
  LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeLaunchTemplateVersionsCommand,
  ModifyLaunchTemplateCommand,
} from '@aws-sdk/client-ec2';
import type { EC2Client, LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import type {
  AutoScalingGroup,
  AutoScalingWriter,
  GroupTemplate,
  TemplateVersion,
} from '../../ports/auto-scaling.js';
import { orNull } from './absent.js';
import type { Guard } from './middleware.js';
import { allPages } from './pages.js';

function templateOf(spec: LaunchTemplateSpecification | undefined): GroupTemplate | null {
  const { LaunchTemplateId: id, LaunchTemplateName: name = '', Version: version } = spec ?? {};
  // A group for which no version was said uses the default one (Auto Scaling API reference, LaunchTemplateSpecification).
  return id === undefined ? null : { id, name, version: version ?? '$Default' };
}

function groupOf(group: SdkGroup): AutoScalingGroup {
  const { AutoScalingGroupName: name = '', Instances: instances = [], LaunchTemplate: single } = group;
  const mixed = group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  return {
    name,
    instanceIds: instances.flatMap(({ InstanceId: id }) => id ?? []),
    template: templateOf(single ?? mixed),
    mixed: group.MixedInstancesPolicy !== undefined,
  };
}

function versionOf(version: LaunchTemplateVersion): TemplateVersion {
  const { VersionNumber: number = 0, VersionDescription: description, LaunchTemplateData: data } = version;
  const profile = data?.IamInstanceProfile;
  return {
    version: String(number),
    isDefault: version.DefaultVersion === true,
    description: description ?? null,
    profile: profile?.Arn ?? profile?.Name ?? null,
  };
}

const noTemplate = ['InvalidLaunchTemplateId.NotFound', 'InvalidLaunchTemplateId.VersionNotFound'] as const;

/** Auto Scaling and launch templates through the SDK. Errors are the SDK's own. */
export function openAutoScaling(
  settings: AutoScalingClientConfig,
  ec2: EC2Client,
  guard: Guard,
): AutoScalingWriter {
  const client = new AutoScalingClient(settings);
  guard(client);
  return {
    async describeGroup(name) {
      const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] });
      const [group] = (await client.send(command)).AutoScalingGroups ?? [];
      return group === undefined ? null : groupOf(group);
    },
    describeVersions: async (templateId, versions) =>
      orNull(
        async () =>
          allPages(async (token) => {
            const page = await ec2.send(
              new DescribeLaunchTemplateVersionsCommand({
                LaunchTemplateId: templateId,
                ...(versions === undefined ? {} : { Versions: [...versions] }),
                NextToken: token,
              }),
            );
            return { items: (page.LaunchTemplateVersions ?? []).map(versionOf), next: page.NextToken };
          }),
        ...noTemplate,
      ),
    async createVersion({ templateId, source, profileArn, description }) {
      const answer = await ec2.send(
        new CreateLaunchTemplateVersionCommand({
          LaunchTemplateId: templateId,
          // The SDK asks again after a broken connection; with a token EC2 makes one version all the same.
          ClientToken: randomUUID(),
          SourceVersion: source,
          VersionDescription: description,
          LaunchTemplateData: { IamInstanceProfile: { Arn: profileArn } },
        }),
      );
      return String(answer.LaunchTemplateVersion?.VersionNumber ?? '');
    },
    async deleteVersion(templateId, version) {
      await ec2.send(
        new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId: templateId, Versions: [version] }),
      );
    },
    async setDefaultVersion(templateId, version) {
      await ec2.send(
        new ModifyLaunchTemplateCommand({ LaunchTemplateId: templateId, DefaultVersion: version }),
      );
    },
    async setGroupVersion(group, templateId, version) {
      const LaunchTemplate = { LaunchTemplateId: templateId, Version: version };
      await client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: group, LaunchTemplate }));
    },
  };
}
