import { account, local } from './takers.js';
import { parseFile } from './validate/files.js';
import { parseGroupName, parseInstanceId, parseInstanceTag } from './validate/targets.js';
import type { ValueFlag } from './flag.js';

/** The flags that say which instances are meant. */
export const targetFlags = {
  'instance-id': {
    kind: 'list',
    placeholder: 'ID',
    parse: parseInstanceId,
    commands: account,
    help: 'the EC2 instance; repeatable; on the instance itself it may be left out',
  },
  'instance-tag': {
    kind: 'list',
    placeholder: 'K=V',
    parse: parseInstanceTag,
    commands: local,
    help: 'the instances with this tag; repeatable, all must fit; * and ? as in EC2',
  },
  asg: {
    kind: 'value',
    placeholder: 'NAME',
    parse: parseGroupName,
    commands: local,
    help: 'the instances of this Auto Scaling group, and its launch template',
  },
  'instances-file': {
    kind: 'value',
    placeholder: 'FILE',
    parse: parseFile('./instances.txt'),
    commands: local,
    path: 'file',
    help: 'the instances that this file lists, one a line or as JSON; - is standard input',
  },
} as const satisfies Record<string, ValueFlag<unknown>>;
