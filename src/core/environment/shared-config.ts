/** A section of an AWS config or credentials file. */
export interface ConfigSection {
  /** The profile's name; `null` for sections that are no profile, such as `[sso-session x]`. */
  readonly profile: string | null;
  readonly line: number;
  readonly settings: readonly { readonly key: string; readonly value: string; readonly line: number }[];
}

function profileOf(header: string, kind: 'config' | 'credentials'): string | null {
  const name = header.trim().replace(/^["']|["']$/gu, '');
  if (kind === 'credentials' || name === 'default') return name;
  const named = /^profile\s+["']?(.+?)["']?$/u.exec(name);
  return named?.[1] ?? null;
}

/**
 * The sections of `~/.aws/config` or `~/.aws/credentials` with their lines, by the rules of the AWS SDKs and Tools
 * reference guide ("Shared config and credentials files"): `[profile NAME]` in the one, `[NAME]` in the other, `[default]`
 * in both; an indented line belongs to the setting before it.
 */
export function parseSharedConfig(text: string, kind: 'config' | 'credentials'): readonly ConfigSection[] {
  const sections: { profile: string | null; line: number; settings: ConfigSection['settings'][number][] }[] =
    [];
  for (const [index, row] of text.split(/\r?\n/u).entries()) {
    const line = index + 1;
    const header = /^\s*\[([^\]]+)\]/u.exec(row)?.[1];
    if (header !== undefined) sections.push({ profile: profileOf(header, kind), line, settings: [] });
    if (header !== undefined || /^\s*(?:[#;]|$)/u.test(row)) continue;
    const [, key, value] = /^([^\s=][^=]*?)\s*=\s*(.*?)\s*$/u.exec(row) ?? [];
    if (key !== undefined && value !== undefined)
      sections
        .at(-1)
        ?.settings.push({ key: key.toLowerCase(), value: value.replace(/\s[#;].*$/u, ''), line });
  }
  return sections;
}
