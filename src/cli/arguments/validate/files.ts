import { WrongValue } from './wrong-value.js';

/** A folder to write into. Throws WrongValue. */
export function parseOutput(value: string): string {
  if (value !== '' && !value.includes('\0')) return value;
  throw new WrongValue('it is the folder that the files go into', './openclaw-bedrock');
}

/** A file to read; `right` is what one might be called. Throws WrongValue. */
export function parseFile(right: string): (value: string) => string {
  return (value) => {
    if (value !== '' && !value.includes('\0')) return value;
    throw new WrongValue('it is a file to read', right);
  };
}

/** A receipt's id, or its file as the end of a run printed it. Gives the id. Throws WrongValue. */
export function parseReceiptId(value: string): string {
  const id = /^(?:.*\/)?([a-z0-9-]{1,64})\.json$/su.exec(value)?.[1] ?? value;
  if (/^[a-z0-9-]{1,64}$/u.test(id)) return id;
  throw new WrongValue('it is the receipt that the end of a run printed', 'r-3f9c0a1b2d4e');
}

/** A file to write a report to. Throws WrongValue. */
export function parseReportFile(value: string): string {
  if (value.trim() !== '' && !value.endsWith('/') && !value.includes('\0')) return value;
  throw new WrongValue('it is a file', 'report.md');
}

/** A file to draw into; what it is drawn as follows from its name. Throws WrongValue. */
export function parseTraceFile(value: string): string {
  if (/[^/]\.(?:svg|html)$/u.test(value) && !value.includes('\0')) return value;
  throw new WrongValue('it is a file that ends in .svg or .html', 'trace.svg');
}
