import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { systemClock } from '../../src/adapters/clock.js';
import { connectAccount, emptyAccount, isolateAws, outsideClients } from './account.js';
import { startMoto } from './moto.js';
import type { RecordingProxy } from './recording-proxy.js';
import { startRecordingProxy } from './recording-proxy.js';

/** An account on an independent implementation of AWS, and an instance in it. */
export interface MotoStage {
  /** Where it is reached without passing the proxy. */
  readonly url: string;
  /** In front of `account`; nothing else passes it. */
  readonly proxy: RecordingProxy;
  readonly account: ReturnType<typeof connectAccount>;
  readonly outside: ReturnType<typeof outsideClients>;
  readonly instanceId: string;
  stop(): Promise<void>;
}

/** Launches an instance and says its id. */
export async function launchInstance({ ec2 }: MotoStage['outside']): Promise<string> {
  const input = { ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 };
  const { Instances: [instance] = [] } = await ec2.send(new RunInstancesCommand(input));
  return instance?.InstanceId ?? '';
}

/** Starts moto and leads the SDK clients of this process to it, until `stop`. */
export async function openMotoStage(): Promise<MotoStage> {
  const moto = await startMoto();
  const proxy = await startRecordingProxy(moto.url);
  isolateAws(proxy.url);
  const account = connectAccount(systemClock);
  const outside = outsideClients(moto.url);
  return {
    url: moto.url,
    proxy,
    account,
    outside,
    instanceId: await launchInstance(outside),
    async stop() {
      account.close();
      await proxy.stop();
      await moto.stop();
      vi.unstubAllEnvs();
    },
  };
}

/** The stage of the tests of a `describe`, opened before the first and with an empty account before each. For use in tests, not beside them. */
export function useMotoStage(): Omit<MotoStage, 'stop'> {
  let opened: MotoStage;
  beforeAll(async () => {
    opened = await openMotoStage();
  });
  afterAll(async () => opened.stop());
  beforeEach(async () => emptyAccount(opened.outside));
  return {
    get url() {
      return opened.url;
    },
    get proxy() {
      return opened.proxy;
    },
    get account() {
      return opened.account;
    },
    get outside() {
      return opened.outside;
    },
    get instanceId() {
      return opened.instanceId;
    },
  };
}
