import { defaultRoleName, roleMarker } from '../../core/settings.js';
import { farFlags } from './far-flags.js';
import { account, changing, everywhere, local } from './takers.js';
import type { ValueFlag } from './flag.js';
import { targetFlags } from './target-flags.js';
import {
  parseAccount,
  parseBoundary,
  parsePolicy,
  parseProfileName,
  parseRegion,
  parseRoleName,
  parseTag,
} from './validate/account.js';
import { parseFile, parseOutput, parseReceiptId, parseReportFile, parseTraceFile } from './validate/files.js';
import { parseFaultCode, parseInteger, parseWord } from './validate/general.js';
import { parseModel, parseProviders, parseUserName } from './validate/openclaw.js';

const most = 2 ** 31;

/** Every flag that takes a value: name, what it takes, what it means, where it counts. */
export const valueFlags = {
  ...targetFlags,
  region: {
    kind: 'value',
    placeholder: 'REGION',
    parse: parseRegion,
    commands: everywhere,
    help: 'region of the instance and of Bedrock (as the AWS CLI finds it)',
  },
  profile: {
    kind: 'value',
    placeholder: 'NAME',
    parse: parseProfileName,
    commands: account,
    help: 'your profile in the shared AWS config (as the AWS CLI finds it)',
  },
  'role-name': {
    kind: 'value',
    placeholder: 'NAME',
    parse: parseRoleName,
    commands: account,
    help: `name of the role and the instance profile (${defaultRoleName})`,
  },
  policy: {
    kind: 'value',
    placeholder: 'KIND',
    parse: parsePolicy,
    commands: changing,
    words: ['invoke', 'scoped', 'full-access'],
    help: 'invoke, scoped, full-access or the ARN of a managed policy (invoke)',
  },
  model: {
    kind: 'value',
    placeholder: 'ID',
    parse: parseModel,
    commands: [...changing, 'verify'],
    words: ['opus', 'sonnet', 'haiku', 'nova'],
    help: "OpenClaw's primary model: a model id, inference profile, ARN, or opus, sonnet, haiku, nova",
  },
  'use-case': {
    kind: 'value',
    placeholder: 'FILE',
    parse: parseFile('./use-case.json'),
    commands: ['setup', 'plan'],
    path: 'file',
    help: "JSON file with Anthropic's use-case form, submitted where the account has none",
  },
  'permissions-boundary': {
    kind: 'value',
    placeholder: 'ARN',
    parse: parseBoundary,
    commands: changing,
    help: 'permissions boundary of a role that is created',
  },
  'resource-tag': {
    kind: 'list',
    placeholder: 'K=V',
    parse: parseTag,
    commands: changing,
    help: 'tag on what is created; repeatable',
  },
  'hop-limit': {
    kind: 'value',
    placeholder: 'N',
    parse: parseInteger(1, 64, 2),
    commands: changing,
    help: 'metadata hop limit of the instance; 2 reaches into containers (left alone)',
  },
  host: {
    kind: 'value',
    placeholder: 'WHERE',
    parse: parseWord(['auto', 'local', 'ssm', 'skip']),
    commands: [...local, 'render'],
    words: ['auto', 'local', 'ssm', 'skip'],
    help: 'auto, local, ssm or skip: where the host half is done (auto)',
  },
  cloud: {
    kind: 'value',
    placeholder: 'WHERE',
    parse: parseWord(['auto', 'skip']),
    commands: local,
    words: ['auto', 'skip'],
    help: 'auto or skip: skip leaves the account alone (auto)',
  },
  ...farFlags,
  'gateway-profile': {
    kind: 'value',
    placeholder: 'NAME',
    parse: parseProfileName,
    commands: account,
    help: `AWS_PROFILE of the gateway (${roleMarker}, the marker for the instance's role)`,
  },
  'openclaw-user': {
    kind: 'value',
    placeholder: 'USER',
    parse: parseUserName,
    commands: account,
    help: 'whose home and gateway are meant (you; under sudo the user behind it)',
  },
  'provider-filter': {
    kind: 'value',
    placeholder: 'LIST',
    parse: parseProviders,
    commands: changing,
    help: 'discovery: only these providers, separated by commas',
  },
  'refresh-interval': {
    kind: 'value',
    placeholder: 'SECONDS',
    parse: parseInteger(0, most, 3600),
    commands: changing,
    help: 'discovery: how long its answer is kept; 0 turns the cache off',
  },
  'default-context-window': {
    kind: 'value',
    placeholder: 'TOKENS',
    parse: parseInteger(1, most, 200_000),
    commands: changing,
    help: 'discovery: context window of models it does not know',
  },
  'default-max-tokens': {
    kind: 'value',
    placeholder: 'TOKENS',
    parse: parseInteger(1, most, 8192),
    commands: changing,
    help: 'discovery: output limit of models it does not know',
  },
  receipt: {
    kind: 'value',
    placeholder: 'ID',
    parse: parseReceiptId,
    commands: ['undo'],
    help: 'undo this receipt (the only open one)',
  },
  timeout: {
    kind: 'value',
    placeholder: 'SECONDS',
    parse: parseInteger(1, 3600, 30),
    commands: local,
    help: 'how long one check may take (12 for a call, 55 for OpenClaw)',
  },
  account: {
    kind: 'value',
    placeholder: 'ID',
    parse: parseAccount,
    commands: ['render'],
    help: 'the account, where no credentials say it',
  },
  output: {
    kind: 'value',
    placeholder: 'FOLDER',
    parse: parseOutput,
    commands: ['render'],
    path: 'folder',
    help: 'terraform: write its files into this folder (prints them as one)',
  },
  'mock-fault': {
    kind: 'value',
    placeholder: 'CODE',
    parse: parseFaultCode,
    commands: ['setup', 'verify'],
    help: 'with --mock: rehearse this failure, e.g. GATEWAY_ENV; an unknown code lists the nearest',
  },
  report: {
    kind: 'value',
    placeholder: 'FILE',
    parse: parseReportFile,
    commands: ['verify'],
    path: 'file',
    help: 'also write the report as Markdown to attach to an issue; ids are shortened',
  },
  trace: {
    kind: 'value',
    placeholder: 'FILE',
    parse: parseTraceFile,
    commands: local,
    path: 'file',
    help: 'also draw where the time went, a bar for each call, wait and child process (.svg or .html)',
  },
  config: {
    kind: 'value',
    placeholder: 'FILE',
    parse: parseFile('./openclaw-bedrock-setup.json'),
    commands: account,
    path: 'file',
    help: 'read flags from this JSON file (openclaw-bedrock-setup.json in this folder, if it is there)',
  },
  port: {
    kind: 'value',
    placeholder: 'PORT',
    parse: parseInteger(0, 65_535, 5000),
    commands: ['mock-aws'],
    help: 'port of the embedded AWS (a free one)',
  },
} as const satisfies Record<string, ValueFlag<unknown>>;

/** Names of the flags with a value. */
export type ValueFlagName = keyof typeof valueFlags;
