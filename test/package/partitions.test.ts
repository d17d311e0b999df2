import { expect, it } from 'vitest';
import { cut } from '../../scripts/bundle/left-out.js';

interface Partition {
  readonly id: string;
  readonly regionRegex: string;
  readonly regions: Readonly<Record<string, unknown>>;
}

it('of each region the SDK knows is told by the name alone, so that the list of regions can be left out', async () => {
  const [file = ''] = Object.keys(cut);
  const folder = new URL('../../node_modules/', import.meta.url);
  const { partitionsInfo } = (await import(new URL(file, folder).href)) as {
    readonly partitionsInfo: { readonly partitions: readonly Partition[] };
  };
  const { partitions } = partitionsInfo;
  const wrong = partitions.flatMap(({ id, regions }) =>
    Object.keys(regions).filter(
      (region) =>
        !region.endsWith('-global') &&
        partitions.find(({ regionRegex }) => new RegExp(regionRegex).test(region))?.id !== id,
    ),
  );
  expect(partitions.length).toBeGreaterThan(5);
  expect(wrong).toEqual([]);
});
