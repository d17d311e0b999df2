/**
 * The three ways in which OpenClaw has held Bedrock: `core` (up to 2026.4.2, `models.bedrockDiscovery`), `bundled` (from
 * 2026.4.5, a plug-in inside the package), `external` (from 2026.5.12, a plug-in of its own on npm).
 */
export const eras = ['core', 'bundled', 'external'] as const;

/** One of {@link eras}. */
export type OpenClawEra = (typeof eras)[number];

/** OpenClaw's version out of `OpenClaw 2026.9.6 (eb377ac)` or `2026.2.26`; `null` when there is none. */
export function parseOpenClawVersion(text: string): string | null {
  return /\d{4}\.\d+\.\d+(?:-[\w.]+)?/u.exec(text)?.[0] ?? null;
}

/** Whether `version` is `least` or newer; a pre-release counts as its release. */
export function isAtLeast(version: string, least: readonly [number, number, number]): boolean {
  const parts = version.split(/[.-]/u).map(Number);
  for (const [index, wanted] of least.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}

/**
 * The era of a version. The config path moved in 2026.4.5 and the plug-in left the package in 2026.5.12 (OpenClaw's
 * changelog: "externalize the Bedrock and Bedrock Mantle provider packages").
 */
export function eraOf(version: string): OpenClawEra {
  if (isAtLeast(version, [2026, 5, 12])) return 'external';
  return isAtLeast(version, [2026, 4, 5]) ? 'bundled' : 'core';
}
