import { usageError } from '../core/errors.js';
import { nearest } from '../core/text/nearest.js';
import type { RehearsedFault } from './fault.js';
import { attachingFaults } from './faults/attaching.js';
import { bedrockFaults } from './faults/bedrock.js';
import { fromAfarFaults } from './faults/from-afar.js';
import { hostFaults } from './faults/host.js';

/** Every failure that can be rehearsed, by its code in the catalogue. */
export const faults: Readonly<Record<string, RehearsedFault>> = {
  ...attachingFaults,
  ...hostFaults,
  ...bedrockFaults,
  ...fromAfarFaults,
};

/** Why the rest of the catalogue cannot be rehearsed. */
export const notRehearsed: Readonly<Record<string, string>> = {
  PROFILE_NOT_FOUND_YET: 'setup waits it out; what stays after three minutes is PROFILE_NOT_VISIBLE',
  POLICY_NOT_FOUND: 'it takes a wrong --policy or --permissions-boundary, with which it can be seen as it is',
  ROLE_PROTECTED: 'it takes a role that belongs to a service of AWS',
  ROLE_POLICY_SIZE: 'it takes a role that is full of policies',
  MFA_NEEDED: 'a rehearsal has credentials of its own',
  WEB_IDENTITY_TOKEN: 'a rehearsal has credentials of its own',
  CREDENTIAL_PROCESS: 'a rehearsal has credentials of its own',
  IN_USE: 'undo alone meets it, and then keeps what is in use',
  NOT_THERE_YET: 'it is asked again until Systems Manager knows of the command',
  COMMAND_STOPPED: 'it takes several hosts, of which others have failed with something else first',
  AGENT_NO_ANSWER: 'only verify --agent-turn meets it',
  GATEWAY_ELSEWHERE: 'it takes a unit of systemd that names another folder, which a rehearsal has none of',
  TLS: 'the embedded AWS speaks plain HTTP',
  PROXY: 'the embedded AWS is reached without one',
  NO_REGION: 'a region is asked for before anything is sent to AWS',
};

function unknown(code: string): Error {
  const codes = Object.keys(faults).sort();
  const [typed] = nearest(code, [...codes, ...Object.keys(notRehearsed)]);
  const hint = typed ?? codes.filter((one) => one.includes(code)).join(', ');
  return usageError(
    'UNKNOWN_FAULT',
    `--mock-fault does not know ${code}`,
    'it takes a code of the catalogue of failures',
    hint === '' ? `codes: ${codes.join(', ')}` : `did you mean ${hint}?`,
  );
}

/** How a failure is rehearsed. Throws UNKNOWN_FAULT, FAULT_NOT_REHEARSED, FAULT_NOT_HERE. */
export function findFault(code: string, command: 'setup' | 'verify'): RehearsedFault {
  const reason = notRehearsed[code];
  if (reason !== undefined) {
    throw usageError(
      'FAULT_NOT_REHEARSED',
      `${code} cannot be rehearsed`,
      reason,
      `one that can: --mock-fault NO_PROFILE_YET`,
    );
  }
  const fault = Object.hasOwn(faults, code) ? faults[code] : undefined;
  if (fault === undefined) throw unknown(code);
  if (command === 'verify' && fault.setupOnly === true) {
    throw usageError(
      'FAULT_NOT_HERE',
      `verify does not meet ${code}`,
      fault.afar === undefined
        ? 'it comes up while the role is made and attached'
        : 'it comes up while a host is set up from afar',
      `rehearse it with setup: --mock --mock-fault ${code}`,
    );
  }
  return fault;
}
