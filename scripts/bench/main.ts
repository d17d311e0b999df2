import { parseArgs } from 'node:util';
import { writeFigures } from './document.js';
import type { Figure } from './figure.js';
import { figureTable, passes } from './figure.js';
import { benchRows, gateRows, longRows } from './rows/index.js';

const usage = `usage: npm run bench -- [--only NAME]… [--rounds N] [--json] [--gate] [--document]
rows: ${benchRows.map(({ name }) => name).join(', ')}
only when named: ${longRows.map(({ name }) => name).join(', ')}
--gate runs what CI holds to a limit (${gateRows.map(({ name }) => name).join(', ')}), and exits with 1 beyond one
--document writes the figures into docs/performance.md`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
    document: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

async function bench(): Promise<number> {
  const { only } = values;
  const usual = values.gate ? gateRows : benchRows;
  const wanted =
    only === undefined ? usual : [...usual, ...longRows].filter(({ name }) => only.includes(name));
  const rounds = Number(values.rounds);
  if (values.help || wanted.length === 0 || !(Number.isInteger(rounds) && rounds > 0)) {
    process.stderr.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const figures = new Map<string, readonly Figure[]>();
  for (const row of wanted) {
    process.stderr.write(`${row.name} …\n`);
    const first = await row.run({ rounds });
    // What is slower is so again; what was only disturbed is not.
    const again = values.gate && !first.every(passes);
    figures.set(row.name, again ? await row.run({ rounds }) : first);
  }
  const all = [...figures.values()].flat();
  process.stdout.write(`${values.json ? JSON.stringify(all, null, 2) : figureTable(all)}\n`);
  if (values.document) writeFigures(figures);
  const worse = values.gate ? all.filter((figure) => !passes(figure)) : [];
  for (const { name, gate, bar } of worse) process.stderr.write(`worse than ${gate ?? bar}: ${name}\n`);
  return worse.length > 0 ? 1 : 0;
}

process.exitCode = await bench();
