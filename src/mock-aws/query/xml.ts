/** What an element can hold; undefined and absent are left out, an array repeats the element. */
export type XmlValue = string | number | boolean | Date | XmlObject | readonly XmlValue[] | undefined;

/** Elements by name, in order. */
export interface XmlObject {
  readonly [name: string]: XmlValue;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};
// XML 1.0 has no way to write the other control characters, escaped or not.
// oxlint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Renders elements without indentation. */
export function toXml(object: XmlObject): string {
  return Object.entries(object)
    .map(([name, value]) => element(name, value))
    .join('');
}

/** A whole document with its root element and name space. */
export function xmlDocument(root: string, namespace: string, content: XmlObject): string {
  const attribute = namespace === '' ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${toXml(content)}</${root}>`;
}

function element(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((item) => element(name, item)).join('');
  const content =
    value instanceof Date ? xmlTime(value) : typeof value === 'object' ? toXml(value) : escape(String(value));
  return `<${name}>${content}</${name}>`;
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}

function xmlTime(date: Date): string {
  return date.toISOString();
}

function escape(text: string): string {
  return text.replaceAll(UNWRITABLE, '\uFFFD').replaceAll(/[&<>"\r]/g, (found) => ESCAPES[found] ?? found);
}
