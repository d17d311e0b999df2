import type { Finding } from '../core/finding.js';
import { displayPath } from '../core/text/display-path.js';
import { shellWord } from '../core/text/shell-word.js';
import { explainCode } from '../failures/index.js';
import type { GatewayEnvironment } from '../ports/gateway-environment.js';
import type { CheckContext } from './context.js';
import { failureContext } from './context.js';
import { explained } from './finding.js';

/** Permission bits by which others than the owner read a file. */
const [groupReads, othersRead] = [0o040, 0o004];

function readers(mode: number): string | null {
  if ((mode & othersRead) !== 0) return 'every user of this host';
  return (mode & groupReads) === 0 ? null : "the file's group";
}

/**
 * A warning where others may read the gateway's `.env`, in which setup puts lines of its own, and something in it looks like a
 * credential; nothing else. Names are told, values never.
 */
export function checkEnvFile(context: CheckContext, environment: GatewayEnvironment): readonly Finding[] {
  const { envFile: file, envFileMode: mode, envFileCredentials: names, variables } = environment;
  const who = mode === null ? null : readers(mode);
  if (mode === null || who === null || names.length === 0) return [];
  const short = displayPath(file, variables['HOME']);
  const bits = (mode & 0o777).toString(8).padStart(3, '0');
  const more = {
    seen: who,
    names: names.join(', '),
    envFile: /^~?[\w./-]+$/u.test(short) ? short : shellWord(file),
  };
  const message = `${who} may read ${short}, which holds ${names.join(', ')} (mode ${bits})`;
  return [
    explained('env-file', 'warn', explainCode('ENV_FILE_READABLE', message, failureContext(context, more))),
  ];
}
