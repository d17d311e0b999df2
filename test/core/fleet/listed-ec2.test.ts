import { describe, expect, it } from 'vitest';
import { listedEc2 } from '../../../src/core/fleet/listed-ec2.js';
import { chunks } from '../../../src/core/fleet/pool.js';
import type { Association } from '../../../src/ports/ec2.js';
import { steppingClock } from '../../support/memory.js';
import { plainAccount, plainInstance, profileArn } from '../../support/plain-account.js';

const held = (instanceId: string, name: string): Association => ({
  id: `assoc-${instanceId}`,
  instanceId,
  profileArn: profileArn(name),
  profileId: null,
  state: 'associated',
  since: null,
});

/** A listing in which two instances are, of which one has a profile; EC2 itself knows a third and other profiles. */
function stage() {
  const { state, ports } = plainAccount();
  for (const id of ['i-1', 'i-2', 'i-3']) state.instances.set(id, plainInstance(id, { name: 'of EC2' }));
  state.links.set('i-1', 'of EC2').set('i-2', 'of EC2').set('i-3', 'of EC2');
  const clock = steppingClock();
  const listing = {
    instances: [plainInstance('i-1'), plainInstance('i-2')],
    associations: [held('i-1', 'listed')],
  };
  const ec2 = listedEc2(ports.ec2, listing, clock);
  const profileOf = async (id: string) => (await ec2.describeAssociation(id))?.profileArn ?? null;
  return { ec2, state, clock, profileOf };
}

const ofEc2 = profileArn('of EC2');

describe('EC2 that answers out of a listing', () => {
  it('asks about what is not in it', async () => {
    const { ec2, profileOf } = stage();
    expect((await ec2.describeInstance('i-1'))?.name).toBeNull();
    expect((await ec2.describeInstance('i-3'))?.name).toBe('of EC2');
    expect(await Promise.all(['i-1', 'i-2', 'i-3'].map(profileOf))).toEqual([
      profileArn('listed'),
      null,
      ofEc2,
    ]);
    expect(await ec2.findProfileUsers(ofEc2)).toEqual(['i-1', 'i-2', 'i-3']);
    expect(await ec2.findRegions('i-1')).toEqual([]);
  });

  it('asks about what was changed', async () => {
    const { ec2, state, profileOf } = stage();
    await ec2.associateProfile('i-2', profileArn('new'));
    expect(await profileOf('i-2')).toBe(profileArn('new'));
    await ec2.replaceAssociation('assoc-i-1', profileArn('other'));
    expect(await profileOf('i-1')).toBe(profileArn('other'));
    const second = stage();
    await second.ec2.disassociateProfile('assoc-i-1');
    expect(await second.profileOf('i-1')).toBeNull();
    await second.ec2.disassociateProfile('assoc-i-9');
    await ec2.modifyMetadataOptions('i-1', { hopLimit: 2 });
    expect(state.calls.at(-1)).toBe('modifyMetadataOptions i-1 {"hopLimit":2}');
  });

  it.each([
    ['associateProfile', 100, (ec2: ReturnType<typeof stage>['ec2']) => ec2.associateProfile('i-1', ofEc2)],
    [
      'disassociateProfile',
      100,
      (ec2: ReturnType<typeof stage>['ec2']) => ec2.disassociateProfile('assoc-i-1'),
    ],
    [
      'replaceAssociation',
      50,
      (ec2: ReturnType<typeof stage>['ec2']) => ec2.replaceAssociation('assoc-i-1', ofEc2),
    ],
    [
      'modifyMetadataOptions',
      100,
      (ec2: ReturnType<typeof stage>['ec2']) => ec2.modifyMetadataOptions('i-1', {}),
    ],
  ] as const)('sends %s no faster than EC2 lets it through: %i at once', async (_name, burst, send) => {
    const { ec2, clock } = stage();
    for (let count = 0; count < burst; count += 1) await send(ec2);
    expect(clock.slept).toEqual([]);
    await send(ec2);
    expect(clock.slept.length).toBeGreaterThan(0);
  });
});

it.each([
  [0, []],
  [1, [1]],
  [50, [50]],
  [51, [50, 1]],
  [150, [50, 50, 50]],
])('a list of %i in parts of at most 50', (length, parts) => {
  const items = Array.from({ length }, (_, index) => index);
  const found = chunks(items, 50);
  expect(found.map((part) => part.length)).toEqual(parts);
  expect(found.flat()).toEqual(items);
});
