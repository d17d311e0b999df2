import type { Streams } from '../../../src/adapters/output/streams.js';

/** Streams that keep what was written; a terminal of so many columns, or none. */
export function keptStreams(terminal: { readonly columns: number } | null): Streams & {
  readonly written: { result: string; aside: string };
} {
  const written = { result: '', aside: '' };
  const columns = terminal?.columns ?? Number.POSITIVE_INFINITY;
  return {
    written,
    result: (text) => {
      written.result += text;
      return Promise.resolve();
    },
    aside: (text) => {
      written.aside += text;
    },
    paintResult: (_style, text) => text,
    paintAside: (_style, text) => text,
    rewritable: terminal !== null,
    columns: () => terminal?.columns ?? 80,
    resultColumns: () => columns,
    asideColumns: () => columns,
    interactive: terminal !== null,
  };
}
