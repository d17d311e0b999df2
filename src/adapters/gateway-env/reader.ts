import path from 'node:path';
import type { EnvironmentLayer } from '../../core/environment/assignment.js';
import { credentialNames } from '../../core/environment/credential-names.js';
import { parseDotenv } from '../../core/environment/dotenv.js';
import { mergeLayers } from '../../core/environment/merge.js';
import { parseShellProfile } from '../../core/environment/shell-profile.js';
import { shownValue } from '../../core/environment/shown.js';
import type {
  GatewayEnvironment,
  GatewayEnvironmentReader,
  VariableSource,
} from '../../ports/gateway-environment.js';
import type { Environment } from '../../ports/environment.js';
import type { HostReader, HostUser } from '../../ports/host.js';
import { openClawPaths } from '../host/openclaw-paths.js';
import { readAwsProfile } from './aws-profile.js';
import { openClawLayers } from './open-claw-layers.js';
import type { Systemctl } from './systemctl.js';
import type { Texts } from './texts.js';
import { textsOf } from './texts.js';
import { readUnit, unitName } from './unit.js';

/** What putting the gateway's environment together needs. */
export interface GatewayEnvironmentOptions {
  readonly host: Pick<HostReader, 'user' | 'environment' | 'openclaw'> & {
    readonly files: Pick<HostReader['files'], 'read' | 'list'>;
  };
  readonly systemctl: Systemctl;
  /** Variables that win over all others, e.g. the endpoints of a rehearsal. */
  readonly extra?: Readonly<Record<string, string>>;
}

const shellFiles = [
  '.bashrc',
  '.bash_profile',
  '.bash_login',
  '.profile',
  '.zshenv',
  '.zprofile',
  '.zshrc',
  '.zlogin',
  '.config/fish/config.fish',
];

/** What a service has when nothing sets anything. */
function minimalLayer({ home, name }: HostUser): EnvironmentLayer {
  const variables = { HOME: home, USER: name, LOGNAME: name, PATH: '/usr/local/bin:/usr/bin:/bin' };
  return layerOf('the system', variables);
}

function layerOf(file: string, variables: Readonly<Record<string, string>>): EnvironmentLayer {
  const assignments = Object.entries(variables).map(([name, value]) => ({ name, value, line: null }));
  return { file, assignments };
}

async function readShellProfiles(home: string, texts: Texts): Promise<readonly VariableSource[]> {
  const found = await Promise.all(
    shellFiles.map(async (name) => {
      const file = path.join(home, name);
      const assignments = parseShellProfile((await texts.read(file)) ?? '');
      return assignments.map(({ name, value, line }) => ({
        name,
        file,
        line,
        shown: shownValue(name, value),
      }));
    }),
  );
  return found.flat();
}

/** Who may read the `.env`, and what of it nobody else should. */
async function readEnvFile(
  file: string,
  files: GatewayEnvironmentOptions['host']['files'],
): Promise<Pick<GatewayEnvironment, 'envFileMode' | 'envFileCredentials'>> {
  const state = await files.read(file).catch(() => null);
  if (state === null) return { envFileMode: null, envFileCredentials: [] };
  const assignments = parseDotenv(new TextDecoder().decode(state.bytes));
  return { envFileMode: state.mode, envFileCredentials: credentialNames(assignments) };
}

/** The folder in which the gateway's unit has it keep its things, where that is not the one that OpenClaw has here. */
function elsewhere(
  variables: Environment | null,
  user: HostUser,
  here: ReturnType<typeof openClawPaths>,
): Pick<GatewayEnvironment, 'otherFolder'> {
  if (variables === null) return {};
  const there = openClawPaths(variables, { ...user, home: variables['HOME'] ?? user.home });
  if (there.stateFolder !== here.stateFolder) return { otherFolder: there.stateFolder };
  return there.configPath === here.configPath ? {} : { otherFolder: path.dirname(there.configPath) };
}

/**
 * Reads what the gateway's service sees: its systemd user unit with drop-ins and environment files (through the user bus,
 * or from the files where there is none), then what OpenClaw itself adds, each weaker than what stands before it.
 */
export function createGatewayEnvironmentReader(options: GatewayEnvironmentOptions): GatewayEnvironmentReader {
  const { host, systemctl, extra = {} } = options;
  const { user, environment, openclaw } = host;
  const texts = textsOf(host.files);
  return {
    async read() {
      const [unit, installation, shellProfiles] = await Promise.all([
        readUnit(unitName(environment), systemctl, { home: user.home, texts }),
        openclaw.installation(),
        readShellProfiles(user.home, texts),
      ]);
      const stateFolder = installation?.stateFolder ?? path.join(user.home, '.openclaw');
      const configPath = installation?.configPath ?? path.join(stateFolder, 'openclaw.json');
      const envFile = path.join(stateFolder, '.env');
      const [own, kept] = await Promise.all([
        openClawLayers({ openclaw, home: user.home, stateFolder, configPath, texts }),
        readEnvFile(envFile, host.files),
      ]);
      const merged = mergeLayers([
        layerOf('the environment of this command', extra),
        ...(unit?.layers ?? []),
        minimalLayer(user),
        ...own,
      ]);
      return {
        ...merged,
        unit: unit?.name ?? null,
        envFile,
        ...elsewhere(unit === null ? null : merged.variables, user, { stateFolder, configPath }),
        ...kept,
        shellProfiles,
        profile: await readAwsProfile(merged.variables, user.home, texts),
      };
    },
  };
}
