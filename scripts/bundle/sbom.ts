import { readFileSync } from 'node:fs';
import type { Plugin } from 'rolldown';
import { bundledFolders } from './packages.js';

/** What the lock file says of a package. */
interface Locked {
  readonly version: string;
  readonly license: string;
  /** The checksum of its tarball, as in `sha512-…`. */
  readonly integrity: string;
}

type LockFile = Readonly<Record<string, Partial<Locked> | undefined>>;

/** A package URL (https://github.com/package-url/purl-spec), in which only the scope's `@` has to be escaped. */
function packageUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/u, '%40')}@${version}`;
}

/** A package's entry in the lock file, whose keys are paths from the project's folder. */
function entryFor(folder: string, lock: LockFile): Locked & { readonly name: string } {
  const keys = [...folder.matchAll(/node_modules\//gu)].map(({ index }) => folder.slice(index));
  const key = keys.find((one) => lock[one] !== undefined);
  const { version, license, integrity } = lock[key ?? ''] ?? {};
  if (key === undefined || version === undefined || license === undefined || integrity === undefined) {
    throw new Error(`${folder} is bundled, and the lock file does not say its version, licence and checksum`);
  }
  return { name: key.split('node_modules/').at(-1) ?? '', version, license, integrity };
}

function component(folder: string, lock: LockFile): object {
  const { name, version, license, integrity } = entryFor(folder, lock);
  const [group, own] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const [algorithm = '', checksum = ''] = integrity.split('-');
  if (algorithm !== 'sha512') throw new Error(`${name} has a checksum of another kind: ${algorithm}`);
  const purl = packageUrl(name, version);
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group === undefined ? {} : { group }),
    name: own,
    version,
    hashes: [{ alg: 'SHA-512', content: Buffer.from(checksum, 'base64').toString('hex') }],
    licenses: [/[ (]/u.test(license) ? { expression: license } : { license: { id: license } }],
    purl,
  };
}

/** The bill in the format of CycloneDX 1.6. No time and no serial number: the same program gives the same bill. */
function bill(folders: readonly string[], project: string): object {
  const read = (file: string): unknown => JSON.parse(readFileSync(`${project}/${file}`, 'utf8'));
  const { name, version, license } = read('package.json') as Readonly<Record<string, string>>;
  const { packages } = read('package-lock.json') as { readonly packages: LockFile };
  const purl = packageUrl(name ?? '', version ?? '');
  const licenses = [{ license: { id: license } }];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': purl, name, version, licenses, purl } },
    components: folders.map((folder) => component(folder, packages)),
    compositions: [{ aggregate: 'complete', assemblies: [purl] }],
  };
}

/**
 * Writes `sbom.cdx.json` beside the bundle: every package whose code is in it, with its version and licence and the checksum of
 * its tarball, as the lock file has them. It is published with the release, not in the package.
 */
export function sbom(project: string): Plugin {
  return {
    name: 'sbom',
    generateBundle(_options, bundle) {
      const source = `${JSON.stringify(bill(bundledFolders(bundle), project))}\n`;
      this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source });
    },
  };
}
