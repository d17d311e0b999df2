/**
 * Parts of dependencies that cannot be reached from this program, by the end of their path. What they export throws in the
 * bundle, so that a mistake here is loud; `test/package/bundle.test.ts` runs what is left.
 */
export const leftOut: readonly string[] = [
  // Only execa(file, words, options) is called: no execaSync, template strings, pipes between processes, or IPC.
  'execa/lib/methods/main-sync.js',
  'execa/lib/pipe/setup.js',
  'execa/lib/ipc/graceful.js',
  // Only text is read, and whole: no transforms, no web streams, no stream with both outputs.
  'execa/lib/transform/generator.js',
  '@sindresorhus/merge-streams/index.js',
  // `preferLocal` is never set.
  'npm-run-path/index.js',
];

/** Parts of dependencies that are called on the way without being needed, and what stands in for them. */
export const replaced: Readonly<Record<string, string>> = {
  // All of execa's package would otherwise be reached from its index.
  'execa/index.js': `import { createExeca } from './lib/methods/create.js';
export const execa = createExeca(() => ({}));`,
  'execa/lib/methods/template.js': `export const isTemplateString = () => false;
export const parseTemplates = (words) => words;`,
  'execa/lib/ipc/methods.js': 'export const addIpcMethods = () => {};',
  'execa/lib/ipc/buffer-messages.js': `export const waitForIpcOutput = async ({ ipcOutput }) => ipcOutput;
export const getBufferedIpcOutput = async (waiting, ipcOutput) => ipcOutput;`,
  '@sec-ant/readable-stream/dist/ponyfill/index.js': 'export const asyncIterator = null;',
  'execa/lib/convert/add.js': 'export const addConvertedStreams = () => {};',
  // Nothing is written to the terminal past this program's own output.
  'execa/lib/verbose/start.js': 'export const logCommand = () => {};',
  'execa/lib/verbose/complete.js': 'export const logResult = () => {};',
  'execa/lib/verbose/output.js': `export const shouldLogOutput = () => false;
export const logLines = async () => {};`,
  // It finds out how Windows would start a script; on every other system it gives back what it was given.
  'cross-spawn/index.js': `export default { _parse: (command, args, options) => ({ command, args: [...args], options: { ...options } }) };`,
  // Only the two classes on which the prompts of this program stand, not the twenty that come with them.
  'enquirer/index.js': `import Prompt from './lib/prompt.js';
import StringPrompt from './lib/types/string.js';
export default { Prompt, StringPrompt };`,
  // Nothing is written as JSON5 but by this program's own editor.
  'json5/dist/index.mjs': `import parse from '../lib/parse.js';
export default { parse };`,
  // The same classes of characters as tables of 12 kB; Node knows them.
  'json5/lib/unicode.js': `exports.Space_Separator = /[\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000]/;
exports.ID_Start = /[\\p{L}\\p{Nl}]/u;
exports.ID_Continue = /[\\p{L}\\p{Nl}\\p{Mn}\\p{Mc}\\p{Nd}\\p{Pc}]/u;`,
};
