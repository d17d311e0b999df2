import type { Clock } from '../../src/ports/clock.js';
import type { Progress } from '../../src/ports/progress.js';
import type { ReceiptStore } from '../../src/ports/receipts.js';

/** A clock that stands still but for its own sleeps, which are over at once. */
export function steppingClock(start = Date.UTC(2026, 10, 22)): Clock & { readonly slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

/** Receipts in memory; `texts` keeps every version that was ever written. */
export function memoryReceipts(): ReceiptStore & { readonly texts: string[] } {
  const files = new Map<string, string>();
  const texts: string[] = [];
  return {
    texts,
    list: () => Promise.resolve([...files.keys()].filter((name) => name.endsWith('.json')).toReversed()),
    read: (name) => Promise.resolve(files.get(name) ?? null),
    write: (name, text) => {
      files.set(name, text);
      texts.push(text);
      return Promise.resolve();
    },
    append: (name, text) => {
      files.set(name, `${files.get(name) ?? ''}${text}`);
      texts.push(text);
      return Promise.resolve();
    },
    remove: (name) => {
      files.delete(name);
      return Promise.resolve();
    },
    path: (name) => `/receipts/${name}`,
  };
}

/** Progress as lines of text. */
export function recordedProgress(): Progress & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    begin: (title) => ({
      waiting: (what) => void lines.push(`? ${title}: ${what}`),
      done: (symbol, text) => void lines.push(`${symbol} ${title}: ${text}`),
    }),
    during: async (_what, work) => work((what) => void lines.push(`? ${what}`)),
    note: (text) => void lines.push(text),
    detail: () => undefined,
    warn: (text) => void lines.push(`! ${text}`),
  };
}
