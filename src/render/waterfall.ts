import type { Span, SpanKind } from '../core/trace.js';
import { escapeXml } from './escape-xml.js';

/** How a trace begins, so that one of an earlier run is known by it. */
export const waterfallMark = '<!-- waterfall of openclaw-bedrock-setup -->';

const layout = { width: 1000, labels: 300, row: 18, bar: 12, top: 52, margin: 16 } as const;

const colors: Readonly<Record<SpanKind, string>> = {
  step: '#8c959f',
  wait: '#d4a72c',
  call: '#1f6feb',
  process: '#8250df',
};

const words: Readonly<Record<SpanKind, string>> = {
  step: 'step',
  wait: 'wait',
  call: 'call',
  process: 'child process',
};

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 2)}..`;
}

/** The distance between two lines of the time axis: 1, 2 or 5 times a power of ten, so that there are at most ten. */
function tickOf(total: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, total / 10)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((tick) => total / tick <= 10) ?? power * 10;
}

function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

interface Scale {
  readonly start: number;
  readonly total: number;
  readonly height: number;
  readonly x: (time: number) => number;
}

function scaleOf(spans: readonly Span[]): Scale {
  const start = Math.min(...spans.map((span) => span.start));
  const total = Math.max(1, ...spans.map((span) => span.end - start));
  const room = layout.width - layout.labels - layout.margin - 60;
  return {
    start,
    total,
    height: layout.top + spans.length * layout.row + layout.margin,
    x: (time) => layout.labels + ((time - start) / total) * room,
  };
}

function axis({ start, total, height, x }: Scale): readonly string[] {
  const tick = tickOf(total);
  return Array.from({ length: Math.floor(total / tick) + 1 }, (_, index) => {
    const at = x(start + index * tick).toFixed(1);
    return `<path class="tick" d="M${at} ${layout.top - 6}V${height - layout.margin}"/><text x="${at}" y="${layout.top - 12}" text-anchor="middle">${timeText(index * tick)}</text>`;
  });
}

function bar(span: Span, index: number, { x }: Scale): string {
  const { kind, name, start, end, failed } = span;
  const y = layout.top + index * layout.row;
  const took = timeText(end - start);
  const width = Math.max(1, x(end) - x(start)).toFixed(1);
  const title = `${words[kind]}: ${name}, ${took}${failed ? ', failed' : ''}`;
  const mark = failed ? ' failed' : '';
  return [
    `<g class="bar ${kind}${mark}"><title>${escapeXml(title)}</title>`,
    `<text x="${layout.labels - 8}" y="${y + 10}" text-anchor="end">${escapeXml(shortened(name, 44))}</text>`,
    `<rect x="${x(start).toFixed(1)}" y="${y}" width="${width}" height="${layout.bar}"/>`,
    `<text x="${(x(end) + 4).toFixed(1)}" y="${y + 10}">${took}</text></g>`,
  ].join('');
}

function legend(): string {
  return Object.entries(words)
    .map(([kind, word], index) => {
      const x = layout.labels + index * 110;
      return `<g class="key ${kind}"><rect x="${x}" y="8" width="10" height="10"/><text x="${x + 15}" y="17">${word}</text></g>`;
    })
    .join('');
}

const style = [
  'text{font:11px ui-monospace,monospace;fill:#57606a}',
  '.tick{stroke:#d0d7de;stroke-width:1}',
  ...Object.entries(colors).map(([kind, color]) => `.${kind} rect{fill:${color}}`),
  '.failed rect{fill:#cf222e}',
].join('');

/** Spans as a picture, one bar each, the earliest on top; SVG that stands alone. */
export function waterfall(spans: readonly Span[], title: string): string {
  const scale = scaleOf(
    spans.length === 0 ? [{ kind: 'step', name: '', start: 0, end: 0, failed: false }] : spans,
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${layout.width}" height="${scale.height}" viewBox="0 0 ${layout.width} ${scale.height}">${waterfallMark}`,
    `<title>${escapeXml(title)}</title><style>${style}</style><rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${layout.margin}" y="17">${escapeXml(title)}</text>${legend()}`,
    ...axis(scale),
    ...spans.map((span, index) => bar(span, index, scale)),
    '</svg>',
  ].join('\n')}\n`;
}

/** The same picture as a page. */
export function waterfallPage(spans: readonly Span[], title: string): string {
  return `<!doctype html>${waterfallMark}<meta charset="utf-8"><title>${escapeXml(title)}</title>\n${waterfall(spans, title)}`;
}
