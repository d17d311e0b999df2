import { describe, expect, it } from 'vitest';
import { benchRows } from '../../scripts/bench/rows/index.js';
import { mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import { runCli, withHome } from '../support/cli.js';
import { readText } from './source.js';

const page = readText('docs/performance.md');
const columns = ['plan', 'first run', 'no-op'] as const;

type Counts = Readonly<Record<string, number>>;

/** The table of calls: how often each is made, by kind of run. */
function documented(): Readonly<Record<(typeof columns)[number], Counts>> {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d*) ?\| (\d*) ?\| (\d*) ?\| \S.*\|$/gmu)];
  const of = (column: number): Counts =>
    Object.fromEntries(
      rows.flatMap((row) => (row[column] === '' ? [] : [[row[1] ?? '', Number(row[column])] as const])),
    );
  return { plan: of(2), 'first run': of(3), 'no-op': of(4) };
}

describe('docs/performance.md', () => {
  it('names each call that a run makes, and how often', async () => {
    const mock = await startMockAws();
    try {
      await withHome(async (home) => {
        const variables = { ...mockAwsEnvironment(mock, 'operator'), AWS_EC2_METADATA_DISABLED: 'true' };
        const count = async (...words: readonly string[]): Promise<Counts> => {
          mock.calls.length = 0;
          const all = [...words, '--instance-id', 'i-0abc1234def567890', '--host', 'skip', '--json'];
          expect(await runCli(all, { home, variables })).toMatchObject({ exitCode: 0 });
          const names = mock.calls
            .map(({ operation }) => operation)
            .filter((operation) => !operation.startsWith('/latest/'));
          return Object.fromEntries(
            names.map((name) => [name, names.filter((other) => other === name).length]),
          );
        };
        const counted = {
          plan: await count('plan'),
          'first run': await count('setup', '--yes'),
          'no-op': await count('setup', '--yes'),
        };
        // How often the association is asked for depends on when EC2 sees the profile.
        const once = { ...counted['first run'], AssociateIamInstanceProfile: 1 };
        expect({ ...counted, 'first run': once }).toEqual(documented());
      });
    } finally {
      await mock.stop();
    }
  });

  it('has a figure of each row of the bench, with the command that measures it again', () => {
    const named = [...page.matchAll(/`npm run bench -- --only ([\w-]+)` \|$/gmu)].map(([, name]) => name);
    expect([...new Set(named)]).toEqual(benchRows.map(({ name }) => name));
  });

  it('names the limits that the gate holds to', () => {
    const gateOf = (row: string): string =>
      /gate: ([\d.]+)/u.exec(readText(`scripts/bench/rows/${row}.ts`))?.[1] ?? 'none';
    const [start, raw, slow] = ['start-up', 'raw-http', 'propagation'].map(gateOf);
    const words = `${start} for the start, ${raw} for the no-op against raw HTTP, ${slow} for the slow run`;
    expect(page.replaceAll(/\s+/gu, ' ')).toContain(words);
  });
});
