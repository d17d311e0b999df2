import { describe, expect, it } from 'vitest';
import type { Span } from '../../src/core/trace.js';
import { waterfall, waterfallMark, waterfallPage } from '../../src/render/waterfall.js';

const spans: readonly Span[] = [
  { kind: 'step', name: 'looking', start: 1000, end: 3000, failed: false },
  { kind: 'call', name: 'IAM GetRole <&"', start: 1500, end: 2000, failed: true },
];

function rectangles(svg: string): readonly { readonly x: number; readonly width: number }[] {
  return [...svg.matchAll(/<g class="bar.*?<rect x="([\d.]+)" y="\d+" width="([\d.]+)"/gu)].map(
    ([, x, width]) => ({ x: Number(x), width: Number(width) }),
  );
}

describe('a waterfall', () => {
  it('has a bar for each span, as long and as far right as it took', () => {
    const [whole, part] = rectangles(waterfall(spans, 'setup'));
    expect(part?.width).toBeCloseTo((whole?.width ?? 0) / 4, 0);
    expect((part?.x ?? 0) - (whole?.x ?? 0)).toBeCloseTo((whole?.width ?? 0) / 4, 0);
    expect(rectangles(waterfall(spans, 'setup'))).toHaveLength(2);
  });

  it('says what each bar is, in text that no name breaks out of', () => {
    const svg = waterfall(spans, 'a < b');
    expect(svg).toContain('<title>call: IAM GetRole &lt;&amp;&quot;, 500 ms, failed</title>');
    expect(svg).toContain('<title>step: looking, 2.0 s</title>');
    expect(svg).toContain('<title>a &lt; b</title>');
  });

  it('is a picture where nothing happened, too', () => {
    expect(waterfall([], 'setup')).toMatch(/^<svg [^>]*>.*<\/svg>\n$/su);
  });

  it('has at most ten lines of time however long it took', () => {
    for (const end of [1001, 1009, 1100, 2234, 61_000, 4_000_000]) {
      const svg = waterfall([{ kind: 'step', name: 'one', start: 1000, end, failed: false }], 'setup');
      const ticks = svg.match(/class="tick"/gu)?.length ?? 0;
      expect(ticks).toBeGreaterThanOrEqual(2);
      expect(ticks).toBeLessThanOrEqual(11);
    }
  });

  it('is known by its beginning, as a page as well', () => {
    expect(waterfall(spans, 'setup').slice(0, 300)).toContain(waterfallMark);
    expect(waterfallPage(spans, 'setup')).toMatch(/^<!doctype html>.*<svg /su);
    expect(waterfallPage(spans, 'setup').slice(0, 300)).toContain(waterfallMark);
  });
});
