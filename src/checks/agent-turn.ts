import type { Finding } from '../core/finding.js';
import { scrub } from '../core/text/scrub.js';
import { explainCode, explainFailure } from '../failures/index.js';
import type { OpenClawReader, OpenClawTurn } from '../ports/openclaw.js';
import type { CheckContext } from './context.js';
import { failureContext } from './context.js';
import { explained, isGood, passed, skipped } from './finding.js';
import type { OpenClawSettings } from './openclaw-config.js';

const id = 'agent-turn';

/** Seconds that one turn may take. */
const turnSeconds = 60;

/** Checks that must have passed: what they ask costs nothing or a few tokens, the turn some thousand. */
const before: ReadonlySet<string> = new Set([
  'gateway-env',
  'identity',
  'converse',
  'primary-model',
  'openclaw',
]);

function reasonNotToAsk(
  context: CheckContext,
  { primary }: OpenClawSettings,
  findings: readonly Finding[],
): string | null {
  if (primary === null)
    return "OpenClaw's primary model is none of Bedrock, so a turn would say nothing about it";
  if (!primary.includes('amazon.') && !context.acceptAgreement)
    return `not asked: a first call to ${primary} accepts its provider's agreement (--accept-model-agreement)`;
  const missing = findings.find((finding) => before.has(finding.id) && !isGood(finding));
  return missing === undefined ? null : `not asked, because of ${missing.id}: ${missing.status}`;
}

function judge(context: CheckContext, turn: OpenClawTurn): Finding {
  const { provider, model, inputTokens, outputTokens, text, stderr, exitCode, command } = turn;
  if (exitCode === 0 && provider === 'amazon-bedrock' && outputTokens > 0) {
    const words = `the agent answered through ${model ?? 'Bedrock'}, ${inputTokens} tokens in, ${outputTokens} out`;
    return passed(id, words, command);
  }
  if (exitCode === 0 && provider !== null && provider !== 'amazon-bedrock')
    return skipped(id, `the agent answered through ${provider}, which says nothing about Bedrock`);
  const said = scrub(text.trim() === '' ? stderr : text).trim();
  const known = failureContext(context, { command, service: 'bedrock-runtime' });
  const told = explainFailure({ name: 'Error', message: said, status: 0 }, known);
  const last = said.split('\n').at(-1) ?? '';
  const words = `${command} ended with ${exitCode}: ${last === '' ? 'no answer' : last}`;
  const explanation = told.code === 'UNKNOWN' ? explainCode('AGENT_NO_ANSWER', words, known) : told;
  return explained(id, 'fail', explanation, stderr);
}

/**
 * Has OpenClaw's agent answer once, in the gateway's environment. Only where that was asked for: the agent sends its whole
 * system prompt, some thousand tokens, and keeps a session and a workspace.
 */
export async function checkAgentTurn(
  context: CheckContext,
  openclaw: OpenClawReader,
  settings: OpenClawSettings,
  variables: Readonly<Record<string, string>>,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  if (!context.agentTurn) return [];
  const reason = reasonNotToAsk(context, settings, findings);
  if (reason !== null) return [skipped(id, reason)];
  const own = Object.entries(variables).filter(([name]) => name.startsWith('AWS_'));
  const turn = await openclaw.runTurn(Object.fromEntries(own), context.timeoutSeconds ?? turnSeconds);
  return [judge(context, turn)];
}
