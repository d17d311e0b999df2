import { ExitCode, type SetupError } from '../../core/errors.js';
import { errorText } from './human.js';
import { processStreams } from './streams.js';

/** Prints a result. */
export async function print(text: string): Promise<ExitCode> {
  await processStreams({}, false).result(text);
  return ExitCode.done;
}

/** Prints an expected error that no command could report; as a JSON document where that was asked for. */
export async function printError(error: SetupError, json: boolean): Promise<ExitCode> {
  const streams = processStreams({}, false);
  if (json)
    await streams.result(
      `${JSON.stringify({ schemaVersion: 1, ok: false, error: error.details }, null, 2)}\n`,
    );
  streams.aside(`${errorText(error.details, { paint: streams.paintAside, home: null })}\n`);
  return error.exitCode;
}

/** Account numbers, instance ids and access keys have no place in a bug report. */
function redact(text: string): string {
  return text
    .replaceAll(/\b(?:AKIA|ASIA|AROA|AIDA|AIPA)[A-Z0-9]{12,}/gu, '<key>')
    .replaceAll(/\b\d{12}\b/gu, '<account>')
    .replaceAll(/\bi-[0-9a-f]{8,17}\b/gu, '<instance>');
}

/** Prints an error that nobody expected, with its trace and without ids, and asks for a report. */
export function printBug(error: unknown, version: string): ExitCode {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  processStreams({}, false).aside(
    [
      `error BUG: this should not have happened (version ${version}, Node ${process.versions.node})`,
      redact(trace),
      '  why  the tool met something that it does not know',
      '  fix  run it again with --verbose, and report the lines above; ids are already removed from them',
      '',
    ].join('\n'),
  );
  return ExitCode.failed;
}
