import type { ValueFlag } from './flag.js';
import { changing, local } from './takers.js';
import { parseInteger, parseShare, parseToolSource } from './validate/general.js';
import { parseEnroll } from './validate/targets.js';

/** Flags with a value for hosts that are reached from afar. */
export const farFlags = {
  enroll: {
    kind: 'value',
    placeholder: 'K=V',
    parse: parseEnroll,
    commands: changing,
    help: 'instances with this tag, also those to come, do their host half by themselves',
  },
  'tool-source': {
    kind: 'value',
    placeholder: 'URL',
    parse: parseToolSource,
    commands: local,
    help: 'with --host ssm: https address, or path on the hosts, of the packed tool (npm registry)',
  },
  'max-concurrency': {
    kind: 'value',
    placeholder: 'N',
    parse: parseShare('50'),
    commands: local,
    help: 'with --host ssm: hosts at once, a number or a percentage (50)',
  },
  'max-errors': {
    kind: 'value',
    placeholder: 'N',
    parse: parseShare('10%'),
    commands: local,
    help: 'with --host ssm: begin no further host after more failures than that (10%)',
  },
  'host-timeout': {
    kind: 'value',
    placeholder: 'SECONDS',
    parse: parseInteger(10, 172_800, 900),
    commands: local,
    help: 'with --host ssm: how long one host may take (900)',
  },
} as const satisfies Record<string, ValueFlag<unknown>>;
