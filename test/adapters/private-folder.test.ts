import { describe, expect, it } from 'vitest';
import { runCli, withHome } from '../support/cli.js';

describe('a temporary folder', () => {
  it('that cannot be made is told with its path, before anything else', () =>
    withHome(async (home) => {
      const { exitCode, stderr } = await runCli(['--mock', '--yes'], {
        home,
        variables: { TMPDIR: '/nonexistent' },
      });
      expect(exitCode).toBe(1);
      expect(stderr).toContain(
        'error NO_TEMPORARY_FOLDER: no temporary folder can be made in /nonexistent: ENOENT',
      );
    }));
});
