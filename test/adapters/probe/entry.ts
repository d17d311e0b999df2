import { runProbeChild } from '../../../src/adapters/probe/child.js';

process.exitCode = await runProbeChild({ input: process.stdin, output: process.stdout });
