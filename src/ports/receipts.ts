/** Where receipts are kept. Every write is whole or not at all, mode 0600. */
export interface ReceiptStore {
  /** Names of the receipts that are there, newest first. */
  list(): Promise<readonly string[]>;
  /** The text of a receipt; `null` when there is none of that name. */
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  /** Absolute path of a receipt, to be shown. */
  path(name: string): string;
}
