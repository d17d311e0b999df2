import type { Change } from '../../core/change.js';
import type { Plan, PlannedStep } from '../../core/plan.js';
import { oneLine } from '../../core/text/scrub.js';
import type { Json } from '../../ports/json.js';
import type { Paint } from '../../adapters/output/style.js';
import { wrap } from '../../adapters/output/fit.js';
import { fold } from '../../adapters/output/fold.js';
import { explanations } from './explanations.js';

/** A body as it is shown beneath a change: lines as they are, anything else as JSON. */
function bodyLines(body: Json): readonly string[] {
  if (Array.isArray(body) && body.every((line) => typeof line === 'string')) return body;
  return JSON.stringify(body, null, 2).split('\n');
}

function changeLines(
  { action, target, detail, body }: Change,
  paint: Paint,
  columns: number,
): readonly string[] {
  const shown =
    body === undefined ? [] : bodyLines(body).map((line) => paint('dim', `      ${oneLine(line)}`));
  const head = fold(oneLine(`${action} ${target}: ${detail}`), columns - 6).map((line) => `      ${line}`);
  return [...head, ...shown];
}

function stepText(step: PlannedStep, paint: Paint, columns: number): string {
  const { what, why, cost, undo } = explanations[step.step];
  const about = [
    ['what', what],
    ['why', why],
    ['cost', cost],
    ['undo', undo],
  ] as const;
  return [
    `  ${paint('bold', step.title)}`,
    ...about.flatMap(([name, text]) =>
      wrap(text, columns - 11).map((line, index) => `    ${(index === 0 ? name : '').padEnd(4)}  ${line}`),
    ),
    ...step.changes.flatMap((change) => changeLines(change, paint, columns)),
  ].join('\n');
}

/**
 * What each change of a plan is, why it is needed, what it costs and how it is undone, with the JSON of policies; sentences
 * in lines of at most `columns`.
 */
export function explainPlan(plan: Plan, paint: Paint, columns: number): string {
  const steps = plan.steps.filter((step) => step.changes.length > 0);
  return `\n${steps.map((step) => stepText(step, paint, columns)).join('\n\n')}\n\n`;
}
