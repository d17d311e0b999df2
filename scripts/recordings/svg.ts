import type { Line, Segment } from './lines.js';
import { escapeXml } from '../../src/render/escape-xml.js';

/** A picture of a terminal. */
export interface Picture {
  /** What was typed. */
  readonly command: string;
  /** For those who cannot see it. */
  readonly description: string;
  readonly lines: readonly Line[];
  readonly columns: number;
}

/** Pixels. */
const size = { column: 8, row: 18, font: 13, margin: 16, bar: 30 } as const;

const colors: Readonly<Record<string, string>> = {
  '31': '#ff7b72',
  '32': '#7ee787',
  '33': '#e3b341',
  '36': '#79c0ff',
};

function paint(style: string): string {
  const codes = style.split(';');
  const color = codes.map((code) => colors[code]).find((found) => found !== undefined);
  const parts = [
    color === undefined ? '' : ` fill="${color}"`,
    codes.includes('1') ? ' font-weight="bold"' : '',
    codes.includes('2') ? ' opacity="0.6"' : '',
  ];
  return parts.join('');
}

/** Each piece has its place and its length, so that columns stay columns in any font. */
function segmentText({ text, style }: Segment, column: number, y: number): string {
  const shown = text.trimEnd();
  const lead = shown.length - shown.trimStart().length;
  const words = shown.trimStart();
  if (words === '') return '';
  const x = size.margin + (column + lead) * size.column;
  const length = words.length * size.column;
  return `<text x="${x}" y="${y}" textLength="${length}"${paint(style)}>${escapeXml(words)}</text>\n`;
}

function lineText(line: Line, row: number): string {
  const y = size.bar + size.margin + row * size.row;
  let column = 0;
  let text = '';
  for (const segment of line) {
    text += segmentText(segment, column, y);
    column += segment.text.length;
  }
  return text;
}

/** The picture as SVG, the same for the same lines. */
export function svg({ command, description, lines, columns }: Picture): string {
  const prompt: Line = [
    { text: '$ ', style: '32' },
    { text: command, style: '1' },
  ];
  const all = [prompt, ...lines];
  const width = 2 * size.margin + columns * size.column;
  const height = size.bar + size.margin + all.length * size.row;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (color, index) => `<circle cx="${20 + index * 18}" cy="16" r="5.5" fill="${color}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(description)}</title>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
${dots.join('')}
<g fill="#e6edf3" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${size.font}" xml:space="preserve">
${all.map((line, row) => lineText(line, row)).join('')}</g>
</svg>
`;
}
