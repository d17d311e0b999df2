import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { bin, runCliJson } from '../support/cli.js';
import type { Fleet } from '../support/fleet.js';
import { fleetId, withFleet } from '../support/fleet.js';
import { callNames } from '../support/mock-aws.js';

const one = ['--instance-id', fleetId(0)];
const far = [...one, '--host', 'ssm'];
/** Where a program of this machine is. */
async function programOf(name: string): Promise<string> {
  const { stdout } = await execa('sh', ['-c', `command -v ${name}`]);
  return stdout.trim();
}

const three = [0, 1, 2].flatMap((index) => ['--instance-id', fleetId(index)]);
const slow = { timeout: 120_000 };
const late = { propagation: { agentMilliseconds: 1500, commandMilliseconds: 700 } };

async function gatewayVariables({ hosts }: Fleet, instanceId: string): Promise<string> {
  const home = hosts.get(instanceId)?.home ?? '';
  return readFile(join(home, '.openclaw/.env'), 'utf8').catch(() => '');
}

describe.concurrent('a host from afar', slow, () => {
  it('is set up, checked and put back through Systems Manager', async ({ expect }) => {
    await withFleet(
      1,
      async (fleet) => {
        const options = { home: fleet.home, variables: fleet.operator };
        const before = structuredClone(fleet.aws.state.roles);
        const first = await runCliJson([...far, '--ssm', '--yes'], options);
        expect(first).toMatchObject({ exitCode: 0, report: { ok: true, next: [] } });
        expect(first.report.instances[0]?.host).toMatchObject({
          status: 'done',
          command: expect.any(String),
        });
        const lanes = first.report.changes.map(({ lane, status }) => `${lane} ${status}`);
        expect(new Set(lanes)).toEqual(new Set(['cloud applied', 'host applied']));
        expect(first.report.checks.find(({ id }) => id === 'converse')?.status).toBe('ok');
        expect(await gatewayVariables(fleet, fleetId(0))).toContain('AWS_PROFILE=default');

        const again = await runCliJson([...far, '--ssm', '--yes'], options);
        expect(again.exitCode).toBe(0);
        expect(again.report.changes.map(({ status }) => status)).not.toContain('applied');

        const verified = await runCliJson(['verify', ...far], options);
        expect(verified).toMatchObject({ exitCode: 0, report: { ok: true } });
        expect(verified.report.checks.map(({ status }) => status)).not.toContain('skip');

        const undone = await runCliJson(['undo', ...far, '--yes'], options);
        expect(undone).toMatchObject({ exitCode: 0, report: { ok: true } });
        expect(await gatewayVariables(fleet, fleetId(0))).not.toContain('AWS_PROFILE');
        expect(fleet.aws.state.roles).toEqual(before);
        const sent = callNames(fleet.aws).indexOf('ssm:SendCommand');
        expect(callNames(fleet.aws).slice(sent)).not.toContain('ssm:GetCommandInvocation');
      },
      late,
    );
  });

  it.each([
    ['ROLE_WITHOUT_SSM', { without: [] }, []],
    ['NOT_REGISTERED', { without: [0], ready: true }, []],
    ['AGENT_OFFLINE', { faulty: { 0: 'offline' }, ready: true }, []],
    ['NO_HOST_REPORT', { faulty: { 0: 'lies' }, ready: true }, []],
    ['HOST_TIMED_OUT', { faulty: { 0: 'silent' }, ready: true }, ['--host-timeout', '10']],
    ['OWNER_UNCLEAR', { ready: true }, ['--openclaw-user', 'nobody-there']],
    ['TOOL_NOT_FETCHED', { ready: true, npx: 'echo "npm error code E404" >&2; exit 1' }, []],
  ] as const)('ends with %s and what to do', async (code, options, words) => {
    await withFleet(
      1,
      async ({ home, operator, aws }) => {
        const { report, exitCode } = await runCliJson([...far, '--yes', ...words], {
          home,
          variables: operator,
        });
        expect(report.error?.code).toBe(code);
        expect(exitCode).toBe(1);
        expect(report.error?.fix).not.toMatch(/\{\w+\}|INSTANCE-ID|REGION\b/u);
        expect(report.instances[0]?.host).toMatchObject({ status: 'failed', error: { code } });
        expect(report.next[0]).toContain('--host ssm');
        expect(/ --ssm\b/u.test(report.next[0] ?? '')).toBe(code === 'ROLE_WITHOUT_SSM');
        expect(aws.state.stateAssociations).toEqual([]);
      },
      options,
    );
  });

  it('is left alone where the command may not be sent', async ({ expect }) => {
    await withFleet(
      1,
      async ({ home, operator }) => {
        const { report, exitCode } = await runCliJson([...far, '--yes'], { home, variables: operator });
        expect(report.error).toMatchObject({ code: 'NOT_ALLOWED' });
        expect(report.error?.fix).toContain('ssm:SendCommand');
        expect(exitCode).toBe(5);
      },
      { ready: true, deny: ['ssm:SendCommand'] },
    );
  });

  it('is cancelled on Ctrl-C', async ({ expect }) => {
    await withFleet(
      1,
      async ({ home, operator, aws }) => {
        const child = execa(process.execPath, [bin, ...far, '--yes'], {
          env: { PATH: process.env['PATH'], HOME: home, ...operator },
          extendEnv: false,
          stdin: 'ignore',
          reject: false,
        });
        while (!callNames(aws).includes('ssm:ListCommandInvocations'))
          await new Promise((resolve) => {
            setTimeout(resolve, 100);
          });
        child.kill('SIGINT');
        const { exitCode, stderr, stdout } = await child;
        expect(exitCode).toBe(130);
        expect(stderr).toMatch(/cancelled the command [0-9a-f-]{36} on one host/u);
        expect(stdout).not.toContain('in place');
        const [command] = Object.values(aws.state.commands);
        expect(command?.invocations.map(({ details }) => details)).toEqual(['Cancelled']);
      },
      { ready: true, faulty: { 0: 'silent' } },
    );
  });

  it('asks before it does anything there', async ({ expect }) => {
    await withFleet(
      1,
      async ({ home, operator, aws }) => {
        const { report, exitCode } = await runCliJson(far, { home, variables: operator });
        expect([report.error?.code, exitCode]).toEqual(['INPUT_NEEDED', 2]);
        expect(callNames(aws, 'mutating')).toEqual([]);
      },
      { ready: true },
    );
  });
});

