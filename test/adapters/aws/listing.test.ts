import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { listInstances } from '../../../src/adapters/aws/ec2-listing.js';
import { profileNames } from '../../../src/adapters/aws/profile-names.js';
import { defaultWorld } from '../../../src/mock-aws/index.js';
import { operatorClient, withMockAws } from '../../support/mock-aws.js';

test('instances are listed over all pages, those that are gone left out', async () => {
  const instances = Array.from({ length: 2300 }, (_, index) => ({
    instanceId: `i-${index.toString(16).padStart(17, '0')}`,
    name: `server ${index}`,
    state: index === 5 ? ('terminated' as const) : ('running' as const),
  }));
  await withMockAws({ world: { ...defaultWorld(), instances } }, async (mock) => {
    const client = new EC2Client(operatorClient(mock));
    const listed = await listInstances(client);
    client.destroy();
    expect(listed).toHaveLength(2299);
    expect(new Set(listed.map(({ id }) => id)).size).toBe(2299);
    expect(listed.some(({ name }) => name === 'server 5')).toBe(false);
    expect(mock.calls.filter(({ operation }) => operation === 'DescribeInstances')).toHaveLength(3);
  });
});

test('the profiles of the shared files are found, default first, sections of other kinds left out', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'profile-names-'));
  const config = path.join(folder, 'config');
  const credentials = path.join(folder, 'credentials');
  await writeFile(
    config,
    '[profile zeta]\nregion = us-east-1\n[sso-session corp]\n[default]\n[profile "with space"]\n',
  );
  await writeFile(credentials, '[default]\naws_access_key_id = x\n[alpha]\n# [commented]\n');
  const names = await profileNames({ AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials });
  expect(names).toEqual(['default', 'alpha', 'with space', 'zeta']);
  expect(await profileNames({ HOME: folder })).toEqual([]);
  await rm(folder, { recursive: true });
});
