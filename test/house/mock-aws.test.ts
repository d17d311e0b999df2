import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../src/mock-aws', import.meta.url));
const described = ['iam', 'sts', 'ec2', 'autoscaling', 'ssm', 'servicequotas'];

function served(): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return Array.from(
      text.matchAll(/^ +([A-Z][A-Za-z]+): (?:\{\s*mutating:|(?:read|write)\()/gmu),
      ([, operation = '']) => operation,
    );
  });
}

it('the page of the embedded AWS names every operation that it serves, and no other', () => {
  const page = readFileSync(join(folder, 'README.md'), 'utf8');
  const rows = described.map((service) =>
    page.split('\n').find((line) => line.startsWith(`| \`${service}\` `)),
  );
  const told = rows.flatMap((row) => (row ?? '').split('|')[2]?.match(/\w+/gu) ?? []);
  expect(told.toSorted()).toEqual([...served()].toSorted());
});
