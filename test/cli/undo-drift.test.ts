import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inlinePolicyName } from '../../src/core/policy/policies.js';
import type { FleetStage } from '../support/many-instances.js';
import { fleetId, fleetOf, withFleetStage } from '../support/many-instances.js';

const [first, second] = [fleetId(0), fleetId(1)];
const options = { world: { roles: [], instanceProfiles: [], policies: [], instances: fleetOf(2) } };
const foreign = { Version: '2012-10-17', Statement: [] };

/** The files of a home with what is in them, but for the program's own. */
async function filesOf(home: string): Promise<Readonly<Record<string, string>>> {
  const found = await readdir(home, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = paths.filter((path) => !path.includes('.local/state/openclaw-bedrock-setup'));
  const texts = own.map(async (path) => [path.slice(home.length + 1), await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** Somebody writes another policy under the name of ours into every role. */
function driftPolicies({ mock }: FleetStage): void {
  for (const { inlinePolicies } of Object.values(mock.state.roles)) {
    const policy = inlinePolicies[inlinePolicyName];
    if (policy === undefined) throw new Error('the policy is not there');
    inlinePolicies[inlinePolicyName] = { ...policy, document: JSON.stringify(foreign) };
  }
}

/** Somebody writes another region into the files. */
async function driftFiles({ home }: FleetStage): Promise<readonly string[]> {
  const changed = Object.entries(await filesOf(home)).filter(([, text]) => text.includes('us-east-1'));
  for (const [path, text] of changed)
    await writeFile(join(home, path), text.replaceAll('us-east-1', 'eu-west-1'));
  return changed.map(([path]) => path);
}

describe('an undo of what was changed by hand and set up again', () => {
  const one = ['--instance-id', first, '--host', 'local', '--gateway-profile', 'default'];

  it('puts back what was there before the first set-up', () =>
    withFleetStage(options, async (stage) => {
      await writeFile(join(stage.home, '.bashrc'), 'alias ll="ls -l"\n');
      const before = await filesOf(stage.home);
      for (let time = 0; time < 2; time += 1) {
        await stage.runOn(first, ...one, '--yes');
        driftPolicies(stage);
        expect((await driftFiles(stage)).toSorted((a, b) => a.localeCompare(b))).toEqual(
          expect.arrayContaining(['.aws/config', '.bashrc', '.openclaw/.env']),
        );
      }
      const again = await stage.runOn(first, ...one, '--yes');
      expect(again.report.changes.map(({ action, status }) => `${action} ${status}`)).toContain(
        'update applied',
      );
      const { exitCode, report } = await stage.runOn(first, 'undo', '--yes');
      expect({ exitCode, code: report.error?.code }).toEqual({ exitCode: 0, code: undefined });
      const rows = report.changes.map(({ step, action, target }) => `${step} ${action} ${target}`);
      expect(new Set(rows).size).toBe(rows.length);
      expect(stage.mock.state.roles).toEqual({});
      expect(await filesOf(stage.home)).toEqual(before);
      expect((await stage.runOn(first, 'undo', '--yes')).report.changes).toEqual([]);
    }));

  it('still stops at a change that no set-up has seen', () =>
    withFleetStage(options, async (stage) => {
      await stage.runOn(first, ...one, '--yes');
      driftPolicies(stage);
      await stage.runOn(first, ...one, '--yes');
      driftPolicies(stage);
      const { exitCode, report } = await stage.runOn(first, 'undo', '--yes');
      expect({ exitCode, code: report.error?.code }).toEqual({ exitCode: 1, code: 'CHANGED_SINCE' });
    }));

  it('does the same for many', () =>
    withFleetStage(options, async (stage) => {
      const both = ['--instance-id', first, '--instance-id', second];
      await stage.run(...both, '--yes');
      driftPolicies(stage);
      await stage.run(...both, '--yes');
      const { exitCode, report } = await stage.run('undo', ...both, '--yes');
      expect({ exitCode, code: report.error?.code }).toEqual({ exitCode: 0, code: undefined });
      expect(stage.mock.state.roles).toEqual({});
    }));
});
