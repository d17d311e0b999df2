import childProcess from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

// Preloaded into the program: counts the points at which a process can die between two effects, and dies at one of them.

const target = Number(process.env['KILL_AT'] ?? 0);
const withChildren = process.env['KILL_CHILDREN'] === '1';
const log = process.env['KILL_LOG'] ?? '';
const { appendFileSync, readFileSync } = fs;
let count = 0;

function say(line) {
  if (log !== '') appendFileSync(log, `${line}\n`);
}

function point(what) {
  count += 1;
  say(`point ${count} ${what}`);
  if (count !== target) return;
  say('killed');
  process.kill(withChildren ? 0 : process.pid, 'SIGKILL');
}

function label(name, args) {
  const [first] = args;
  return typeof first === 'string'
    ? `${name} ${basename(first).replaceAll(/[0-9a-f]{12}|\d+-\d+/gu, '*')}`
    : name;
}

const { promises } = fs;
const original = { ...promises };

for (const name of ['rename', 'rm', 'writeFile', 'link']) {
  promises[name] = async (...args) => {
    point(`before ${label(name, args)}`);
    const result = await original[name](...args);
    if (name === 'rename') {
      const digest = createHash('sha256').update(readFileSync(args[1])).digest('hex');
      say(`version ${digest} ${args[1]}`);
    }
    point(`after ${label(name, args)}`);
    return result;
  };
}

promises.open = async (...args) => {
  const writes = typeof args[1] === 'string' && args[1] !== 'r';
  if (!writes) return original.open(...args);
  point(`before ${label('write', args)}`);
  const handle = await original.open(...args);
  const writeFile = handle.writeFile.bind(handle);
  handle.writeFile = async (data, ...rest) => {
    const bytes = Buffer.from(data);
    if (count + 1 === target) await writeFile(bytes.subarray(0, bytes.length / 2), ...rest);
    point(`amid ${label('write', args)}`);
    await writeFile(data, ...rest);
    point(`after ${label('write', args)}`);
  };
  return handle;
};

const { request } = http;
http.request = (...args) => {
  point('before a call');
  return request(...args).prependOnceListener('response', () => point('after a call'));
};

for (const name of ['spawn', 'execFile']) {
  const start = childProcess[name];
  childProcess[name] = (...args) => {
    point(`before ${label(name, args)}`);
    const child = start(...args);
    point(`after the start of ${label(name, args)}`);
    return child.prependOnceListener('exit', () => point(`after the end of ${label(name, args)}`));
  };
}

syncBuiltinESMExports();
delete process.env['KILL_AT'];
delete process.env['KILL_LOG'];
delete process.env['KILL_CHILDREN'];
