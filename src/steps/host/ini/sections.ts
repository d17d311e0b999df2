import { linesOf } from '../text.js';

/** A `[default]` section of the shared AWS config. */
export interface DefaultSection {
  /** Line of its header, counted from 1. */
  readonly line: number;
  readonly start: number;
  readonly region: { readonly value: string; readonly line: number } | null;
}

/** `[default]`; the SDKs and the AWS CLI take `[profile default]` for the same (SDKs guide, "Format of the config file"). */
const defaultHeader = /^\s*\[\s*(?:profile\s+)?["']?default["']?\s*\]/u;
const header = /^\s*\[/u;
const region = /^region\s*[=:]\s*(.*?)(?:\s[#;].*)?\s*$/iu;

/** The `[default]` sections of a shared AWS config, in order. */
export function defaultSections(text: string): readonly DefaultSection[] {
  const sections: DefaultSection[] = [];
  let isInside = false;
  for (const [index, line] of linesOf(text).entries()) {
    const current = sections.at(-1);
    if (header.test(line.text)) {
      isInside = defaultHeader.test(line.text);
      if (isInside) sections.push({ line: index + 1, start: line.start, region: null });
    } else if (isInside && current !== undefined) {
      const value = region.exec(line.text)?.[1];
      if (value !== undefined)
        sections[sections.length - 1] = { ...current, region: { value, line: index + 1 } };
    }
  }
  return sections;
}

/** Whether a text that follows a section begins with settings, which would then belong to another section. */
export function beginsWithSettings(text: string): boolean {
  for (const line of linesOf(text)) {
    if (header.test(line.text)) return false;
    if (!/^\s*(?:[#;].*)?$/u.test(line.text)) return true;
  }
  return false;
}
