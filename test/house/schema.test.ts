import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import schema from '../../templates/schema/report.schema.json' with { type: 'json' };
import { ExitCode } from '../../src/core/errors.js';
import { emptyReport } from '../../src/core/report.js';
import { runCli, withHome } from '../support/cli.js';
import { fieldsOf, unionOf } from './literals.js';

const { $defs } = schema;
const contract = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);

function complaints(document: unknown): readonly string[] {
  const result = contract.safeParse(document);
  return result.success ? [] : [JSON.stringify(result.error.issues)];
}

describe('the schema of the report', () => {
  it.each([
    ['commands', $defs.report.properties.command.enum, 'src/core/settings.ts', 'CommandName'],
    ['steps', $defs.change.properties.step.enum, 'src/core/change.ts', 'StepId'],
    ['lanes', $defs.change.properties.lane.enum, 'src/core/change.ts', 'Lane'],
    [
      'statuses of a change',
      $defs.change.properties.status.enum,
      'src/core/change-result.ts',
      'ChangeStatus',
    ],
    ['statuses of a check', $defs.check.properties.status.enum, 'src/core/finding.ts', 'FindingStatus'],
    [
      'statuses of an instance',
      $defs.instance.properties.status.enum,
      'src/core/report.ts',
      'InstanceStatus',
    ],
    ['people', $defs.check.properties.who.enum, 'src/core/finding.ts', 'Who'],
  ])('has the %s of the code', (_what, listed, path, name) => {
    expect(listed).toEqual(unionOf(path, name));
  });

  it('has the actions of the code, and none', () => {
    expect($defs.change.properties.action.enum).toEqual([...unionOf('src/core/change.ts', 'Action'), 'none']);
  });

  it('has the exit codes of the code', () => {
    expect($defs.error.properties.exitCode.enum).toEqual(Object.values(ExitCode));
  });

  it.each([
    ['report', 'src/core/report.ts', 'Report'],
    ['instance', 'src/core/report.ts', 'ReportInstance'],
    ['host', 'src/core/report.ts', 'ReportHost'],
    ['change', 'src/core/change-result.ts', 'ChangeResult'],
    ['check', 'src/core/finding.ts', 'Finding'],
    ['error', 'src/core/errors.ts', 'ErrorDetails'],
  ] as const)('has the fields of a %s', (definition, path, name) => {
    const { properties, required } = $defs[definition];
    const fields = fieldsOf(path, name);
    expect(Object.keys(properties)).toEqual([...fields.keys()]);
    expect(required).toEqual([...fields].filter(([, { optional }]) => !optional).map(([key]) => key));
  });

  it('takes an empty report and refuses one with a field too many or too few', () => {
    const report = emptyReport('plan', true);
    expect(complaints(report)).toEqual([]);
    expect(complaints({ ...report, more: 1 })).not.toEqual([]);
    expect(complaints({ ...report, next: undefined })).not.toEqual([]);
    expect(complaints({ ...report, command: 'fly' })).not.toEqual([]);
  });
});

describe('what the program prints with --json', () => {
  it.each([
    ['a rehearsal', ['--mock', '--yes']],
    ['a plan', ['plan', '--mock']],
    ['a question that nobody can answer', ['--mock']],
    ['an undo without a receipt', ['undo', '--yes']],
    ['a wrong value', ['--instance-id', 'i-xxxxx']],
    ['an unknown flag', ['--colour']],
  ])('is as the schema says: %s', async (_what, words) => {
    await withHome(async (home) => {
      const { stdout } = await runCli([...words, '--json'], { home });
      expect(complaints(JSON.parse(stdout))).toEqual([]);
    });
  });
});
