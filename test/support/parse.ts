import { completeSettings } from '../../src/cli/arguments/complete.js';
import type { Outside } from '../../src/cli/arguments/layers.js';
import type { Request } from '../../src/cli/arguments/parse.js';
import { parseRequest } from '../../src/cli/arguments/parse.js';
import type { Settings } from '../../src/core/settings.js';

/** What an argument list asks for, with the settings of a command that is to run. */
export type ParsedRequest =
  | Exclude<Request, { kind: 'run' }>
  | { readonly kind: 'run'; readonly settings: Settings };

/** Reads an argument list as the program does. */
export function parseWhole(argv: readonly string[], outside: Outside | null = null): ParsedRequest {
  const request = parseRequest(argv);
  return request.kind === 'run' ? { kind: 'run', settings: completeSettings(request, outside) } : request;
}
