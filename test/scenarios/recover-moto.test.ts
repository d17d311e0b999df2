import { AssociateIamInstanceProfileCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/adapters/clock.js';
import { ec2TrustPolicy } from '../../src/core/policy/policy-document.js';
import { connectAccount, emptyAccount, isolateAws, outsideClients, snapshot } from '../support/account.js';
import { setUpCloud } from '../support/cloud.js';
import type { Moto } from '../support/moto.js';
import { startMoto } from '../support/moto.js';
import { undoWithout } from '../support/recovered.js';
import { commandRequirement } from '../support/requirements.js';

const present = await commandRequirement('moto_server');

describe.skipIf(!present)('undo without a receipt on an independent implementation of AWS', () => {
  let moto: Moto;
  let account: ReturnType<typeof connectAccount>;
  let outside: ReturnType<typeof outsideClients>;
  let instanceId: string;

  beforeAll(async () => {
    moto = await startMoto();
    isolateAws(moto.url);
    account = connectAccount(systemClock);
    outside = outsideClients(moto.url);
  });

  afterAll(async () => {
    account.close();
    await moto.stop();
    vi.unstubAllEnvs();
  });

  beforeEach(async () => {
    await emptyAccount(outside);
    const input = { ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 };
    const { Instances: [instance] = [] } = await outside.ec2.send(new RunInstancesCommand(input));
    instanceId = instance?.InstanceId ?? '';
  });

  it('brings back an account in which there was nothing', async () => {
    const before = await snapshot(outside);
    expect((await setUpCloud({ account, instanceId, region: 'us-east-1' })).errors).toEqual([]);
    expect((await undoWithout(account, instanceId)).codes).toEqual([]);
    expect(await snapshot(outside)).toEqual(before);
  });

  it('brings back the profile that was replaced', async () => {
    const InstanceProfileName = 'web-server';
    const AssumeRolePolicyDocument = JSON.stringify(ec2TrustPolicy);
    const { iam, ec2 } = outside;
    await iam.send(new CreateRoleCommand({ RoleName: 'web-server', AssumeRolePolicyDocument }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: 'web-server' }));
    const IamInstanceProfile = { Name: InstanceProfileName };
    await ec2.send(new AssociateIamInstanceProfileCommand({ InstanceId: instanceId, IamInstanceProfile }));
    const before = await snapshot(outside);
    const settings = { replaceProfile: true };
    expect((await setUpCloud({ account, instanceId, region: 'us-east-1', settings })).errors).toEqual([]);
    expect((await undoWithout(account, instanceId)).codes).toEqual([]);
    expect(await snapshot(outside)).toEqual(before);
  });
});
