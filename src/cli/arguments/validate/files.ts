import { bad } from './bad.js';

/** A folder to write into. Throws BAD_VALUE. */
export function parseOutput(value: string): string {
  if (value !== '' && !value.includes('\0')) return value;
  throw bad('output', value, 'it is the folder that the files go into', './openclaw-bedrock');
}

/** A file to read. Throws BAD_VALUE. */
export function parseFile(flag: string): (value: string) => string {
  return (value) => {
    if (value !== '' && !value.includes('\0')) return value;
    throw bad(flag, value, 'it is a file to read', './use-case.json');
  };
}

/** A receipt's id, as the end of a run printed it. Throws BAD_VALUE. */
export function parseReceiptId(value: string): string {
  if (/^[a-z0-9-]{1,64}$/u.test(value)) return value;
  throw bad('receipt', value, 'it is the id that the end of a run printed', 'r-3f9c0a1b2d4e');
}

/** A file to write a report to. Throws BAD_VALUE. */
export function parseReportFile(value: string): string {
  if (value.trim() !== '' && !value.endsWith('/') && !value.includes('\0')) return value;
  throw bad('report', value, 'it is a file', 'report.md');
}

/** `--trace`: what it is drawn as follows from the file's name. */
export function parseTraceFile(value: string): string {
  if (/[^/]\.(?:svg|html)$/u.test(value) && !value.includes('\0')) return value;
  throw bad('trace', value, 'it is a file that ends in .svg or .html', 'trace.svg');
}
