// Sends recorded requests again with nothing but node:http: what a run costs that has no SDK in it.
//   node replay.mjs URL FILE
// FILE holds waves of requests; those of a wave are sent at once, the next wave when all of them are answered.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

const [url = '', file = ''] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const agent = new Agent({ keepAlive: true });

/** @param {{ method: string, path: string, headers: Record<string, string>, body: string }} one */
const send = ({ method, path, headers, body }) =>
  new Promise((resolve, reject) => {
    const call = request({ hostname, port, method, path, headers, agent }, (answer) => {
      answer.resume();
      answer.on('end', resolve);
    });
    call.on('error', reject);
    call.end(Buffer.from(body, 'base64'));
  });

for (const wave of JSON.parse(readFileSync(file, 'utf8'))) await Promise.all(wave.map(send));
agent.destroy();
