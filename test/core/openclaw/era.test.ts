import { describe, expect, it } from 'vitest';
import { eraOf, isAtLeast, parseOpenClawVersion } from '../../../src/core/openclaw/era.js';

describe("OpenClaw's version", () => {
  it.each([
    ['OpenClaw 2026.9.6 (eb377ac)', '2026.9.6'],
    ['2026.2.26\n', '2026.2.26'],
    ['openclaw 2026.5.12-beta.1', '2026.5.12-beta.1'],
    ['2026.5', null],
    ['command not found', null],
  ])('is found in %j', (text, version) => {
    expect(parseOpenClawVersion(text)).toBe(version);
  });

  it.each([
    ['2026.2.26', 'core'],
    ['2026.4.4', 'core'],
    ['2026.4.5-beta.2', 'bundled'],
    ['2026.4.5', 'bundled'],
    ['2026.5.11', 'bundled'],
    ['2026.5.12', 'external'],
    ['2026.10.1', 'external'],
    ['2027.1.1', 'external'],
    ['2025.12.31', 'core'],
  ])('%s holds Bedrock the way of %s', (version, era) => {
    expect(eraOf(version)).toBe(era);
  });

  it('is compared part by part, as numbers, and what is not said is nought', () => {
    expect(isAtLeast('2026.5.9', [2026, 5, 12])).toBe(false);
    expect(isAtLeast('2026.5.12', [2026, 5, 12])).toBe(true);
    expect(isAtLeast('2026.6.1', [2026, 5, 12])).toBe(true);
    expect(isAtLeast('2026.5', [2026, 5, 0])).toBe(true);
    expect(isAtLeast('2026.5', [2026, 5, 1])).toBe(false);
  });
});
