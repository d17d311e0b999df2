import type { Environment } from './environment.js';
import type { FileReader, FileWriter } from './files.js';
import type { OpenClawReader, OpenClawWriter } from './openclaw.js';

/** The shells whose profiles the tool knows how to write. */
export type ShellName = 'bash' | 'zsh' | 'fish';

/** The user whose home, shell and gateway are meant; under sudo the one behind it. */
export interface HostUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** Absolute path. */
  readonly home: string;
  /** Login shell as the password database has it, e.g. `/bin/bash`. */
  readonly shell: string;
}

/** The host's own side, for whoever only looks. */
export interface HostReader {
  readonly user: HostUser;
  /** The environment of the invoking process, for the variables that say where files are. */
  readonly environment: Environment;
  readonly files: FileReader;
  readonly openclaw: OpenClawReader;
}

/** The host's own side, for whoever may change it. */
export interface HostWriter extends HostReader {
  readonly files: FileWriter;
  readonly openclaw: OpenClawWriter;
}