describe('several hosts from afar', slow, () => {
  it('are set up, checked and put back, but for one that is offline', async () => {
    await withFleet(
      3,
      async (fleet) => {
        const options = { home: fleet.home, variables: fleet.operator };
        const words = [...three, '--host', 'ssm'];
        const asked = await runCliJson(words, options);
        expect([asked.report.error?.code, asked.exitCode]).toEqual(['INPUT_NEEDED', 2]);
        expect(callNames(fleet.aws)).not.toContain('ssm:SendCommand');

        const { report, exitCode } = await runCliJson([...words, '--yes'], options);
        expect(exitCode).toBe(1);
        expect(report.instances.map(({ host }) => host?.status)).toEqual(['done', 'failed', 'done']);
        expect(report.checks.map(({ code }) => code)).toContain('AGENT_OFFLINE');
        expect(report.next[0]).toContain('--host ssm');
        expect(await gatewayVariables(fleet, fleetId(2))).toContain('AWS_PROFILE=default');

        const agent = fleet.aws.settings.agents[fleetId(1)];
        const { fault: _mended, ...sound } = agent ?? {};
        fleet.aws.settings.agents[fleetId(1)] = sound;
        expect((await runCliJson([...words, '--yes'], options)).exitCode).toBe(0);
        const again = await runCliJson([...words], options);
        expect(again.report.error?.code).toBe('INPUT_NEEDED');
        expect((await runCliJson(['verify', ...words], options)).exitCode).toBe(0);

        expect((await runCliJson(['undo', ...words, '--yes'], options)).exitCode).toBe(0);
        expect(await gatewayVariables(fleet, fleetId(2))).not.toContain('AWS_PROFILE');
      },
      { ready: true, faulty: { 1: 'offline' } },
    );
  });
});

