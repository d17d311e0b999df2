import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MockState } from '../../src/mock-aws/state.js';
import type { Exposed } from './exposed.js';
import { bareInstance } from './exposed.js';

/** An instance of the default world that has a profile of its own. */
const profiledInstance = 'i-0abc1234def567893';

/** What a release set up, by the name under which it is kept. */
export const setUps: Readonly<Record<string, readonly string[]>> = {
  'both-halves': [
    '--instance-id',
    bareInstance,
    '--ssm',
    '--model=nova-micro',
    '--hop-limit=2',
    '--enroll=openclaw=yes',
  ],
  'kept-profile': ['--instance-id', profiledInstance, '--host', 'skip'],
  'replaced-profile': ['--instance-id', profiledInstance, '--host', 'skip', '--replace-profile'],
  'many-instances': ['--instance-id', bareInstance, '--instance-id', profiledInstance, '--host', 'skip'],
};

/** Files of a home before a set-up. */
export const homeBefore: Readonly<Record<string, string>> = {
  '.bashrc': 'export EDITOR=vi\n',
  '.openclaw/openclaw.json':
    '{\n  // what a person wrote\n  agents: { defaults: { workspace: "~/work" } },\n}\n',
};

type Account = Pick<
  MockState,
  'roles' | 'instanceProfiles' | 'instances' | 'associations' | 'stateAssociations'
>;

/** A set-up as a release left it: the receipt among the files of the home, whose path is `{{home}}` in all texts. */
export interface Released {
  readonly account: Account;
  readonly files: Readonly<Record<string, string>>;
}

/** The part of the account that a set-up changes. */
export function accountOf({ state }: Exposed['mock']): Account {
  const { roles, instanceProfiles, instances, associations, stateAssociations } = state;
  return structuredClone({ roles, instanceProfiles, instances, associations, stateAssociations });
}

/** What somebody would say of the account: an association that ended does not count, nor the id of one that came back. */
export function essenceOf(account: Account): unknown {
  const associations = Object.values(account.associations)
    .filter(({ endedAt }) => endedAt === undefined)
    .map(({ instanceId, profileArn }) => `${instanceId} ${profileArn}`)
    .sort();
  return { ...account, associations };
}

/** The files of a home by their paths in it. */
export async function homeOf({ home }: Exposed): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(home.length + 1)] = (await readFile(path, 'utf8')).replaceAll(home, '{{home}}');
  }
  return files;
}

/** Puts a stage into the state in which a release left it. */
export async function putBack({ mock, home }: Exposed, { account, files }: Released): Promise<void> {
  Object.assign(mock.state, structuredClone(account));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true, mode: 0o700 });
    await writeFile(join(home, name), text.replaceAll('{{home}}', home), { mode: 0o600 });
  }
}
