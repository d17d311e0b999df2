import { fstatSync, statSync } from 'node:fs';
import type { ErrorDetails, SetupError } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import { emptyReport } from '../../core/report.js';
import { scrub } from '../../core/text/scrub.js';
import { errorText } from './error-text.js';
import type { Paint } from './style.js';
import { tameError } from './tame-error.js';
import { writeNow } from './write-now.js';

const plain: Paint = (_style, text) => text;

/** How many columns a descriptor shows; any number where it is no terminal. Setting up a stream for it takes Node several milliseconds. */
function columnsOf(descriptor: 1 | 2): number {
  const anyNumber = Number.POSITIVE_INFINITY;
  if (!isDevice(descriptor)) return anyNumber;
  const { isTTY, columns } = descriptor === 1 ? process.stdout : process.stderr;
  return isTTY && columns > 0 ? columns : anyNumber;
}

function isDevice(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && stats.rdev !== statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}

/** How many columns a line of a result may have; any number where no terminal shows it. */
export function resultColumns(): number {
  return columnsOf(1);
}

function errorLines(details: ErrorDetails): string {
  return errorText(details, { paint: plain, home: null, columns: columnsOf(2) });
}

/** Says what went wrong as far as it can be said: where nothing can be written, the exit code says it alone. */
function say(descriptor: 1 | 2, text: string): void {
  try {
    writeNow(descriptor, text);
  } catch {
    // There is nobody else to tell.
  }
}

/** Prints a result. Throws OUTPUT_UNWRITABLE. */
export function print(text: string): ExitCode {
  writeNow(1, text);
  return ExitCode.done;
}

/** The document for an error that came before any command could begin; the command is then the default one. */
function printDocument(error: ErrorDetails): void {
  const report = { ...emptyReport('setup', false), ok: false, error };
  say(1, `${JSON.stringify(report, null, 2)}\n`);
}

/** Prints an expected error that no command could report; as a JSON document too where that was asked for. */
export function printError(error: SetupError, json: boolean): ExitCode {
  const details = tameError(error.details);
  if (json) printDocument(details);
  say(2, `${errorLines(details)}\n`);
  return details.exitCode;
}

/** Account numbers, instance ids and access keys have no place in a bug report. */
function redact(text: string): string {
  return text
    .replaceAll(/\b(?:AKIA|ASIA|AROA|AIDA|AIPA)[A-Z0-9]{12,}/gu, '<key>')
    .replaceAll(/\b\d{12}\b/gu, '<account>')
    .replaceAll(/\bi-[0-9a-f]{8,17}\b/gu, '<instance>');
}

/** Prints an error that nobody expected, with its trace and without ids, and asks for a report. */
export function printBug(error: unknown, version: string, json: boolean): ExitCode {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const details: ErrorDetails = {
    code: 'BUG',
    message: `this should not have happened (version ${version}, Node ${process.versions.node})`,
    why: 'the tool met something that it does not know',
    fix: 'run it again with --verbose, and report the lines above; ids are already removed from them',
    exitCode: ExitCode.failed,
  };
  if (json) printDocument(details);
  say(2, `${redact(scrub(trace))}\n${errorLines(details)}\n`);
  return details.exitCode;
}
