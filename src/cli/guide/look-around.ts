import { arnName } from '../../core/policy/arn.js';
import type { HostReader } from '../../ports/host.js';
import type { MetadataReader } from '../../ports/metadata.js';
import type { Here, Runtime } from '../runtime.js';
import type { Situation } from './situation.js';

/** The instance profile that the instance's metadata names, or `null`. */
export async function metadataProfile(metadata: MetadataReader): Promise<string | null> {
  const token = await metadata.token();
  if (token.kind !== 'answer' || token.status !== 200) return null;
  const info = await metadata.get('meta-data/iam/info', token.body);
  if (info.kind !== 'answer' || info.status !== 200) return null;
  const arn = /"InstanceProfileArn"\s*:\s*"([^"]+)"/u.exec(info.body)?.[1];
  return arn === undefined ? null : arnName(arn);
}

async function primaryModel({ openclaw }: HostReader): Promise<string | null> {
  const { primaryOf } = await import('../../core/openclaw/config.js');
  try {
    return primaryOf(await openclaw.readConfig());
  } catch {
    return null;
  }
}

/** Looks at this instance and its user, changing nothing. */
export async function lookAround(runtime: Runtime, here: Here): Promise<Situation> {
  const [host, { runsContainers }] = await Promise.all([
    runtime.host(),
    import('../../adapters/metadata/index.js'),
  ]);
  const { environment } = runtime;
  const [machine, containers, profile, installation, gateways, model] = await Promise.all([
    runtime.machine(),
    runsContainers({ environment }),
    metadataProfile(runtime.metadata),
    host.openclaw.installation(),
    host.openclaw.runningGateways(),
    primaryModel(host),
  ]);
  return {
    here,
    container: machine.container,
    runsContainers: containers,
    profile,
    user: host.user.name,
    shell: host.user.shell,
    openclaw: installation?.version ?? null,
    gateways,
    model,
  };
}
