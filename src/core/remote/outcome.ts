import type { Invocation } from '../../ports/systems-manager.js';
import type { HostOutput } from './output.js';
import type { HostReport } from './report.js';

/** Why nothing is known of the tool on a host: a code of the catalogue of failures, and what was seen. */
export interface HostTrouble {
  readonly code: string;
  readonly message: string;
}

/** How one host fared. */
export interface HostOutcome {
  readonly instanceId: string;
  /** The command of Systems Manager, where one was sent. */
  readonly commandId: string | null;
  /** What the tool ended with there; 1 where it did not run. */
  readonly exitCode: number;
  readonly report: HostReport | null;
  readonly trouble: HostTrouble | null;
}

/** Whether the host is as it was asked for. */
export function isDone({ exitCode, report }: HostOutcome): boolean {
  return exitCode === 0 && report?.ok === true;
}

/** An outcome without a report. */
export function troubled(
  instanceId: string,
  code: string,
  message: string,
  commandId: string | null = null,
): HostOutcome {
  return { instanceId, commandId, exitCode: 1, report: null, trouble: { code, message } };
}

/** Words of npm where it does not get at a package. */
const unfetched =
  /\b(?:ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|E40[134]|ETARGET|ENOENT|ERR_SOCKET_TIMEOUT)\b/u;

function seen(words: string): string {
  const bare = words.replaceAll(/\s+/gu, ' ').trim();
  return bare === '' ? 'nothing' : bare.slice(-400);
}

const endings: Partial<Record<Invocation['status'], readonly [code: string, message: string]>> = {
  undelivered: ['AGENT_OFFLINE', 'did not take the command in time'],
  'timed-out': ['HOST_TIMED_OUT', 'did not come to an end in time'],
  cancelled: ['COMMAND_CANCELLED', 'cancelled'],
  stopped: ['COMMAND_STOPPED', 'not begun, since too many other hosts had failed'],
};

function fromTrouble(word: string, detail: string): HostTrouble {
  switch (word) {
    case 'NO_NODE':
      return { code: 'HOST_WITHOUT_NODE', message: `there is no Node.js for ${seen(detail)}` };
    case 'OLD_NODE':
      return { code: 'HOST_WITHOUT_NODE', message: `its Node.js is ${seen(detail)}` };
    case 'SEVERAL_OWNERS':
      return { code: 'OWNER_UNCLEAR', message: `several users have a ~/.openclaw: ${seen(detail)}` };
    case 'NO_OWNER':
      return { code: 'OWNER_UNCLEAR', message: 'nobody has a ~/.openclaw, and there is no first user' };
    case 'NO_SUCH_OWNER':
      return { code: 'OWNER_UNCLEAR', message: `there is no user ${seen(detail)} with a home` };
    default:
      return unfetched.test(detail)
        ? { code: 'TOOL_NOT_FETCHED', message: `npx did not get the tool: ${seen(detail)}` }
        : { code: 'NO_HOST_REPORT', message: `the tool gave no report: ${seen(detail)}` };
  }
}

/** What a command's end on a host comes to. `output` is what was made of the whole of its output. */
export function outcomeOf(commandId: string, invocation: Invocation, output: HostOutput): HostOutcome {
  const { instanceId, status } = invocation;
  const [code, message] = endings[status] ?? [];
  if (code !== undefined && message !== undefined) return troubled(instanceId, code, message, commandId);
  if (output.kind === 'report') {
    const { exitCode, report } = output;
    // A tool that failed makes its command fail: one that says otherwise is believed in the worse.
    const worse = status === 'failed' && exitCode === 0 ? 1 : exitCode;
    return { instanceId, commandId, exitCode: worse, report, trouble: null };
  }
  if (output.kind === 'trouble') {
    const trouble = fromTrouble(output.word, output.detail);
    return troubled(instanceId, trouble.code, trouble.message, commandId);
  }
  const words = `the command is said to be a ${status}, and its output is: ${seen(invocation.output)}`;
  return troubled(instanceId, 'NO_HOST_REPORT', words, commandId);
}
