import path from 'node:path';
import type { EnvironmentLayer } from '../../core/environment/assignment.js';
import { parseEnvironmentFile } from '../../core/environment/environment-file.js';
import type { UnitEnvironment } from '../../core/environment/systemd.js';
import {
  parseManagerEnvironment,
  parseProperties,
  parseUnit,
  parseWords,
  splitWords,
  withoutDropped,
  withoutUnset,
} from '../../core/environment/systemd.js';
import type { Systemctl } from './systemctl.js';
import type { Texts } from './texts.js';
import type { Environment } from '../../ports/environment.js';

/** The gateway's service as systemd has it, or as its files have it where there is no user bus. */
export interface GatewayUnit {
  readonly name: string;
  /** The strongest first: environment files, unit and drop-ins, the user manager. */
  readonly layers: readonly EnvironmentLayer[];
}

/** Name of the gateway's user unit, by OpenClaw's own rules. */
export function unitName(environment: Environment): string {
  const given = environment['OPENCLAW_SYSTEMD_UNIT']?.trim() ?? '';
  if (given !== '') return given.endsWith('.service') ? given : `${given}.service`;
  const profile = environment['OPENCLAW_PROFILE']?.trim() ?? '';
  return profile === '' || profile === 'default'
    ? 'openclaw-gateway.service'
    : `openclaw-gateway-${profile}.service`;
}

interface Places {
  readonly home: string;
  readonly texts: Texts;
}

interface UnitFile extends UnitEnvironment {
  readonly file: string;
}

async function readUnitFiles(
  paths: readonly string[],
  { home, texts }: Places,
): Promise<readonly UnitFile[]> {
  const read = await Promise.all(
    paths.map(async (file): Promise<readonly UnitFile[]> => {
      const text = await texts.read(file);
      return text === null ? [] : [{ file, ...parseUnit(text, home) }];
    }),
  );
  return withoutDropped(read.flat());
}

/** The layers of a unit without the variables that it takes away in the end. */
function unitOf(name: string, units: readonly UnitFile[], layers: readonly EnvironmentLayer[]): GatewayUnit {
  const left = layers.map(({ file, assignments }) => ({
    file,
    assignments: withoutUnset(assignments, units),
  }));
  return { name, layers: left };
}

async function environmentFiles(
  units: readonly UnitFile[],
  texts: Texts,
): Promise<readonly EnvironmentLayer[]> {
  const layers = await Promise.all(
    units.flatMap(({ files }) => files).map(async (file) => ({ file, text: await texts.read(file) })),
  );
  return layers
    .flatMap(({ file, text }) => (text === null ? [] : [{ file, assignments: parseEnvironmentFile(text) }]))
    .toReversed();
}

/** What systemd has loaded, each variable placed in the file that sets it. */
function locate(loaded: string, units: readonly UnitFile[], fragment: string): readonly EnvironmentLayer[] {
  const files = units.toReversed();
  return parseWords(loaded, null).map(({ name, value }) => {
    for (const { file, assignments } of files) {
      const found = assignments.findLast(
        (assignment) => assignment.name === name && assignment.value === value,
      );
      if (found !== undefined) return { file, assignments: [found] };
    }
    return { file: fragment, assignments: [{ name, value, line: null }] };
  });
}

async function managerLayers(
  shown: string | null,
  { home, texts }: Places,
): Promise<readonly EnvironmentLayer[]> {
  const folder = path.join(home, '.config/environment.d');
  const layers = await Promise.all(
    (await texts.configurations(folder)).map(async (file) => ({
      file,
      assignments: parseEnvironmentFile((await texts.read(file)) ?? ''),
    })),
  );
  if (shown === null) return layers.toReversed();
  const loaded = parseManagerEnvironment(shown);
  const placed = loaded.flatMap(({ name, value }) => {
    const layer = layers.findLast(({ assignments }) => assignments.some((one) => one.name === name));
    const line = layer?.assignments.findLast((one) => one.name === name)?.line ?? null;
    return [{ file: layer?.file ?? 'the systemd user manager', assignments: [{ name, value, line }] }];
  });
  return placed;
}

async function fromBus(name: string, systemctl: Systemctl, places: Places): Promise<GatewayUnit | null> {
  const asked = ['LoadState', 'Environment', 'FragmentPath', 'DropInPaths'].flatMap((one) => ['-p', one]);
  const [shown, manager] = await Promise.all([
    systemctl(['show', name, ...asked]),
    systemctl(['show-environment']),
  ]);
  if (shown === null) return null;
  const {
    LoadState: state,
    Environment: loaded = '',
    FragmentPath: fragment = '',
    DropInPaths: dropIns = '',
  } = parseProperties(shown);
  if (state !== 'loaded') return null;
  const units = await readUnitFiles([fragment, ...splitWords(dropIns)], places);
  return unitOf(name, units, [
    ...(await environmentFiles(units, places.texts)),
    ...locate(loaded, units, fragment),
    ...(await managerLayers(manager, places)),
  ]);
}

async function fromFiles(name: string, places: Places): Promise<GatewayUnit | null> {
  const folder = path.join(places.home, '.config/systemd/user');
  const dropIns = await places.texts.configurations(path.join(folder, `${name}.d`));
  const units = await readUnitFiles([path.join(folder, name), ...dropIns], places);
  if (units[0]?.file !== path.join(folder, name)) return null;
  return unitOf(name, units, [
    ...(await environmentFiles(units, places.texts)),
    ...units.toReversed(),
    ...(await managerLayers(null, places)),
  ]);
}

/** The gateway's unit: as systemd has loaded it, else as the files in the user's home say; `null` when there is none. */
export async function readUnit(
  name: string,
  systemctl: Systemctl,
  places: Places,
): Promise<GatewayUnit | null> {
  return (await fromBus(name, systemctl, places)) ?? (await fromFiles(name, places));
}