describe('hosts found by a tag', slow, () => {
  it('are set up with the role that lets their agents register, and all of it is taken back', async () => {
    await withFleet(
      3,
      async (fleet) => {
        const { aws, home, operator } = fleet;
        const tagged = [fleetId(0), fleetId(1)];
        for (const id of tagged) Object.assign(aws.state.instances[id]?.tags ?? {}, { app: 'openclaw' });
        const options = { home, variables: operator };
        const words = ['--instance-tag', 'app=openclaw', '--host', 'ssm', '--yes'];
        const state = (): unknown =>
          structuredClone([
            aws.state.roles,
            aws.state.instanceProfiles,
            Object.values(aws.state.associations).filter(({ endedAt }) => endedAt === undefined),
          ]);
        const before = state();
        const variables = async (): Promise<readonly boolean[]> =>
          Promise.all(
            [0, 1, 2].map(async (index) =>
              (await gatewayVariables(fleet, fleetId(index))).includes('AWS_PROFILE=default'),
            ),
          );
        const { exitCode, report } = await runCliJson([...words, '--ssm'], options);
        expect([exitCode, report.error]).toEqual([0, undefined]);
        expect(report.instances.map(({ id, status, host }) => [id, status, host?.status])).toEqual(
          tagged.map((id) => [id, 'done', 'done']),
        );
        expect(await variables()).toEqual([true, true, false]);
        expect(state()).not.toEqual(before);

        const undone = await runCliJson(['undo', ...words], options);
        expect([undone.exitCode, undone.report.error]).toEqual([0, undefined]);
        expect(await variables()).toEqual([false, false, false]);
        expect(state()).toEqual(before);
        const calls = callNames(aws);
        expect(calls.lastIndexOf('ssm:SendCommand')).toBeLessThan(calls.indexOf('iam:DeleteRole'));
      },
      late,
    );
  });
});

describe('a host without a way to the registry', slow, () => {
  it('takes the tool out of the one file that npm pack makes', async () => {
    const npx = `npm_config_registry=http://127.0.0.1:1/ npm_config_fetch_retries=0 exec ${await programOf('npx')} "$@"`;
    await withFleet(
      1,
      async (fleet) => {
        const { home, operator } = fleet;
        const project = fileURLToPath(new URL('../..', import.meta.url));
        const packing = ['pack', '--ignore-scripts', '--json', '--pack-destination', home];
        const { stdout } = await execa('npm', packing, { cwd: project });
        const [packed] = JSON.parse(stdout) as { filename: string }[];
        const source = ['--tool-source', join(home, packed?.filename ?? '')];
        const options = { home, variables: operator };
        const { report, exitCode } = await runCliJson([...far, ...source, '--yes'], options);
        expect(report.error).toBeUndefined();
        expect([exitCode, report.instances[0]?.host?.status]).toEqual([0, 'done']);
        expect(await gatewayVariables(fleet, fleetId(0))).toContain('AWS_PROFILE=default');

        const without = await runCliJson([...far, '--yes'], options);
        expect(without.report.error).toMatchObject({ code: 'TOOL_NOT_FETCHED' });
      },
      { ready: true, npx },
    );
  });
});

describe('an enrollment', slow, () => {
  it('holds a command that sets a new host up', async ({ expect: expects }) => {
    await withFleet(
      1,
      async (fleet) => {
        const { home, operator, aws } = fleet;
        const words = [...one, '--host', 'skip', '--enroll', 'openclaw=yes', '--yes'];
        const { report } = await runCliJson(words, { home, variables: operator });
        expects(report.changes.find(({ step }) => step === 'enrollment')?.status).toBe('applied');
        const script = aws.state.stateAssociations[0]?.parameters?.['commands']?.join('\n') ?? '';
        const signal = new AbortController().signal;
        const run = aws.settings.agents[fleetId(0)]?.run;
        const ran = await run?.({ commandId: 'c', instanceId: fleetId(0), script, signal });
        expects(ran).toMatchObject({
          exitCode: 0,
          stdout: expect.stringMatching(/^openclaw-bedrock-setup-report: 0 /u),
        });
        expects(await gatewayVariables(fleet, fleetId(0))).toContain('AWS_PROFILE=default');
        const undone = await runCliJson(['undo', ...one, '--yes'], { home, variables: operator });
        expects([undone.exitCode, aws.state.stateAssociations]).toEqual([0, []]);
      },
      { ready: true },
    );
  });
});

