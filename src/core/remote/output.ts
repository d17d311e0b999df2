import { brotliDecompressSync } from 'node:zlib';
import type { HostReport } from './report.js';
import { parseHostReport } from './report.js';

/** What a script's output says: how the tool fared, why it did not run, that it was cut off, or nothing that we wrote. */
export type HostOutput =
  | { readonly kind: 'report'; readonly exitCode: number; readonly report: HostReport }
  | { readonly kind: 'trouble'; readonly word: string; readonly detail: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'nothing' };

/** Bytes that a report may have once it is unpacked; a host can send whatever it likes. */
const mostBytes = 1024 * 1024;

const reportLine = /^openclaw-bedrock-setup-report: (\d{1,3}) ([\w+/=]*)( end$)?/mu;
const troubleLine = /^openclaw-bedrock-setup-trouble: ([A-Z_]+) ?([^]*)/mu;

function unpack(text: string): HostReport | null {
  try {
    const bytes = brotliDecompressSync(Buffer.from(text, 'base64'), { maxOutputLength: mostBytes });
    return parseHostReport(JSON.parse(bytes.toString()));
  } catch {
    return null;
  }
}

/** Reads the output of `templates/ssm/run-on-host.sh`, wherever in it our own line stands. */
export function readHostOutput(output: string): HostOutput {
  const found = reportLine.exec(output);
  if (found !== null) {
    if (found[3] === undefined) return { kind: 'cut' };
    const report = unpack(found[2] ?? '');
    return report === null ? { kind: 'nothing' } : { kind: 'report', exitCode: Number(found[1]), report };
  }
  const trouble = troubleLine.exec(output);
  if (trouble === null) return { kind: 'nothing' };
  return { kind: 'trouble', word: trouble[1] ?? '', detail: (trouble[2] ?? '').trim() };
}
