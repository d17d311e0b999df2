import type { Switch } from './flag.js';
import { changing, everywhere, local } from './takers.js';

/** Every flag that is there or not. */
export const switches = {
  'replace-profile': {
    kind: 'switch',
    commands: changing,
    help: 'replace the profile that the instance has, instead of adding to its role',
  },
  'accept-model-agreement': {
    kind: 'switch',
    commands: ['setup', 'plan', 'verify'],
    help: "agree to the terms of the model's provider, which a first call accepts as well",
  },
  ssm: { kind: 'switch', commands: changing, help: 'also attach AmazonSSMManagedInstanceCore' },
  'restart-gateway': {
    kind: 'switch',
    negatable: true,
    commands: ['setup', 'undo'],
    help: 'restart a running gateway after a change, or leave it (asks)',
  },
  'exit-code': { kind: 'switch', commands: ['plan'], help: 'exit 3 when there are changes' },
  'dry-run': {
    kind: 'switch',
    commands: ['setup', 'undo'],
    help: 'write nothing: show the plan; with --mock, the whole rehearsal',
  },
  mock: {
    kind: 'switch',
    commands: local,
    help: 'rehearse on the embedded AWS and a scratch copy of this host',
  },
  'agent-turn': {
    kind: 'switch',
    commands: ['verify'],
    help: "also have OpenClaw's agent answer once; costs some thousand tokens, and OpenClaw keeps a session",
  },
  yes: { kind: 'switch', commands: ['setup', 'undo', 'verify'], help: 'do not ask' },
  'no-input': {
    kind: 'switch',
    commands: everywhere,
    help: 'never ask: fail and name the flag that would have answered',
  },
  json: { kind: 'switch', commands: local, help: 'print one JSON document on standard output' },
  quiet: { kind: 'switch', commands: everywhere, help: 'only results and errors' },
  verbose: { kind: 'switch', commands: everywhere, help: 'more: each AWS call with its time, full ids' },
  'show-commands': {
    kind: 'switch',
    commands: ['setup', 'plan'],
    help: 'show each change in the account as a command of the AWS CLI',
  },
  'no-color': { kind: 'switch', commands: everywhere, help: 'no colour (also NO_COLOR, TERM=dumb)' },
} as const satisfies Record<string, Switch>;

/** Names of the switches. */
export type SwitchName = keyof typeof switches;
