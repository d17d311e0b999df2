/**
 * Modules of dependencies that cannot be reached from this program, by their names in `node_modules`. What they export
 * throws in the bundle, so that a mistake here is loud; `test/package/bundle.test.ts` runs what is left.
 */
export const leftOut: readonly string[] = [
  // Only execa(file, words, options) is called: no execaSync, template strings, pipes between processes, or IPC.
  'execa/lib/methods/main-sync.js',
  'execa/lib/pipe/setup.js',
  'execa/lib/ipc/graceful.js',
  // Nothing is read as one stream of both outputs.
  '@sindresorhus/merge-streams/index.js',
  // `preferLocal` is never set.
  'npm-run-path/index.js',
  // For platforms without node:crypto and zlib.crc32, and for streams of browsers.
  '@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js',
  '@smithy/core/dist-es/submodules/checksum/crc32/Crc32Js.js',
  '@smithy/core/dist-es/submodules/serde/util-stream/sdk-stream-mixin.browser.js',
  '@smithy/core/dist-es/submodules/serde/util-stream/stream-collector.browser.js',
  // There is no client of S3.
  '@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/service-customizations/s3.js',
];

/** What is cut out of modules that are needed otherwise. */
export const cut: Readonly<Record<string, RegExp>> = {
  // The list of regions with what people call them; a region's partition is told by the pattern of its name.
  '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js':
    /"[\w-]+": \{\s*"description": "[^"]*"\s*\},?/gu,
  // Events come from AWS; none is sent. (The embedded AWS has them encoded one by one.)
  '@smithy/core/dist-es/submodules/event-streams/EventStreamSerde.js':
    /^ {4}(?:async serializeEventStream|writeEventBody)\(.*\{\n[\s\S]*?^ {4}\}\n/gmu,
};

/** Modules that are called on the way without being needed, and what stands in for them. */
export const replaced: Readonly<Record<string, string>> = {
  // All of execa would otherwise be reached from its index.
  'execa/index.js': `import { createExeca } from './lib/methods/create.js';
export const execa = createExeca(() => ({}));`,
  'execa/lib/methods/template.js': `export const isTemplateString = () => false;
export const parseTemplates = (words) => words;`,
  'execa/lib/ipc/methods.js': 'export const addIpcMethods = () => {};',
  'execa/lib/ipc/buffer-messages.js': `export const waitForIpcOutput = async ({ ipcOutput }) => ipcOutput;
export const getBufferedIpcOutput = async (waiting, ipcOutput) => ipcOutput;`,
  // Of what a process can be connected with, only what Node has names for; no streams, files or transforms.
  'execa/lib/stdio/handle-async.js': `export const handleStdioAsync = (options) => {
  const { stdin = 'pipe', stdout = 'pipe', stderr = 'pipe' } = options;
  options.stdio = [stdin, stdout, stderr];
  return options.stdio.map((value, number) => {
    if (!['pipe', 'ignore', 'inherit'].includes(value)) throw new TypeError('stdio is left out of this package');
    return { direction: number === 0 ? 'input' : 'output', objectMode: false, stdioItems: [{ type: 'native', value }] };
  });
};`,
  'execa/lib/stdio/handle.js': 'export const cleanupCustomStreams = () => {};',
  'execa/lib/stdio/type.js': 'export const TRANSFORM_TYPES = new Set();',
  'execa/lib/convert/add.js': 'export const addConvertedStreams = () => {};',
  '@sec-ant/readable-stream/dist/ponyfill/index.js': 'export const asyncIterator = null;',
  // Nothing is written to the terminal past this program's own output.
  'execa/lib/verbose/start.js': 'export const logCommand = () => {};',
  'execa/lib/verbose/complete.js': 'export const logResult = () => {};',
  'execa/lib/verbose/output.js': `export const shouldLogOutput = () => false;
export const logLines = async () => {};`,
  // It finds out how Windows would start a script; elsewhere it gives back what it was given.
  'cross-spawn/index.js': `export default {
  _parse: (command, args, options) => ({ command, args: [...args], options: { ...options } }),
};`,
  // What each signal means in words; this program says the signal's name.
  'human-signals/build/src/main.js': 'export const signalsByName = {};',
  // The two classes on which the prompts of this program stand, not the twenty that come with them.
  'enquirer/index.js': `import Prompt from './lib/prompt.js';
import StringPrompt from './lib/types/string.js';
export default { Prompt, StringPrompt };`,
  // What the prompts look like is drawn by this program: no colours, symbols, cursor moves or timers are asked for.
  'ansi-colors/index.js': 'module.exports = { hasColor: () => false };',
  'strip-ansi/index.js': 'module.exports = (text) => text;',
  'enquirer/lib/ansi.js': `const silent = () => '';
module.exports = { code: {}, cursor: new Proxy({}, { get: () => silent }), clear: silent };`,
  'enquirer/lib/styles.js': `const plain = (text) => text;
exports.merge = () => new Proxy({}, { get: () => plain });`,
  'enquirer/lib/symbols.js': 'exports.merge = () => ({});',
  'enquirer/lib/placeholder.js': `module.exports = () => '';`,
  'enquirer/lib/timer.js': 'module.exports = () => {};',
  // JSON5 is written by this program's own editor only.
  'json5/dist/index.mjs': `import parse from '../lib/parse.js';
export default { parse };`,
  // The same classes of characters, written out in 12 kB for engines that do not know them.
  'json5/lib/unicode.js': `exports.Space_Separator = /[\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000]/;
exports.ID_Start = /[\\p{L}\\p{Nl}]/u;
exports.ID_Continue = /[\\p{L}\\p{Nl}\\p{Mn}\\p{Mc}\\p{Nd}\\p{Pc}]/u;`,
  // What a function of Lambda passes on from its caller, and what is told to a logger, which no client is given.
  '@aws-sdk/core/dist-es/submodules/client/middleware-recursion-detection/getRecursionDetectionPlugin.js':
    'export const getRecursionDetectionPlugin = () => ({ applyToStack: () => {} });',
  '@aws-sdk/core/dist-es/submodules/client/middleware-logger/loggerMiddleware.js': `export const loggerMiddleware = () => (next) => next;
export const loggerMiddlewareOptions = {};
export const getLoggerPlugin = () => ({ applyToStack: () => {} });`,
  // Only events that are sent are signed.
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': `export class HeaderFormatter {
  format() { throw new Error('streaming to AWS is left out of this package'); }
}`,
  // Signing for several regions at once needs a package that is not here; without it the SDK signs as for one region.
  '@aws-sdk/signature-v4-multi-region/dist-es/SignatureV4MultiRegion.js': `import { SignatureV4SignWithCredentials } from './SignatureV4SignWithCredentials.js';
export class SignatureV4MultiRegion extends SignatureV4SignWithCredentials {
  static sigv4aDependency() { return 'none'; }
}`,
  // Naming the classes of web streams loads all of them, and no body of this program is one.
  '@smithy/core/dist-es/submodules/serde/util-stream/stream-type-check.js': `export const isReadableStream = (stream) => stream?.constructor?.name === 'ReadableStream';
export const isBlob = (blob) => blob?.constructor?.name === 'Blob';`,
  // An agent for HTTPS is made with its first connection: an endpoint that is plain HTTP never loads TLS.
  '@smithy/node-http-handler/dist-es/node-https.js': `import https from 'node:https';
class Agent {
  constructor(options) {
    let made;
    const agent = () => (made ??= new https.Agent(options));
    return new Proxy(this, {
      get(_, key) {
        if (key === 'destroy') return () => made?.destroy();
        const member = agent()[key];
        return typeof member === 'function' ? member.bind(made) : member;
      },
      set: (_, key, value) => Reflect.set(agent(), key, value),
    });
  }
}
export const node_https = { Agent, request: (...words) => https.request(...words) };`,
  // This program is no Lambda function.
  '@aws/lambda-invoke-store/dist-es/invoke-store.js':
    'export const InvokeStore = { getInstanceAsync: async () => undefined };',
  // ConverseStream streams one way, over HTTP/2.
  '@aws-sdk/middleware-websocket/dist-es/index.js': `export const resolveWebSocketConfig = (config) => config;
export const getWebSocketPlugin = () => ({ applyToStack: () => {} });`,
  '@aws-sdk/eventstream-handler-node/dist-es/index.js': `export const eventStreamPayloadHandlerProvider = () => ({
  handle: () => { throw new Error('streaming to AWS is left out of this package'); },
});`,
};

/** The same for modules that each client of the SDK has. */
export const replacedInClients: readonly (readonly [RegExp, string])[] = [
  // No client gets `extensions`. What reading them does besides is kept.
  [
    /^@aws-sdk\/(?:client|nested-clients)[^ ]*\/runtimeExtensions\.js$/u,
    `import { getHttpHandlerExtensionConfiguration } from '@smithy/core/protocols';
export const resolveRuntimeExtensions = (config) => {
  getHttpHandlerExtensionConfiguration(config);
  return config;
};`,
  ],
];