/** Of three instances the first is terminated, and the second was so long ago that EC2 has forgotten it. */
function endTwo({ aws: { state, settings } }: Fleet): void {
  const first = state.instances[fleetId(0)];
  if (first !== undefined) first.state = 'terminated';
  delete state.instances[fleetId(1)];
  delete settings.agents[fleetId(0)];
  delete settings.agents[fleetId(1)];
  for (const [id, { instanceId }] of Object.entries(state.associations))
    if (instanceId !== fleetId(2)) delete state.associations[id];
}

const twoNamed = [
  expect.objectContaining({
    status: 'warn',
    code: 'INSTANCE_WRONG_STATE',
    message: `${fleetId(0)}: terminated, so the host half is not put back there`,
  }),
  expect.objectContaining({
    status: 'warn',
    code: 'INSTANCE_NOT_FOUND',
    message: `${fleetId(1)}: not in the region us-east-1 of this account, so the host half is not put back there`,
  }),
];

describe('an undo from afar', slow, () => {
  it('leaves the account alone while a host cannot be reached', async () => {
    await withFleet(1, async ({ home, operator, aws }) => {
      const options = { home, variables: operator };
      await runCliJson([...far, '--ssm', '--yes'], options);
      const agent = aws.settings.agents[fleetId(0)];
      aws.settings.agents[fleetId(0)] = { ...agent, fault: 'offline' };
      const undone = await runCliJson(['undo', ...far, '--yes'], options);
      expect(undone.report.error?.code).toBe('AGENT_OFFLINE');
      expect(Object.keys(aws.state.roles)).toContain('EC2-Bedrock-Access');
      const skipped = await runCliJson(['undo', ...one, '--yes', '--host', 'skip'], options);
      expect(skipped.exitCode).toBe(0);
      expect(Object.keys(aws.state.roles)).not.toContain('EC2-Bedrock-Access');
    });
  });

  it('passes over the host of an only instance that is terminated, and puts its account back', async () => {
    await withFleet(1, async ({ home, operator, aws }) => {
      const options = { home, variables: operator };
      const before = structuredClone(aws.state.roles);
      await runCliJson([...far, '--ssm', '--yes'], options);
      Object.assign(aws.state.instances[fleetId(0)] ?? {}, { state: 'terminated' });
      delete aws.settings.agents[fleetId(0)];
      const undone = await runCliJson(['undo', ...far, '--yes'], options);
      expect(undone.report.error).toBeUndefined();
      expect(undone.report.checks).toEqual([twoNamed[0]]);
      expect(undone.exitCode).toBe(0);
      expect(callNames(aws).filter((name) => name === 'ssm:SendCommand')).toHaveLength(1);
      expect(aws.state.roles).toEqual(before);
    });
  });

  it('puts back what it reaches, names the others with the reason and does them later', async () => {
    await withFleet(3, async (fleet) => {
      const { home, operator, aws } = fleet;
      const options = { home, variables: operator };
      const before = structuredClone(aws.state.roles);
      expect((await runCliJson([...three, '--host', 'ssm', '--ssm', '--yes'], options)).exitCode).toBe(0);
      const stopped = aws.state.instances[fleetId(0)];
      const lost = { ...aws.settings.agents[fleetId(1)] };
      Object.assign(stopped ?? {}, { state: 'stopped' });
      delete aws.settings.agents[fleetId(1)];

      const undo = ['undo', ...three, '--host', 'ssm', '--yes'];
      const { report, exitCode } = await runCliJson(undo, options);
      expect(exitCode).toBe(1);
      expect(report.error).toMatchObject({ code: 'HOSTS_LEFT', message: '2 of 3 hosts are not done' });
      expect(
        Object.fromEntries(report.instances.map(({ id, status, host }) => [id, [status, host?.status]])),
      ).toEqual({
        [fleetId(0)]: ['skipped', 'failed'],
        [fleetId(1)]: ['skipped', 'failed'],
        [fleetId(2)]: ['done', 'done'],
      });
      expect(report.checks.map(({ message }) => message)).toEqual([
        '1 of 3 hosts are done',
        `${fleetId(0)}: it is stopped, and so is its agent`,
        `${fleetId(1)}: not managed by Systems Manager`,
      ]);
      expect(
        report.changes.filter(({ status }) => status === 'skipped').map(({ detail }) => detail),
      ).toContain('kept for 2 other instances');
      expect(report.next).toEqual([
        `openclaw-bedrock-setup undo ${three.join(' ')} --region us-east-1 --host ssm`,
      ]);
      const holders = (): readonly string[] =>
        Object.values(aws.state.associations).flatMap((one) =>
          one.endedAt === undefined ? [one.instanceId] : [],
        );
      expect(holders().toSorted()).toEqual([fleetId(0), fleetId(1)]);
      expect(await gatewayVariables(fleet, fleetId(2))).not.toContain('AWS_PROFILE');
      expect(await gatewayVariables(fleet, fleetId(1))).toContain('AWS_PROFILE=default');

      Object.assign(stopped ?? {}, { state: 'running' });
      aws.settings.agents[fleetId(1)] = lost;
      const later = await runCliJson(undo, options);
      expect([later.exitCode, later.report.error]).toEqual([0, undefined]);
      expect(holders()).toEqual([]);
      expect(aws.state.roles).toEqual(before);
      for (const index of [0, 1, 2])
        expect(await gatewayVariables(fleet, fleetId(index))).not.toContain('AWS_PROFILE');
    });
  });

  it('passes over instances that are gone, names them and puts the others back', async () => {
    await withFleet(3, async (fleet) => {
      const { home, operator, aws } = fleet;
      const options = { home, variables: operator };
      const before = structuredClone(aws.state.roles);
      expect((await runCliJson([...three, '--host', 'ssm', '--ssm', '--yes'], options)).exitCode).toBe(0);
      endTwo(fleet);
      const undo = ['undo', ...three, '--host', 'ssm'];
      expect((await runCliJson([...undo, '--dry-run'], options)).report.checks).toEqual(twoNamed);

      const { report, exitCode } = await runCliJson([...undo, '--yes'], options);
      expect(report.error).toBeUndefined();
      expect(report.checks.slice(0, 2)).toEqual(twoNamed);
      const hosts = Object.fromEntries(report.instances.map(({ id, host }) => [id, host?.status]));
      expect(hosts).toEqual({ [fleetId(0)]: undefined, [fleetId(1)]: undefined, [fleetId(2)]: 'done' });
      expect(exitCode).toBe(0);
      expect(await gatewayVariables(fleet, fleetId(2))).not.toContain('AWS_PROFILE');
      expect(aws.state.roles).toEqual(before);
    });
  });

  it('passes over them too where the account was in place before', async () => {
    await withFleet(
      3,
      async (fleet) => {
        const options = { home: fleet.home, variables: fleet.operator };
        expect((await runCliJson([...three, '--host', 'ssm', '--yes'], options)).exitCode).toBe(0);
        endTwo(fleet);
        const undone = await runCliJson(['undo', ...three, '--host', 'ssm', '--yes'], options);
        expect(undone.report.checks.slice(0, 2)).toEqual(twoNamed);
        expect(undone.exitCode).toBe(0);
        expect(await gatewayVariables(fleet, fleetId(2))).not.toContain('AWS_PROFILE');

        const gone = ['--instance-id', fleetId(0), '--instance-id', fleetId(1)];
        const none = await runCliJson(
          ['undo', ...gone, '--host', 'ssm', '--cloud', 'skip', '--yes'],
          options,
        );
        expect([none.exitCode, none.report.checks]).toEqual([0, twoNamed]);
      },
      { ready: true },
    );
  });
});
