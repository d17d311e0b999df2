/** A file as it was read: what is needed to write it back unchanged, or to notice that it has changed. */
export interface FileState {
  /** Where the bytes really are, symbolic links followed. */
  readonly realPath: string;
  readonly bytes: Uint8Array;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Files of the host for whoever only looks. */
export interface FileReader {
  /** `null` when it does not exist. Throws a SetupError where it cannot be read or is no regular file. */
  read(path: string): Promise<FileState | null>;
  /** Whether anything, also a folder, is at the path. */
  exists(path: string): Promise<boolean>;
  /** Throws the SetupError that `write` would throw (read-only file or folder, hard links, another owner); writes nothing. */
  assertWritable(path: string): Promise<void>;
  /** Names in a folder; empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
}

/** Files of the host for whoever may change them. */
export interface FileWriter extends FileReader {
  /**
   * Replaces the content in one step (temporary file beside it, fsync, rename), through symbolic links, keeping mode
   * and owner; a new file gets `mode`, and belongs with its new folders to the host's user. `expected` is what was read
   * before: when the file is no longer that, it throws FILE_CHANGED and writes nothing.
   */
  write(
    path: string,
    bytes: Uint8Array,
    options: { readonly expected: FileState | null; readonly mode?: number },
  ): Promise<void>;
  /**
   * Removes what a process that was killed while it wrote the file has left behind: temporary files beside it, those of
   * files whose names begin alike too, and those `emptyFolders` that are empty.
   */
  tidy(path: string, emptyFolders: readonly string[]): Promise<void>;
  /** Removes the file if it is still `expected`, and then those `emptyFolders` that are empty. Throws FILE_CHANGED otherwise. */
  remove(
    path: string,
    options: { readonly expected: FileState; readonly emptyFolders?: readonly string[] },
  ): Promise<void>;
}
