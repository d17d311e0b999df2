import { parseArgs } from 'node:util';
import { figureTable, type Figure, holds } from './figure.js';
import { benchRows, longRows } from './rows/index.js';

const usage = `usage: npm run bench -- [--only NAME]… [--rounds N] [--json] [--gate]
rows: ${benchRows.map(({ name }) => name).join(', ')}
only when named: ${longRows.map(({ name }) => name).join(', ')}
--gate exits with 1 when a figure is over its bar`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

async function bench(): Promise<number> {
  const { only } = values;
  const wanted =
    only === undefined ? benchRows : [...benchRows, ...longRows].filter(({ name }) => only.includes(name));
  const rounds = Number(values.rounds);
  if (values.help || wanted.length === 0 || !(Number.isInteger(rounds) && rounds > 0)) {
    process.stderr.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const figures: Figure[] = [];
  for (const row of wanted) {
    process.stderr.write(`${row.name} …\n`);
    figures.push(...(await row.run({ rounds })));
  }
  process.stdout.write(`${values.json ? JSON.stringify(figures, null, 2) : figureTable(figures)}\n`);
  return values.gate && !figures.every(holds) ? 1 : 0;
}

process.exitCode = await bench();
