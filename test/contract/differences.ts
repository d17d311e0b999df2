import { readFile } from 'node:fs/promises';

/** A row of the table of intended differences in src/mock-aws/README.md. */
export interface Difference {
  readonly scenario: string;
  readonly embedded: string;
  readonly moto: string;
  readonly source: string;
}

const README = new URL('../../src/mock-aws/README.md', import.meta.url);
const HEADING = '## Where it differs from moto';

/** Reads the table. Throws Error when the README has no such heading. */
export async function readDifferences(): Promise<readonly Difference[]> {
  const text = await readFile(README, 'utf8');
  const section = text.split(HEADING)[1]?.split('\n## ')[0];
  if (section === undefined) throw new Error(`${README.pathname} has no heading "${HEADING}"`);
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, scenario = '', embedded = '', moto = '', source = '']) => ({
      scenario: scenario.replaceAll('`', ''),
      embedded,
      moto,
      source,
    }));
}
