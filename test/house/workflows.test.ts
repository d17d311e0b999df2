import { describe, expect, it } from 'vitest';
import { readText } from './source.js';
import { weaknesses, workflows, writers } from './workflows.js';

const all = workflows();

describe('the workflows', () => {
  it.each([...all.keys()])('%s limit their rights and pin what they use', (file) => {
    const workflow = all.get(file);
    expect(workflow).toBeDefined();
    expect(workflow === undefined ? [] : weaknesses(workflow)).toEqual([]);
  });

  it('write in one job each: one publishes, one attaches, and neither runs code of this repository', () => {
    const release = all.get('release.yml');
    if (release === undefined) throw new Error('there is no release.yml');
    expect(writers(release)).toEqual({ publish: ['id-token'], attach: ['contents'] });
    expect(release.jobs['publish']?.environment).toBe('npm');
    const publishing = release.jobs['publish']?.steps.filter(({ run }) => run?.includes('npm publish'));
    expect(publishing?.map(({ run }) => run)).toEqual([
      expect.stringMatching(/ --provenance .*--ignore-scripts$/u),
    ]);
    expect(readText('.github/workflows/release.yml')).not.toMatch(/secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN/u);
    const used = ['publish', 'attach'].flatMap((job) => release.jobs[job]?.steps ?? []);
    expect(used.filter(({ uses }) => uses?.startsWith('actions/checkout@'))).toEqual([]);
    expect(used.filter(({ run }) => /npm (?:ci|install|run|test)\b/u.test(run ?? ''))).toEqual([]);
    const others = [...all].filter(([file]) => file !== 'release.yml').map(([, workflow]) => workflow);
    expect(others.map(writers)).toEqual(others.map(() => ({})));
  });
});

describe('the reader of workflows', () => {
  it('sees what is weak', () => {
    const steps = [
      { uses: 'actions/checkout@v4' },
      { uses: 'someone/action@main' },
      { run: 'echo ${{ github.event.issue.title }}' },
    ];
    const weak = { on: { pull_request_target: null }, jobs: { test: { steps } } };
    expect(weaknesses(weak)).toEqual([
      'no permissions for the workflow',
      'pull_request_target',
      'actions/checkout@v4',
      'someone/action@main',
      'echo ${{ github.event.issue.title }}',
    ]);
    expect(weaknesses({ on: { push: null }, permissions: 'write-all', jobs: {} })).toEqual([
      'write-all for every job',
    ]);
  });
});
