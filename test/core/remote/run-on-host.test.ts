import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../../templates/ssm/run-on-host.sh', import.meta.url));

/** A host: its users, those of them with a ~/.openclaw, and its Node. */
interface Host {
  readonly users?: readonly string[];
  readonly withOpenClaw: readonly string[];
  readonly node?: string;
}

/** Runs the script on such a host, as root, and gives what it says, or as whom it would go on. */
async function runOn(
  { users = ['ubuntu', 'claw'], withOpenClaw, node = 'v22.1.0' }: Host,
  owner = '',
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'run-on-host-'));
  try {
    for (const user of users) await mkdir(join(folder, user));
    for (const user of withOpenClaw) await mkdir(join(folder, user, '.openclaw'));
    const passwd = users.map((user, index) => `${user}:x:${1000 + index}:1::${join(folder, user)}:/bin/sh`);
    const programs = {
      getent: `[ $# -eq 1 ] && { cat <<'END'\n${passwd.join('\n')}\nEND\nexit; }\n"$0" passwd | grep "^$2:"`,
      id: `case "$*" in '-nu 1000') echo ${users[0] ?? ''} ;; -u) echo 0 ;; *) getent passwd "$2" | cut -d: -f3 | grep . ;; esac`,
      runuser: 'user=$2; shift 3; case "$*" in *--version*) exec "$@" ;; *) echo "as $user" ;; esac',
      node: `echo ${node}`,
      npx: 'exit 0',
    };
    const bin = join(folder, 'bin');
    await mkdir(bin);
    for (const [name, text] of Object.entries(programs))
      await writeFile(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    const { stdout } = await execa('sh', [script, owner, 'the-tool'], {
      env,
      extendEnv: false,
      reject: false,
    });
    return stdout.trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the script for a host', () => {
  it.each([
    ['the one that is named', { withOpenClaw: ['claw'] }, 'ubuntu', 'as ubuntu'],
    ['the only one with a ~/.openclaw', { withOpenClaw: ['claw'] }, '', 'as claw'],
    ["the image's first user", { withOpenClaw: [] }, '', 'as ubuntu'],
  ])('goes on as %s', async (_who, host, owner, said) => {
    expect(await runOn(host, owner)).toBe(said);
  });

  it('does not choose between several', async () => {
    const said = await runOn({ withOpenClaw: ['ubuntu', 'claw'] });
    expect(said).toBe('openclaw-bedrock-setup-trouble: SEVERAL_OWNERS ubuntu claw');
  });

  it.each([
    ['v20.18.3', 'openclaw-bedrock-setup-trouble: OLD_NODE v20.18.3'],
    ['v18.20.0', 'openclaw-bedrock-setup-trouble: OLD_NODE v18.20.0'],
    ['v20.19.0', 'as claw'],
    ['v22.0.0', 'as claw'],
  ])('says of Node %s: %s', async (node, said) => {
    expect(await runOn({ withOpenClaw: ['claw'], node })).toBe(said);
  });
});
