import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../../src/core/environment/dotenv.js';
import { mergeLayers } from '../../../src/core/environment/merge.js';

describe('layers', () => {
  it('are laid over each other, the first the strongest, with secrets not shown', () => {
    const layer = (file: string, text: string) => ({ file, assignments: parseDotenv(text) });
    const merged = mergeLayers([
      layer('unit', 'AWS_PROFILE=a\nX=1'),
      layer('.env', 'AWS_PROFILE=b\nAWS_PROFILE=c\nAWS_ACCESS_KEY_ID=AKIACANARY\nX=2\nY=3'),
    ]);
    expect(merged.variables).toEqual({ AWS_PROFILE: 'a', X: '1', AWS_ACCESS_KEY_ID: 'AKIACANARY', Y: '3' });
    expect(merged.sources).toEqual([
      { name: 'AWS_PROFILE', file: 'unit', line: 1, shown: 'a' },
      { name: 'AWS_ACCESS_KEY_ID', file: '.env', line: 3, shown: null },
    ]);
    expect(merged.overridden.map(({ line }) => line)).toEqual([2, 1]);
  });
});
