import type { Aws } from '../adapters/aws/clients.js';
import type { AwsCall } from '../adapters/aws/log-calls.js';
import type { Settings } from '../core/settings.js';
import { once } from '../core/timing/once.js';
import type { Clock } from '../ports/clock.js';
import type { Environment } from '../ports/environment.js';
import type { Account } from './runtime.js';

/** What the account's ports are made from. */
export interface AccountsOptions {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Told of each call once it is over. */
  readonly onCall?: (call: AwsCall) => void;
}

/** Opens the operator's account, for one region at a time. */
export interface Accounts {
  open(region: string, access: 'read-only' | 'read-write'): Promise<Account>;
  /** Finds the credentials before anybody opens the account. Only for those that need no region, those of the instance's role above all. */
  findCredentials(): Promise<void>;
  /** Closes the connections of all that were opened, and of the look for credentials. */
  close(): void;
}

/** The account's ports with a clock beside them; a client is still built only when it is used. */
function withClock(aws: Aws, clock: Clock): Account {
  return {
    clock,
    get identity() {
      return aws.identity;
    },
    get iam() {
      return aws.iam;
    },
    get ec2() {
      return aws.ec2;
    },
    get rights() {
      return aws.rights;
    },
    bedrock: aws.bedrock,
    modelAccess: aws.modelAccess,
    autoScaling: aws.autoScaling,
    stateManager: aws.stateManager,
    quotas: aws.quotas,
    enrollments: aws.enrollments,
    systemsManager: aws.systemsManager,
  };
}

/** Whose credentials are meant: throws NO_SUCH_PROFILE for a profile that is in neither shared file. */
async function refuseProfile({ settings, environment }: AccountsOptions): Promise<void> {
  const named = settings.profile ?? environment['AWS_PROFILE'] ?? null;
  if (settings.mock || named === null) return;
  const { refuseUnknownProfile } = await import('../adapters/aws/profile-names.js');
  await refuseUnknownProfile(named, environment);
}

/** The operator's account through the SDK. Credentials are found once, however many regions are opened. */
export function makeAccounts(options: AccountsOptions): Accounts {
  const { settings, clock, onCall } = options;
  const { profile } = settings;
  const closing: (() => void)[] = [];
  let closed = false;
  const atClose = (close: () => void): void => {
    if (closed) close();
    else closing.push(close);
  };
  const chain = once(async () => {
    const [{ operatorCredentials }] = await Promise.all([
      import('../adapters/aws/credentials.js'),
      refuseProfile(options),
    ]);
    const found = operatorCredentials(profile, options.environment);
    atClose(() => found.close());
    return found.provider;
  });
  return {
    async open(region, access) {
      const [{ connectAws }, credentials] = await Promise.all([
        import('../adapters/aws/clients.js'),
        chain(),
      ]);
      const told = onCall === undefined ? {} : { onCall };
      const readOnly = access === 'read-only';
      const proxies = options.environment;
      const aws = connectAws({ region, credentials, profile, readOnly, proxies, ...told });
      atClose(() => aws.close());
      return withClock(aws, clock);
    },
    async findCredentials() {
      const find = await chain();
      if (!closed) await find();
    },
    close: () => {
      closed = true;
      for (const close of closing) close();
    },
  };
}
