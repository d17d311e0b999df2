import { describe, expect, it } from 'vitest';
import { rememberToken } from '../../../src/adapters/metadata/index.js';
import type { MetadataAnswer, MetadataReader } from '../../../src/ports/metadata.js';

interface Scene {
  readonly reader: MetadataReader;
  readonly asked: () => number;
  now: number;
  status: number;
}

function scene(status = 200): Scene {
  let asked = 0;
  const answer = (body: string): MetadataAnswer => ({ kind: 'answer', status: world.status, body });
  const world: Scene = {
    now: 0,
    status,
    asked: () => asked,
    reader: rememberToken(
      {
        endpoint: 'http://169.254.169.254',
        async token() {
          asked += 1;
          return answer(`TOKEN-${asked}`);
        },
        get: async (path) => answer(path),
      },
      { now: () => world.now },
    ),
  };
  return world;
}

describe('a remembered token', () => {
  it('is asked for once, by however many at once', async () => {
    const { reader, asked } = scene();
    const tokens = await Promise.all([reader.token(), reader.token()]);
    expect([...tokens, await reader.token()].map((one) => 'body' in one && one.body)).toEqual([
      'TOKEN-1',
      'TOKEN-1',
      'TOKEN-1',
    ]);
    expect(asked()).toBe(1);
  });

  it('is asked for again after a minute', async () => {
    const world = scene();
    await world.reader.token();
    world.now = 59_999;
    expect(await world.reader.token()).toMatchObject({ body: 'TOKEN-1' });
    world.now = 60_000;
    expect(await world.reader.token()).toMatchObject({ body: 'TOKEN-2' });
  });

  it('is forgotten when the service no longer takes it', async () => {
    const world = scene();
    await world.reader.token();
    world.status = 401;
    await world.reader.get('meta-data/iam/info', 'TOKEN-1');
    world.status = 200;
    expect(await world.reader.token()).toMatchObject({ body: 'TOKEN-2' });
  });

  it('is no refusal', async () => {
    const world = scene(403);
    expect(await world.reader.token()).toMatchObject({ status: 403 });
    world.status = 200;
    expect(await world.reader.token()).toMatchObject({ status: 200, body: 'TOKEN-2' });
  });
});
