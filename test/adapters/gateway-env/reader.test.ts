import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Systemctl } from '../../../src/adapters/gateway-env/index.js';
import { createGatewayEnvironmentReader } from '../../../src/adapters/gateway-env/index.js';
import { createFiles } from '../../../src/adapters/host/files.js';
import type { GatewayEnvironment } from '../../../src/ports/gateway-environment.js';
import type { JsonObject } from '../../../src/ports/json.js';
import type { OpenClawReader } from '../../../src/ports/openclaw.js';

const unit = '.config/systemd/user/openclaw-gateway.service';

describe("the gateway's environment", () => {
  let home: string;
  let config: JsonObject | null;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'gateway-env-'));
    config = null;
  });
  afterEach(() => rm(home, { recursive: true }));

  const put = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(home, file)), { recursive: true });
    await writeFile(path.join(home, file), text);
  };

  const read = async (
    systemctl: Systemctl = async () => null,
    extra: Record<string, string> = {},
  ): Promise<GatewayEnvironment> => {
    const stateFolder = path.join(home, '.openclaw');
    const openclaw: OpenClawReader = {
      installation: async () => ({
        version: '2026.9.6',
        configPath: path.join(stateFolder, 'openclaw.json'),
        stateFolder,
      }),
      readConfig: async () => config,
      pluginState: async () => 'installed',
      runningGateways: async () => [],
      runTurn: () => Promise.reject(new Error('not here')),
      listBedrockModels: async () => ({ command: '', exitCode: 0, keys: [], discovered: null, stderr: '' }),
    };
    const user = { name: 'claw', uid: 1000, gid: 1000, home, shell: '/bin/bash' };
    const host = { user, environment: { AWS_PROFILE: 'of-the-shell' }, files: createFiles(user), openclaw };
    return createGatewayEnvironmentReader({ host, systemctl, extra }).read();
  };

  const places = ({ sources }: GatewayEnvironment): readonly string[] =>
    sources.map(({ name, file, line, shown }) => `${name}=${shown} ${path.relative(home, file)}:${line}`);

  it('is minimal where nothing is set, and never that of the shell', async () => {
    const { variables, sources, unit: name } = await read();
    expect(variables).toEqual({
      HOME: home,
      USER: 'claw',
      LOGNAME: 'claw',
      PATH: '/usr/local/bin:/usr/bin:/bin',
    });
    expect(sources).toEqual([]);
    expect(name).toBeNull();
  });

  it("follows OpenClaw's precedence: unit, .env, env.vars", async () => {
    config = {
      env: { vars: { AWS_PROFILE: 'three', AWS_REGION: 'us-west-1', AWS_DEFAULT_REGION: 'us-west-1' } },
    };
    await put(
      '.openclaw/openclaw.json',
      '{\n "env": {\n  "vars": {\n   "AWS_PROFILE": "three",\n   "AWS_DEFAULT_REGION": "us-west-1"',
    );
    await put('.openclaw/.env', 'AWS_PROFILE=two\nAWS_REGION=us-east-2\n');
    await put(unit, '[Service]\nEnvironment=AWS_PROFILE=one\n');
    const environment = await read();
    expect(places(environment)).toEqual([
      `AWS_PROFILE=one ${unit}:2`,
      'AWS_REGION=us-east-2 .openclaw/.env:2',
      'AWS_DEFAULT_REGION=us-west-1 .openclaw/openclaw.json:5',
    ]);
    expect(environment.overridden).toHaveLength(3);
    expect(environment.unit).toBe('openclaw-gateway.service');
  });

  it('knows drop-ins, environment files and environment.d without a user bus', async () => {
    await put(unit, '[Service]\nEnvironment=AWS_PROFILE=unit AWS_REGION=unit\nEnvironmentFile=-%h/aws.env\n');
    await put(`${unit}.d/10-aws.conf`, '[Service]\n\nEnvironment=AWS_REGION=us-east-2\n');
    await put('aws.env', 'AWS_PROFILE=file\n');
    await put('.config/environment.d/50.conf', 'AWS_DEFAULT_REGION=us-west-1\n');
    expect(places(await read())).toEqual([
      'AWS_PROFILE=file aws.env:1',
      `AWS_REGION=us-east-2 ${unit}.d/10-aws.conf:3`,
      'AWS_DEFAULT_REGION=us-west-1 .config/environment.d/50.conf:1',
    ]);
  });

  it('forgets what a drop-in begins anew', async () => {
    await put(unit, '[Service]\nEnvironment=AWS_PROFILE=unit AWS_REGION=unit\nEnvironmentFile=%h/aws.env\n');
    await put('aws.env', 'AWS_ACCESS_KEY_ID=AKIAOLD\n');
    await put(
      `${unit}.d/10-aws.conf`,
      '[Service]\nEnvironment=\nEnvironment=AWS_REGION=us-east-2\nEnvironmentFile=\n',
    );
    expect(places(await read())).toEqual([`AWS_REGION=us-east-2 ${unit}.d/10-aws.conf:3`]);
  });

  it('takes away in the end what the unit has unset, wherever it comes from', async () => {
    await put(
      unit,
      '[Service]\nUnsetEnvironment=AWS_ACCESS_KEY_ID AWS_REGION=old AWS_PROFILE=other\nEnvironmentFile=%h/aws.env\n',
    );
    await put('aws.env', 'AWS_ACCESS_KEY_ID=AKIAOLD\nAWS_PROFILE=mine\n');
    await put('.config/environment.d/50.conf', 'AWS_REGION=old\n');
    expect(places(await read())).toEqual(['AWS_PROFILE=mine aws.env:2']);
  });

  it('reads each file as the program does that reads it: a # behind a space begins a comment in .env, and none for systemd', async () => {
    await put(unit, '[Service]\nEnvironmentFile=%h/aws.env\n');
    await put('aws.env', 'AWS_REGION=us-east-1 # mine\nexport AWS_DEFAULT_REGION=no\n');
    await put('.config/environment.d/50.conf', 'AWS_ROLE_ARN=a#b\n');
    await put('.openclaw/.env', 'AWS_PROFILE: ops # mine\nAWS_CONFIG_FILE=/x#y\n');
    const { variables } = await read();
    expect(variables).toMatchObject({
      AWS_REGION: 'us-east-1 # mine',
      AWS_ROLE_ARN: 'a#b',
      AWS_PROFILE: 'ops',
      AWS_CONFIG_FILE: '/x',
    });
    expect(variables).not.toHaveProperty('AWS_DEFAULT_REGION');
  });

  it('takes what systemd has loaded where there is a user bus, and finds its place', async () => {
    await put(unit, '[Service]\nEnvironment=AWS_PROFILE=unit\n');
    const dropIn = path.join(home, `${unit}.d/10-aws.conf`);
    await put(`${unit}.d/10-aws.conf`, '[Service]\nEnvironment="AWS_REGION=eu-west-1"\n');
    const systemctl: Systemctl = async ([verb]) =>
      verb === 'show'
        ? `LoadState=loaded\nEnvironment=AWS_PROFILE=unit AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=us-west-2\nFragmentPath=${path.join(home, unit)}\nDropInPaths=${dropIn}\n`
        : 'AWS_CONFIG_FILE=/x\nLANG=C\n';
    const environment = await read(systemctl);
    expect(places(environment)).toEqual([
      `AWS_PROFILE=unit ${unit}:2`,
      `AWS_REGION=eu-west-1 ${unit}.d/10-aws.conf:2`,
      `AWS_DEFAULT_REGION=us-west-2 ${unit}:null`,
      `AWS_CONFIG_FILE=/x ${path.relative(home, 'the systemd user manager')}:null`,
    ]);
    expect(environment.variables['LANG']).toBe('C');
  });

  it('lets what it is given for a rehearsal win', async () => {
    await put('.openclaw/.env', 'AWS_ENDPOINT_URL=http://real\n');
    const { variables } = await read(undefined, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    expect(variables['AWS_ENDPOINT_URL']).toBe('http://127.0.0.1:1');
  });

  it('reads the profile that the gateway selects, without its secrets', async () => {
    await put('.openclaw/.env', 'AWS_PROFILE=ops\n');
    await put('.aws/config', '[profile ops]\nregion=eu-west-1\naws_access_key_id=CANARY\n');
    await put(
      '.aws/credentials',
      '[default]\nx=1\n[ops]\naws_access_key_id=CANARY\naws_secret_access_key=CANARY\n',
    );
    const { profile } = await read();
    expect(profile).toMatchObject({ name: 'ops', named: true, inConfig: true });
    expect(profile.settings.map(({ name, line, shown }) => `${name} ${line} ${shown}`)).toEqual([
      'aws_access_key_id 4 null',
      'aws_secret_access_key 5 null',
      'region 2 eu-west-1',
    ]);
    expect(JSON.stringify(profile)).not.toContain('CANARY');
  });

  it('lists what stands in shell profiles', async () => {
    await put('.zshrc', '\nexport AWS_PROFILE=default\n');
    const { shellProfiles, variables } = await read();
    expect(shellProfiles).toEqual([
      { name: 'AWS_PROFILE', file: path.join(home, '.zshrc'), line: 2, shown: 'default' },
    ]);
    expect(variables['AWS_PROFILE']).toBeUndefined();
  });
});
