import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordedRequest } from '../../../test/support/recording-proxy.js';
import { withAccount } from '../account.js';
import type { BenchRow, Figure } from '../figure.js';
import { compare, type MeasuredNode, runOnce, thisNode } from '../measure.js';
import { bareVariables } from '../tool.js';
import { cloudHalf } from './setup-command.js';

const script = fileURLToPath(new URL('../replay.mjs', import.meta.url));

/** Requests in waves: one that was sent after another had been answered is in a later wave than that. */
function waves(requests: readonly RecordedRequest[]): readonly (readonly RecordedRequest[])[] {
  const found: RecordedRequest[][] = [];
  const places = new Map<RecordedRequest, number>();
  for (const request of requests.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const before = [...places].filter(([earlier]) => earlier.endedAt <= request.startedAt);
    const place = Math.max(-1, ...before.map(([, wave]) => wave)) + 1;
    places.set(request, place);
    (found[place] ??= []).push(request);
  }
  return found;
}

/** A second run on a Node, against the same requests sent by node:http alone on the same Node. */
export async function rawHttpFigure(rounds: number, node: MeasuredNode): Promise<Figure> {
  return withAccount(async (account) => {
    const folder = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
    try {
      await runOnce(cloudHalf(account, 'moto'));
      account.proxy.requests.length = 0;
      await runOnce(cloudHalf(account, 'proxy'));
      const recorded = waves(account.proxy.requests);
      const file = join(folder, 'requests.json');
      await writeFile(file, JSON.stringify(recorded));
      const variables = account.variables('moto');
      const words = [script, variables['AWS_ENDPOINT_URL'] ?? '', file];
      const raw = { program: node.path, words, variables: bareVariables(folder) };
      const { ratio, detail } = await compare(
        async () => (await runOnce({ ...cloudHalf(account, 'moto'), program: node.path })).milliseconds,
        async () => (await runOnce(raw)).milliseconds,
        rounds,
      );
      const sizes = recorded.map((wave) => wave.length).join(' + ');
      return {
        name: `no-op against node:http${node.suffix}`,
        value: ratio,
        unit: 'x',
        bar: 1.4,
        gate: 2.8,
        detail: `${detail}, waves of ${sizes} calls`,
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** A second run, against the same requests sent by node:http alone. */
export const rawHttp: BenchRow = {
  name: 'raw-http',
  run: async ({ rounds }) => [await rawHttpFigure(rounds, thisNode)],
};
