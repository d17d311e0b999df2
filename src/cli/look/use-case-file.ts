import { resolve } from 'node:path';
import { usageError } from '../../core/errors.js';
import { parseUseCase } from '../../core/model/use-case.js';
import type { Runtime } from '../runtime.js';

/** The form of `--use-case`, or `null` without the flag. Throws USE_CASE_NOT_FOUND, BAD_USE_CASE or what reading throws. */
export async function readUseCaseFile(runtime: Pick<Runtime, 'settings' | 'host'>): Promise<string | null> {
  const { useCase } = runtime.settings;
  if (useCase === null) return null;
  const { files } = await runtime.host();
  const found = await files.read(resolve(useCase));
  if (found !== null) return parseUseCase(new TextDecoder().decode(found.bytes));
  throw usageError(
    'USE_CASE_NOT_FOUND',
    `there is no file ${JSON.stringify(useCase)}`,
    '--use-case names the file with the form',
    'write it first; --use-case with an empty JSON object {} says what it needs',
  );
}
