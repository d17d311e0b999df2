/** Where receipts are kept. Every write is whole or not at all, mode 0600. */
export interface ReceiptStore {
  /** Names of the receipts that are there, newest first. */
  list(): Promise<readonly string[]>;
  /** The text of a receipt; `null` when there is none of that name. */
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  /** Adds to the end of a file, which is made where it is not there; on disk before the promise resolves. */
  append(name: string, text: string): Promise<void>;
  /** Removes a file; one that is not there is fine. */
  remove(name: string): Promise<void>;
  /** Absolute path of a receipt, to be shown. */
  path(name: string): string;
}
