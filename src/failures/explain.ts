import type { Who } from '../core/finding.js';
import { scrub } from '../core/text/scrub.js';
import type { RemoteFailure } from '../ports/gateway-probe.js';
import { catalogue } from './catalogue.js';
import type { Denial } from './denial.js';
import { denialFix, parseDenial } from './denial.js';
import type { CatalogueEntry, FailureContext } from './entry.js';
import { fillText } from './fill.js';
import { matchFailure } from './match.js';

/** A failure in the user's terms. */
export interface Explanation {
  /** From the catalogue; `UNKNOWN` when no entry fits. */
  readonly code: string;
  /** AWS's own words, secrets removed, in one piece. */
  readonly message: string;
  readonly cause: string;
  readonly who: Who;
  readonly fix: string;
  /** Seconds after which it may be over by itself. */
  readonly waitSeconds?: number;
  /** A refusal of permission taken apart. */
  readonly denial?: Denial;
  /** Credentials or permissions stand in the way. */
  readonly blocks: boolean;
}

const unknown: CatalogueEntry = {
  code: 'UNKNOWN',
  matchers: [],
  cause: 'this failure is not in the catalogue; the words are those of AWS',
  who: 'you',
  fix: 'run it again with --verbose and report it with the whole message, so that a fix can be added',
};

/** The encoded message of EC2 says nothing to a person and is thousands of characters long. */
function shorten(message: string): string {
  return message.replace(/(encoded authorization failure message: )\S{24,}/iu, '$1[left out]');
}

/** Whether somebody else than the owner of the role decides: a Deny, or a policy above the role's own. */
function isOthersPolicy({ explicit, tail }: Denial): boolean {
  return explicit || (tail !== 'identity policy' && tail !== 'unknown');
}

function whereItApplies(denial: Denial, context: FailureContext): string {
  const region = /^arn:[^:]*:bedrock:(?<region>[^:]*):/u.exec(denial.resource ?? '')?.groups?.['region'];
  if (region === undefined) return 'it applies to the whole of Bedrock';
  if (region === '') return 'an empty region in the ARN means a global inference profile';
  if (region !== context.region) return `${region} is a destination region of the inference profile`;
  return `${region} is the region that was called`;
}

function denialValues(denial: Denial | null, context: FailureContext): Readonly<Record<string, string>> {
  if (denial === null) return {};
  const { action, resource, tail } = denial;
  return {
    action,
    resource: resource ?? 'all resources',
    tail: tail === 'unknown' ? 'policies' : tail,
    denialFix: fillText(denialFix(denial, context.place ?? 'operator'), context, {}),
    where: whereItApplies(denial, context),
  };
}

/** Texts for what only some callers know. */
const defaults: Readonly<Record<string, string>> = {
  suggestions: '',
  destinations: '',
  service: 'AWS',
  where: 'the environment or the AWS configuration of the gateway',
  missing: 'AWS_PROFILE and AWS_REGION',
  seen: 'they are set nowhere that it reads',
  lines: 'AWS_PROFILE and AWS_REGION',
  envFile: '~/.openclaw/.env',
  container: 'no sign of a container was found',
  actualProfile: 'another one',
  actualRole: 'somebody else',
  unknownModel: 'the model',
  command: 'openclaw models list --all --provider amazon-bedrock',
};

function render(
  entry: CatalogueEntry,
  message: string,
  context: FailureContext,
  values: Readonly<Record<string, string>>,
  denial: Denial | null,
): Explanation {
  const { code, who, waitSeconds } = entry;
  const known = { ...defaults, ...denialValues(denial, context), ...context.more, ...values };
  const admins = code === 'NO_IAM' && denial !== null && isOthersPolicy(denial);
  return {
    code,
    message: scrub(shorten(message)),
    cause: scrub(fillText(entry.cause, context, known)),
    who: admins ? 'admin' : who,
    fix: scrub(fillText(entry.fix, context, known)),
    ...(waitSeconds === undefined ? {} : { waitSeconds }),
    ...(denial === null ? {} : { denial }),
    blocks: entry.blocks === true,
  };
}

/** Looks a failure up in the catalogue. Texts that no entry knows get the code UNKNOWN and are shown as they are. */
export function explainFailure(failure: RemoteFailure, context: FailureContext): Explanation {
  const denial = parseDenial(failure.message);
  for (const entry of catalogue) {
    for (const matcher of entry.matchers) {
      const values = matchFailure(matcher, failure, context.place);
      if (values !== null) return render(entry, failure.message, context, values, denial);
    }
  }
  const message = `${failure.name}${failure.status === 0 ? '' : ` (HTTP ${failure.status})`}: ${failure.message}`;
  return render(unknown, message, context, {}, denial);
}

/** The explanation of a code that a check found by itself. `message` says what was seen. */
export function explainCode(code: string, message: string, context: FailureContext): Explanation {
  const entry = catalogue.find((candidate) => candidate.code === code) ?? { ...unknown, code };
  return render(entry, message, context, {}, null);
}
