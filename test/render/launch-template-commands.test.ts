import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, DescribeLaunchTemplateVersionsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, withHome } from '../support/cli.js';
import type { MotoStage } from '../support/moto-stage.js';
import { openMotoStage } from '../support/moto-stage.js';
import { commandRequirement } from '../support/requirements.js';
import { awsVariables, run } from './programs.js';

const [hasMoto, hasAws] = [await commandRequirement('moto_server'), await commandRequirement('aws')];

describe.skipIf(!hasMoto || !hasAws)('the shown commands of a group, on another implementation', () => {
  let stage: MotoStage;
  let autoScaling: AutoScalingClient;

  beforeAll(async () => {
    stage = await openMotoStage();
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };
    autoScaling = new AutoScalingClient({ endpoint: stage.url, region: 'us-east-1', credentials });
  });

  afterAll(async () => {
    autoScaling.destroy();
    await stage.stop();
  });

  async function makeGroup(name: string, version: string): Promise<string> {
    const made = await stage.outside.ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: `template-of-${name}`,
        LaunchTemplateData: { ImageId: 'ami-12c6146b', InstanceType: 't3.large' },
      }),
    );
    const LaunchTemplateId = made.LaunchTemplate?.LaunchTemplateId ?? '';
    await autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        AvailabilityZones: ['us-east-1a'],
        MinSize: 2,
        MaxSize: 2,
        LaunchTemplate: { LaunchTemplateId, Version: version },
      }),
    );
    return LaunchTemplateId;
  }

  it.each([
    ['$Default', '$Default', [2]],
    ['1', '2', [1]],
  ])(
    'make a version that a group on %s launches from',
    async (version, uses, defaults) => {
      const group = `web ${version.replace('$', '')}`;
      const LaunchTemplateId = await makeGroup(group, version);
      const variables = awsVariables(stage.url);
      await withHome(async (home) => {
        const words = ['plan', '--asg', group, '--show-commands'];
        const { stdout } = await runCli(words, { home, variables });
        expect(stdout).toContain('aws ec2 create-launch-template-version');
        const end = stdout.lastIndexOf('\ndone\n') + 6;
        const input = `set -euo pipefail\n${stdout.slice(stdout.search(/^# /mu), end)}`;
        expect(await run('bash', ['-s'], { input, variables })).toMatchObject({ exitCode: 0, stderr: '' });
      });
      const { LaunchTemplateVersions: versions = [] } = await stage.outside.ec2.send(
        new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId }),
      );
      const arns = versions.map(({ LaunchTemplateData: data }) => data?.IamInstanceProfile?.Arn);
      expect(arns).toContain('arn:aws:iam::123456789012:instance-profile/EC2-Bedrock-Access');
      expect(
        versions.filter(({ DefaultVersion: is }) => is).map(({ VersionNumber: number }) => number),
      ).toEqual(defaults);
      const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [group] });
      const { AutoScalingGroups: [now] = [] } = await autoScaling.send(command);
      expect(now?.LaunchTemplate?.Version).toBe(uses);
    },
    120_000,
  );
});
