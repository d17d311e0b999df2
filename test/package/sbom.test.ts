import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import config from '../../rolldown.config.js';
import { leftOut, replaced } from '../../scripts/bundle/left-out.js';

const component = z.object({
  group: z.string().optional(),
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  hashes: z.array(z.object({ alg: z.literal('SHA-512'), content: z.string() })).length(1),
});
const project = join(import.meta.dirname, '../..');
const standIns = new Set([...leftOut, ...Object.keys(replaced)]);
let folder: string;
let bill: string;
let components: readonly z.infer<typeof component>[];
/** The files that some of the bundle's code comes from, by its source maps. */
let origins: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbom-'));
  const [written] = [config.output].flat();
  const output = { ...written, dir: folder, sourcemap: true };
  const built = await build({ ...config, output, logLevel: 'silent' });
  origins = built.output.flatMap((part) => (part.type === 'chunk' ? (part.map?.sources ?? []) : []));
  bill = await readFile(join(folder, 'sbom.cdx.json'), 'utf8');
  components = z.object({ components: z.array(component) }).parse(JSON.parse(bill)).components;
}, 120_000);

afterAll(async () => rm(folder, { recursive: true, force: true }));

function nameOf({ group, name }: z.infer<typeof component>): string {
  return group === undefined ? name : `${group}/${name}`;
}

/** The packages of those files, but for files that only stand in for them. */
function packagesInCode(): readonly string[] {
  const names = origins.flatMap((origin) => {
    const name = origin.split('node_modules/').at(-1) ?? '';
    return !origin.includes('node_modules/') || standIns.has(name)
      ? []
      : (/^(?:@[^/]+\/)?[^/]+/u.exec(name)?.[0] ?? []);
  });
  return [...new Set(names)].sort();
}

describe('the bill of materials', () => {
  it('is what CycloneDX 1.6 says', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(bill)).toBeNull();
    expect(await validator.validate(bill.replace('"library"', '"bookshelf"'))).not.toBeNull();
  });

  it('names the packages whose code is in the bundle, and no other', () => {
    const inCode = packagesInCode();
    expect(inCode).toContain('@smithy/core');
    expect(components.map(nameOf).toSorted()).toEqual(inCode);
  });

  it('names the versions that are installed, with the checksums of the lock file', async () => {
    const lock = await readFile(join(project, 'package-lock.json'), 'utf8');
    for (const one of components) {
      const installed = await readFile(join(project, 'node_modules', nameOf(one), 'package.json'), 'utf8');
      expect(JSON.parse(installed)).toMatchObject({ version: one.version });
      expect(decodeURIComponent(one.purl)).toBe(`pkg:npm/${nameOf(one)}@${one.version}`);
      expect(lock).toContain(`sha512-${Buffer.from(one.hashes[0]?.content ?? '', 'hex').toString('base64')}`);
    }
  });

  it('names the same packages as the licences', async () => {
    const licenses = await readFile(join(folder, 'third-party-licenses.txt'), 'utf8');
    const titles = licenses.matchAll(/^(@?[\w./-]+) (\d+\.\d+\.\d+) \(/gmu);
    const named = [...titles].map(([, name, version]) => `${name} ${version}`);
    expect(named.sort()).toEqual(components.map((one) => `${nameOf(one)} ${one.version}`).sort());
  });
});
