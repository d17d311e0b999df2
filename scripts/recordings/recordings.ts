import { key } from '../../test/support/terminal.js';
import { from, linesOf } from './lines.js';
import type { Stage } from './stage.js';
import { columns, openStage } from './stage.js';
import type { Picture } from './svg.js';

const program = 'npx openclaw-bedrock-setup';
const question = '(yes / no / explain)';

/** Pictures by the names of their files. */
export type Pictures = Readonly<Record<string, Picture>>;

async function verify(stage: Stage): Promise<Pictures> {
  const terminal = stage.play(['verify']);
  await terminal.ended(60);
  const lines = from(linesOf(terminal.screen), /^= metadata /u);
  const description = 'verify fails: the instance has no role; the cause, who can mend it and how';
  return { 'verify.svg': { command: `${program} verify`, description, lines, columns } };
}

async function guide(stage: Stage): Promise<Pictures> {
  const terminal = stage.play([]);
  await terminal.waitFor(/> Nova Pro[^]*enter to choose/u, 60);
  const choice = from(linesOf(terminal.screen), /^instance /u);
  terminal.send(key.enter);
  await terminal.waitFor(question, 60);
  const plan = from(linesOf(terminal.screen), /^account /u);
  terminal.send(`yes${key.enter}`);
  await terminal.ended(60);
  const end = from(linesOf(terminal.screen), /^= metadata /u);
  return {
    'guide.svg': {
      command: program,
      description: 'the guide on the instance: what it found, and the models to choose from',
      lines: choice,
      columns,
    },
    'plan.svg': {
      command: program,
      description: 'the plan: each change in the account and on the host, and the question',
      lines: plan,
      columns,
    },
    'setup.svg': {
      command: program,
      description: 'the end of the run: every check, the answer of the model, the receipt and how to undo',
      lines: end,
      columns,
    },
  };
}

async function undo(stage: Stage): Promise<Pictures> {
  const terminal = stage.play(['undo', '--yes']);
  await terminal.ended(60);
  const lines = from(linesOf(terminal.screen), /^account /u);
  const description = 'undo: every change is put back, the last one first';
  return { 'undo.svg': { command: `${program} undo --yes`, description, lines, columns } };
}

/** Plays everything on one stage, as a person would: it does not work yet, it is set up, it is put back. */
export async function record(): Promise<Pictures> {
  const stage = await openStage();
  try {
    return { ...(await verify(stage)), ...(await guide(stage)), ...(await undo(stage)) };
  } finally {
    await stage.close();
  }
}
