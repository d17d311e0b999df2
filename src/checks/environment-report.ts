import type { CredentialSource } from '../core/environment/credential-source.js';
import { describeOpenClawOrder } from '../core/environment/credential-source.js';
import { displayPath } from '../core/text/display-path.js';
import type { GatewayEnvironment, VariableSource } from '../ports/gateway-environment.js';
import type { CheckContext } from './context.js';

/** `~/.aws/credentials:3`. */
export function placeOf(source: VariableSource, { variables }: GatewayEnvironment): string {
  return `${displayPath(source.file, variables['HOME'])}${source.line === null ? '' : `:${source.line}`}`;
}

function sourceLine(source: VariableSource, environment: GatewayEnvironment): string {
  const value = source.shown === null ? ' is set' : `=${source.shown}`;
  return `${source.name}${value} from ${placeOf(source, environment)}`;
}

/** Variables that decide about credentials and region, and that the invoking shell has otherwise than the gateway. */
function differences(context: CheckContext, environment: GatewayEnvironment): readonly string[] {
  const { callerEnvironment } = context;
  const names = [...Object.keys(callerEnvironment), ...Object.keys(environment.variables)];
  const telling = [...new Set(names)].filter(
    (name) => /^AWS_(?!SDK_JS_)/u.test(name) && callerEnvironment[name] !== environment.variables[name],
  );
  return telling.sort().map((name) => {
    const [here, there] = [callerEnvironment[name] !== undefined, environment.variables[name] !== undefined];
    if (here && there) return `${name} differs between this shell and the gateway`;
    return here
      ? `${name} is set in this shell, not for the gateway`
      : `${name} is set for the gateway, not in this shell`;
  });
}

/** All that is known about where the gateway's credentials and region come from, one thing a line. */
export function environmentDetail(
  context: CheckContext,
  environment: GatewayEnvironment,
  chain: readonly CredentialSource[],
): string {
  const { unit, sources, overridden, shellProfiles } = environment;
  return [
    unit === null ? 'no systemd user unit of the gateway was found' : `unit ${unit}`,
    ...sources.map((source) => sourceLine(source, environment)),
    ...overridden.map((source) => `${sourceLine(source, environment)}, overridden`),
    ...shellProfiles.map((source) => `${sourceLine(source, environment)}, which the gateway never reads`),
    `OpenClaw takes: ${describeOpenClawOrder(environment)}`,
    `the AWS SDK takes: ${chain.map(({ kind }, index) => (index === 0 ? `[${kind}]` : kind)).join(' > ')}`,
    ...differences(context, environment),
  ].join('\n');
}
