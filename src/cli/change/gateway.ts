import type { HostWriter } from '../../ports/host.js';
import type { Runtime } from '../runtime.js';

async function mayRestart(runtime: Runtime, units: readonly string[]): Promise<boolean> {
  const { settings, prompt } = runtime;
  if (settings.restartGateway !== null) return settings.restartGateway;
  if (settings.yes) return true;
  if (!prompt.interactive) return false;
  return prompt.confirm({
    message: `Restart ${units.join(', ')}, so that it sees the change?`,
    initial: true,
    flag: '--restart-gateway',
  });
}

/** Restarts the running gateways once, if the user agrees; says what is left to the user where not, or where systemd runs none. */
export async function restartGateways(runtime: Runtime, host: HostWriter): Promise<void> {
  const units = await host.openclaw.runningGateways();
  if (units.length === 0) {
    runtime.progress.note(
      '  no gateway runs as a systemd service of this user; one that runs otherwise sees the change when you restart it',
    );
    return;
  }
  if (!(await mayRestart(runtime, units))) {
    runtime.progress.warn(
      `the running gateway does not see the change until it is restarted: systemctl --user restart ${units.join(' ')}`,
    );
    return;
  }
  for (const unit of units) {
    const line = runtime.progress.begin('gateway');
    await host.openclaw.restartGateway(unit);
    line.done('~', `${unit}  restarted`);
  }
}
