import path from 'node:path';
import type { FileReader } from '../../ports/files.js';

/** Reads text files where a file that is missing, or may not be read, is simply not there. */
export interface Texts {
  read(file: string): Promise<string | null>;
  /** Absolute paths of the files in a folder that end in `.conf`, in systemd's order. */
  configurations(folder: string): Promise<readonly string[]>;
}

/** {@link Texts} over the host's files. */
export function textsOf(files: Pick<FileReader, 'read' | 'list'>): Texts {
  return {
    async read(file) {
      try {
        const state = await files.read(file);
        return state === null ? null : new TextDecoder().decode(state.bytes);
      } catch {
        return null;
      }
    },
    async configurations(folder) {
      const names = await files.list(folder);
      return [...names]
        .filter((name) => name.endsWith('.conf'))
        .sort()
        .map((name) => path.join(folder, name));
    },
  };
}
