import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.js';
import { defaultWorld, mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import operator from '../../templates/iam/operator.json' with { type: 'json' };
import { runCliJson, withHome } from '../support/cli.js';
import { fleetId, withFleet } from '../support/fleet.js';
import { part } from '../support/part.js';

const actions = new Set(operator.Statement.flatMap(({ Action }) => Action));

/** Asked for only where an answer was cut off, and on Ctrl-C. */
const seldom: ReadonlySet<string> = new Set(['ssm:GetCommandInvocation', 'ssm:CancelCommand']);

type Run = (words: readonly string[]) => Promise<Report>;

/** What a life on hosts from afar comes to: `null`, or the error of the first run that failed. */
async function until(run: Run, runs: readonly (readonly string[])[]): Promise<string | null> {
  for (const words of runs) {
    const { error } = await run(words);
    if (error !== undefined) return `${error.message}; ${error.why}; ${error.fix}`;
  }
  return null;
}

/** A set-up through Systems Manager, an enrollment, another one in its place, and the undo of all. */
async function fromAfar(deny: readonly string[]): Promise<string | null> {
  let outcome: string | null = null;
  await withFleet(
    1,
    async ({ home, operator: variables }) => {
      const words = ['--instance-id', fleetId(0), '--region', 'us-east-1', '--yes'];
      const run: Run = async (more) => (await runCliJson([...more, ...words], { home, variables })).report;
      outcome = await until(run, [
        ['setup', '--host', 'ssm', '--ssm'],
        ['setup', '--host', 'skip', '--ssm', '--enroll', 'app=openclaw'],
        ['setup', '--host', 'skip', '--ssm', '--enroll', 'app=openclaw', '--model', 'nova'],
        ['undo', '--host', 'skip'],
      ]);
    },
    { deny: [...deny] },
  );
  return outcome;
}

/** The set-up of an Auto Scaling group whose template is asked for by number or by default, and its undo. */
async function ofGroup(deny: readonly string[], version: string): Promise<string | null> {
  const world = defaultWorld();
  const template = {
    id: 'lt-0abc1234def567890',
    name: 'web-template',
    region: 'us-east-1',
    createdAt: 0,
    defaultVersion: 1,
    versions: [{ number: 1, createdAt: 0, data: { imageId: 'ami-0abcdef1234567890' } }],
  };
  const aws = await startMockAws({
    deny: [...deny],
    world: {
      ...world,
      instances: [{ instanceId: fleetId(0), tags: { 'aws:autoscaling:groupName': 'web' } }],
      launchTemplates: [template],
      autoScalingGroups: [
        { name: 'web', region: 'us-east-1', createdAt: 0, template: { id: template.id, version } },
      ],
    },
  });
  try {
    return await withHome(async (home) => {
      const words = ['--asg', 'web', '--region', 'us-east-1', '--host', 'skip', '--yes'];
      const variables = mockAwsEnvironment(aws, 'operator');
      const run: Run = async (more) => (await runCliJson([...more, ...words], { home, variables })).report;
      return until(run, [['setup'], ['undo']]);
    });
  } finally {
    await aws.stop();
  }
}

describe('what hosts from afar and groups ask of the operator', { timeout: 120_000 }, () => {
  it('is not refused where nothing is denied', async () => {
    expect(await fromAfar([])).toBeNull();
    expect(await ofGroup([], '$Default')).toBeNull();
    expect(await ofGroup([], '1')).toBeNull();
  });

  const afar = [...actions].filter(
    (action) => /^ssm:(?!ListAssociations)/u.test(action) && !seldom.has(action),
  );
  it.each(part('rights for hosts from afar', afar, 3))(
    'lacks something without %s, and says so',
    async (action) => {
      expect(await fromAfar([action])).toContain(action);
    },
  );

  const ofGroups = [...actions].filter((action) => /^autoscaling:|^ec2:\w*LaunchTemplate/u.test(action));
  it.each(part('rights for groups', ofGroups, 3))(
    'lacks something without %s, and says so',
    async (action) => {
      const version = action === 'ec2:ModifyLaunchTemplate' ? '$Default' : '1';
      expect(await ofGroup([action], version)).toContain(action);
    },
  );
});
