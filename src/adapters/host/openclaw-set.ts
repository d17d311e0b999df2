import type { OpenClawEra } from '../../core/openclaw/era.js';
import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';
import type { FileReader } from '../../ports/files.js';
import type { HostUser } from '../../ports/host.js';
import type { ConfigEdit } from '../../ports/openclaw.js';
import { editConfig, keepComments } from './openclaw-config.js';
import type { ProgramResult, RunProgram } from './openclaw-program.js';
import type { PrivateCopy } from './private-copy.js';
import { withPrivateCopy } from './private-copy.js';

/** What setting values in OpenClaw's config needs. */
export interface SetContext {
  readonly run: RunProgram;
  readonly era: OpenClawEra;
  readonly configPath: string;
  readonly stateFolder: string;
  readonly files: FileReader;
  readonly user: HostUser;
}

/** Seconds: OpenClaw takes some to start, and more on a small instance. */
const boundSeconds = 120;

/**
 * The config with the edits made and accepted by OpenClaw. They are made in the text of a private copy first, so that one
 * `config set` is enough for any number of them: it sees the whole config, checks it against its schema and refuses what
 * it does not know.
 */
export async function setThroughOpenClaw(
  config: Uint8Array | null,
  edits: readonly ConfigEdit[],
  context: SetContext,
): Promise<Uint8Array> {
  const { run, era, configPath, stateFolder, files, user } = context;
  const text = Buffer.from(editConfig(configPath, config, edits), 'utf8');
  const words = commandFor(edits, era);
  if (words === null) return new Uint8Array(text);
  const hasState = await isInUse(stateFolder, files);
  return withPrivateCopy(text, user, async (copy) => {
    const state = hasState ? stateFolder : copy.folder;
    const result = await run(words, boundSeconds, variablesFor(copy, state));
    const after = await copy.read();
    if (result.exitCode !== 0 || after === null) throw refused(words, result, copy.path, configPath);
    return keepComments(configPath, text, after);
  });
}

/** The variables by which OpenClaw takes the copy for its config. */
export function variablesFor(copy: PrivateCopy, stateFolder: string): Readonly<Record<string, string>> {
  return { OPENCLAW_CONFIG_PATH: copy.path, OPENCLAW_STATE_DIR: stateFolder };
}

/**
 * The one command that has OpenClaw look at the whole config; `null` where an era has none for it. A model is never set
 * this way: OpenClaw 2026.9 refuses a reference that discovery has not listed yet, although it takes it in a config.
 */
function commandFor(edits: readonly ConfigEdit[], era: OpenClawEra): readonly string[] | null {
  const plain = edits.findLast(({ path, value }) => value !== undefined && path[0] !== 'agents');
  if (plain !== undefined)
    return ['config', 'set', plain.path.join('.'), JSON.stringify(plain.value), '--json'];
  if (era === 'external') return ['config', 'validate'];
  const model = edits.findLast(({ value }) => value !== undefined);
  return model === undefined
    ? null
    : ['config', 'set', model.path.join('.'), JSON.stringify(model.value), '--json'];
}

/**
 * Whether OpenClaw has ever run here. Where it has not, it gets a scratch folder for its state too, so that undo leaves
 * nothing behind; where it has, it needs the real one to know its plug-ins.
 */
async function isInUse(stateFolder: string, files: FileReader): Promise<boolean> {
  const names = await files.list(stateFolder);
  return names.some((name) => !/^\.env$|openclaw-bedrock-setup/u.test(name));
}

function refused(
  words: readonly string[],
  { exitCode, stderr, stdout }: ProgramResult,
  copyPath: string,
  configPath: string,
): SetupError {
  const said = (stderr === '' ? stdout : stderr).replaceAll(copyPath, configPath).slice(-2000);
  return failure(
    'OPENCLAW_REFUSED',
    `openclaw ${words.slice(0, 3).join(' ')} ended with exit code ${exitCode}; ${configPath} is as it was`,
    said === '' ? 'it said nothing' : said,
    'repair what it names, then run this tool again',
  );
}
