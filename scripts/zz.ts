import { makeScratchHost, mockEnvironment, startRehearsalAws } from '../src/mock-host/world.js';
import { PtyTerminal } from '../test/support/terminal.js';
const file = '/tmp/mb/dist/bin.js';
const aws = await startRehearsalAws({ port: 0, region: 'us-east-1', instanceId: null });
const host = await makeScratchHost(null, file);
for (let i = 0; i < 12; i += 1) {
  const t = new PtyTerminal({ command: process.execPath, args: [file], env: { ...mockEnvironment(aws), HOME: host.home, PATH: `${host.programs}:${process.env['PATH'] ?? ''}`, NODE_NO_WARNINGS: '1' }, columns: 120, rows: 40 });
  await t.waitFor('Which model should OpenClaw use?', 30);
  if (process.argv[2]) await new Promise((r) => setTimeout(r, Number(process.argv[2])));
  t.hangUp();
  console.log(JSON.stringify(await t.ended(20)));
}
process.exit(0);
