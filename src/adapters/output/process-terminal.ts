import { StringDecoder } from 'node:string_decoder';
import type { Terminal, TerminalListener, TerminalSize } from './terminal.js';
import { outliveTerminal } from './outlive.js';
import { painter, wantsColor } from './style.js';
import type { Environment } from '../../ports/environment.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const showCursor = '\u001B[?25h';

/** Whether the locale's characters are UTF-8, by the precedence of POSIX: LC_ALL, LC_CTYPE, LANG. */
function isUtf8Locale(environment: Environment): boolean {
  const name = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return /utf-?8/iu.test(name ?? '');
}

function ignore(): void {
  return undefined;
}

/** A terminal that has gone fails each write and each change of mode with EIO; who listens is told of it by its end. */
function quietly(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

function listen(listener: TerminalListener): () => void {
  const { stdin, stderr } = process;
  const decoder = new StringDecoder('utf8');
  const data = (chunk: Buffer): void => listener.data(decoder.write(chunk));
  const end = (): void => listener.end();
  const resize = (): void => listener.resize();
  const signal = (name: string): void => listener.signal(name);
  stdin.on('data', data).on('end', end).on('close', end).on('error', end);
  stderr.on('resize', resize).on('error', end);
  for (const name of signals) process.on(name, signal);
  return () => {
    stdin.off('data', data).off('end', end).off('close', end).off('error', end);
    stderr.off('resize', resize).off('error', end);
    for (const name of signals) process.off(name, signal);
  };
}

function open(mode: 'keys' | 'lines', listener: TerminalListener, rewritable: boolean): () => void {
  const { stdin, stderr } = process;
  const stopListening = listen(listener);
  const restore = (): void => {
    if (mode === 'keys') quietly(() => stdin.setRawMode(false));
    if (rewritable) quietly(() => stderr.write(showCursor));
  };
  process.once('exit', restore);
  // Errors that come after the last listener has gone must not become uncaught exceptions.
  if (!stdin.listeners('error').includes(ignore)) stdin.on('error', ignore);
  outliveTerminal();
  const opened = mode === 'lines' || quietly(() => stdin.setRawMode(true));
  if (!opened || stdin.destroyed || stdin.readableEnded) queueMicrotask(() => listener.end());
  stdin.resume();
  let closed = false;
  return () => {
    if (closed) return;
    closed = true;
    stopListening();
    process.off('exit', restore);
    restore();
    stdin.pause();
  };
}

function sizeOf(): TerminalSize {
  const { columns, rows } = process.stderr;
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}

/** The terminal of standard input and standard error. Both must be terminals. */
export function processTerminal(environment: Environment, color: boolean): Terminal {
  const dumb = environment['TERM'] === 'dumb';
  return {
    paint: painter(wantsColor(process.stderr, environment, color)),
    unicode: isUtf8Locale(environment),
    dumb,
    size: sizeOf,
    write: (text) => {
      quietly(() => process.stderr.write(text));
    },
    open: (mode, listener) => open(mode, listener, !dumb),
  };
}
