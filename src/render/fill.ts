/**
 * Fills `{{name}}` in a text template. The values are inserted as they are, so each must have been written for the
 * format that it goes into. Throws on a placeholder without a value and on a value without a placeholder.
 */
export function fillText(template: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const text = template.replace(/\{\{(\w+)\}\}/gu, (_whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`no value for {{${name}}}`);
    used.add(name);
    return value;
  });
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`no place for ${unused.join(', ')}`);
  return text;
}
