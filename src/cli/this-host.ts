import type { Settings } from '../core/settings.js';
import { once } from '../core/timing/once.js';
import type { Environment } from '../ports/environment.js';
import type { GatewayStandIn } from '../ports/gateway-probe.js';
import type { ReceiptStore } from '../ports/receipts.js';
import type { Ending } from './ending.js';
import type { Runtime } from './runtime.js';

/** What the host's ports are made from. */
export interface ThisHostOptions {
  readonly settings: Settings;
  readonly environment: Environment;
  /** The script of this process. */
  readonly entry: string;
  readonly ending: Ending;
  /** What the stand-in of the gateway goes through. */
  readonly watch: (standIn: GatewayStandIn) => GatewayStandIn;
}

/** The host that this runs on, as OpenClaw's user has it; each part is made when it is first asked for. */
export function makeThisHost({
  settings,
  environment,
  entry,
  ending,
  watch,
}: ThisHostOptions): Pick<Runtime, 'host' | 'store' | 'receipt' | 'lock' | 'standIn'> {
  // From afar it is a user of those hosts, not of this one.
  const openclawUser = settings.host === 'ssm' ? null : settings.openclawUser;
  const user = once(async () => {
    const { findUser } = await import('../adapters/host/user.js');
    return findUser({ environment, openclawUser });
  });
  const receipts = async (): Promise<string> => {
    const { receiptFolder } = await import('../adapters/receipt-files.js');
    return receiptFolder(environment, (await user()).home);
  };
  const takeLock = async (): Promise<() => Promise<void>> => {
    const { takeRunLock } = await import('../adapters/run-lock.js');
    return takeRunLock(await receipts(), await user());
  };
  let written: string | null = null;
  return {
    receipt: () => (settings.mock ? null : written),
    host: once(async () => {
      const [{ createHost }, whose] = await Promise.all([import('../adapters/host/index.js'), user()]);
      return createHost({ environment, user: whose });
    }),
    store: once(async (): Promise<ReceiptStore> => {
      const { receiptFiles } = await import('../adapters/receipt-files.js');
      const store = receiptFiles(await receipts(), await user());
      return {
        ...store,
        async write(name, text) {
          await store.write(name, text);
          written = store.path(name);
        },
      };
    }),
    lock: once(async () => {
      const taking = takeLock();
      // A signal may come while the lock is being taken: whoever cleans up then waits for it first.
      ending.after(async () => (await taking.catch(() => async () => undefined))());
      await taking;
    }),
    async standIn(variables) {
      const { startStandIn, probeCommand } = await import('../adapters/probe/index.js');
      const { uid, gid } = await user();
      const foreign = process.getuid?.() === 0 && uid !== 0 ? { user: { uid, gid } } : {};
      // It is begun early: what has ended meanwhile must not be kept waiting by a process that nobody ends.
      if (ending.begun) throw new Error('the run has ended');
      const standIn = startStandIn({ command: probeCommand(entry), variables, ...foreign });
      ending.before(async () => standIn.close());
      return watch(standIn);
    },
  };
}
