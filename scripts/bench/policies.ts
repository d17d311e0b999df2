import { readFileSync } from 'node:fs';

/** The account that moto's callers are in. */
const account = '123456789012';

/** A document of `templates/iam` for moto's account, as JSON. */
export function policyDocument(name: 'trust' | 'invoke'): string {
  const text = readFileSync(new URL(`../../templates/iam/${name}.json`, import.meta.url), 'utf8');
  return text.replaceAll('{{partition}}', 'aws').replaceAll('{{account}}', account);
}
