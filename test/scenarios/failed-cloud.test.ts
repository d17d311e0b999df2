import { expect, it } from 'vitest';
import { bareInstance, openExposed } from '../support/exposed.js';

it('neither waits for nor proves what could not be made', async () => {
  const { mock, run, stop } = await openExposed({});
  try {
    const kind = { code: 'Strange', message: 'it says', status: 400 };
    mock.settings.faults.push({ operation: 'CreateRole', kind });
    const started = Date.now();
    const { exitCode, stdout, stderr } = await run(['setup', '--instance-id', bareInstance, '--yes']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error UNKNOWN: strange (HTTP 400): it says');
    expect(stdout).not.toContain('metadata-profile');
    expect(stdout).toContain('Not everything is in place yet.');
    // A role that is on its way is waited for two minutes.
    expect(Date.now() - started).toBeLessThan(20_000);
  } finally {
    await stop();
  }
});
