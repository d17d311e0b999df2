/** A place where a variable or a setting stands. */
export interface VariableSource {
  readonly name: string;
  /** Absolute path, or what else it is: `the systemd user manager`. */
  readonly file: string;
  /** From 1; `null` where the source has no lines. */
  readonly line: number | null;
  /** The value where it is no secret (`AWS_PROFILE`, a region, an endpoint), else `null`. */
  readonly shown: string | null;
}

/** What the shared AWS config says about the profile that the gateway uses. */
export interface AwsProfile {
  readonly name: string;
  /** Whether AWS_PROFILE names it, or it is the one without a name. */
  readonly named: boolean;
  /** Whether the config file, which the AWS CLI insists on, has its section. */
  readonly inConfig: boolean;
  /** Its settings in both files; where both have one, that of the credentials file. */
  readonly settings: readonly VariableSource[];
}

/** The environment of the gateway's service, put together from its parts. */
export interface GatewayEnvironment {
  /** The service's user unit, or `null` when there is none. */
  readonly unit: string | null;
  /** The `.env` of OpenClaw's state folder, whether or not it is there. */
  readonly envFile: string;
  /** The folder of OpenClaw's own that the unit names, where it is another than the one of `envFile`. */
  readonly otherFolder?: string;
  /** Permission bits of that file, symbolic links followed; `null` where it is not there or may not be read. */
  readonly envFileMode: number | null;
  /** Names of what in that file looks like a credential; no values. */
  readonly envFileCredentials: readonly string[];
  /** All of it, secrets too: for a child process, never to be shown. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where each AWS variable of it comes from. */
  readonly sources: readonly VariableSource[];
  /** Where AWS variables stand that lose against another place. */
  readonly overridden: readonly VariableSource[];
  /** AWS variables in the user's shell profiles, which the service never reads. */
  readonly shellProfiles: readonly VariableSource[];
  readonly profile: AwsProfile;
}

/** Puts the gateway's environment together; reads only. */
export interface GatewayEnvironmentReader {
  read(): Promise<GatewayEnvironment>;
}
