import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import schema from '../../templates/schema/report.schema.json' with { type: 'json' };
import operator from '../../templates/iam/operator.json' with { type: 'json' };
import { ExitCode } from '../../src/core/errors.js';
import { runCli, withHome } from '../support/cli.js';
import { unionOf } from './literals.js';
import { withFiles } from '../../scripts/readme/files.js';
import { withFlags } from '../../scripts/readme/flags.js';
import { samplesIn, withoutChance } from '../../scripts/readme/samples.js';
import { projectFiles, readText, root, sources } from './source.js';

const readme = readText('README.md');
const reference = readText('docs/reference.md');
const permissions = readText('docs/permissions.md');
const all: readonly string[] = unionOf('src/core/settings.ts', 'CommandName');

/** The actions that the operator's clients can be sent to do, read from the SDK commands that the code imports. */
function actionsOfTheCode(): ReadonlySet<string> {
  const clients =
    /import\s*(?:type\s*)?\{([^}]*)\}\s*from\s*'@aws-sdk\/client-(iam|ec2|bedrock|sts|ssm|service-quotas|auto-scaling)'/gu;
  const found = sources('src/adapters/aws').flatMap(({ text }) =>
    [...text.matchAll(clients)].flatMap(([, names = '', service = '']) =>
      [...names.matchAll(/\b(\w+)Command\b/gu)].map(([, action = '']) =>
        // The dash is in the package's name only.
        [service.replace('-', ''), action].join(':'),
      ),
    ),
  );
  return new Set(found);
}

describe('the README', () => {
  it('begins with the two commands', () => {
    const [, block = ''] = /```bash\n([\s\S]*?)```/u.exec(readme) ?? [];
    expect(block).toMatch(/^npm start .*\nnpm test .*\n$/u);
    expect(readme.indexOf('```bash')).toBeLessThan(60);
  });

  it('is short enough to be read', () => {
    expect(Buffer.byteLength(readme)).toBeLessThan(20_000);
  });

  it('has every command', () => {
    const rows = all.filter((name) => !readme.includes(`\n| \`${name}\` | `));
    expect(rows).toEqual([]);
  });

  it('has every exit code', () => {
    const missing = Object.values(ExitCode).filter((code) => !readme.includes(`\n| ${code} | `));
    expect(missing).toEqual([]);
  });

  it('has every step', () => {
    const missing = unionOf('src/core/change.ts', 'StepId').filter(
      (step) => !readme.includes(`\n| \`${step}\` | `),
    );
    expect(missing).toEqual([]);
  });
});

describe('the reference', () => {
  // What fails here is mended by: npx tsx scripts/readme/main.ts
  it('has the flags, their help and their commands as the program has them', () => {
    expect(reference).toBe(withFlags(reference));
    expect(reference).toContain('\n| flag | meaning (default) | commands |\n');
  });

  it.each(['report', 'instance', 'host', 'change', 'check', 'error'] as const)(
    'has every field of a %s',
    (definition) => {
      const start = reference.indexOf('\n## JSON');
      const section = reference.slice(start, reference.indexOf('\n## ', start + 1));
      const missing = Object.keys(schema.$defs[definition].properties).filter(
        (name) => !section.includes(`\`${name}\``),
      );
      expect(missing).toEqual([]);
    },
  );
});

describe('the permissions', () => {
  it('are the policies as they are', () => {
    expect(permissions).toBe(withFiles(permissions, readText));
    expect([...permissions.matchAll(/<!-- (\S+\.json) -->/gu)].map(([, path]) => path)).toEqual([
      'templates/iam/invoke.json',
      'templates/iam/operator.json',
    ]);
  });
});

describe('the output in the README', () => {
  const samples = samplesIn(readme);

  it('is there', () => {
    expect(samples.map(({ words }) => words.join(' '))).toEqual([
      'plan --mock',
      '--mock --yes',
      '--instance-id i-xxxxx',
    ]);
  });

  it.each(samples)('is what the program prints: $words', async ({ words, stream, text }) => {
    await withHome(async (home) => {
      const result = await runCli(words, { home });
      expect(withoutChance(result[stream])).toBe(withoutChance(text));
    });
  });
});

describe("the operator's policy", () => {
  it('allows what the code can ask for, what comes with it, and nothing more', () => {
    const allowed = new Set(operator.Statement.flatMap(({ Action }) => Action));
    // What is made with tags needs leave to tag.
    const tagging = ['iam:TagInstanceProfile', 'ssm:AddTagsToResource'];
    const asked = new Set([...actionsOfTheCode(), 'iam:PassRole', ...tagging]);
    asked.delete('sts:GetCallerIdentity');
    expect([...asked].filter((action) => !allowed.has(action))).toEqual([]);
    expect([...allowed].filter((action) => !asked.has(action))).toEqual([]);
  });
});

describe('the papers', () => {
  const papers = projectFiles().filter((path) => path.endsWith('.md'));

  it.each(papers)('%s links to what is there', (paper) => {
    const links = [...readText(paper).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/gu)].map(
      ([, link = '']) => link,
    );
    expect(links.filter((link) => !existsSync(join(root, dirname(paper), link)))).toEqual([]);
  });

  it('name no npm script that is not there', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Readonly<Record<string, string>> };
    const named = papers.flatMap((paper) =>
      [...readText(paper).matchAll(/npm run ([a-z:]+)/gu)].map(([, name = '']) => `${paper}: ${name}`),
    );
    expect(named.filter((line) => !((line.split(': ')[1] ?? '') in scripts))).toEqual([]);
  });
});
