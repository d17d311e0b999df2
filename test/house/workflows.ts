import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const permissions = z.union([z.string(), z.record(z.string(), z.string())]);
const step = z.object({ uses: z.string().optional(), run: z.string().optional() });
const job = z.object({
  permissions: permissions.optional(),
  environment: z.string().optional(),
  steps: z.array(step),
});
const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: permissions.optional(),
  jobs: z.record(z.string(), job),
});

/** A workflow of GitHub Actions, as far as its rights go. */
export type Workflow = z.infer<typeof workflow>;

/** Every workflow of the project by its file's name. */
export function workflows(): ReadonlyMap<string, Workflow> {
  const folder = join(import.meta.dirname, '../../.github/workflows');
  const read = (file: string): Workflow => workflow.parse(parse(readFileSync(join(folder, file), 'utf8')));
  return new Map(readdirSync(folder).map((file) => [file, read(file)]));
}

const riskyEvents = ['pull_request_target', 'workflow_run', 'issue_comment'];

function stepsOf({ jobs }: Workflow): readonly z.infer<typeof step>[] {
  return Object.values(jobs).flatMap(({ steps }) => steps);
}

function writes(rights: z.infer<typeof permissions> | undefined): readonly string[] {
  if (rights === undefined) return [];
  if (typeof rights === 'string') return rights === 'read-all' ? [] : [rights];
  return Object.entries(rights).flatMap(([name, right]) => (right === 'write' ? [name] : []));
}

/** What is wrong with a workflow: rights that nobody limited, code that may change unseen, text from outside in a script. */
export function weaknesses(workflow: Workflow): readonly string[] {
  const used = stepsOf(workflow).flatMap(({ uses }) => uses ?? []);
  const scripts = stepsOf(workflow).flatMap(({ run }) => run ?? []);
  return [
    ...(workflow.permissions === undefined ? ['no permissions for the workflow'] : []),
    ...writes(workflow.permissions).map((right) => `${right} for every job`),
    ...Object.keys(workflow.on).filter((event) => riskyEvents.includes(event)),
    ...used.filter((action) => !/^[\w-]+\/[\w./-]+@[\da-f]{40}$/u.test(action)),
    ...scripts.filter((script) => script.includes('${{')),
  ];
}

/** The rights to write of each job that has any. */
export function writers({ jobs }: Workflow): Readonly<Record<string, readonly string[]>> {
  const all = Object.entries(jobs).map(([name, { permissions: rights }]) => [name, writes(rights)] as const);
  return Object.fromEntries(all.filter(([, rights]) => rights.length > 0));
}
