import type { SetupError } from '../errors.js';
import { usageError } from '../errors.js';

/** Fields of Anthropic's use-case form that must be filled in. */
const required = ['companyName', 'companyWebsite', 'industryOption', 'useCases'] as const;

/** Bytes that Bedrock takes (API reference, PutUseCaseForModelAccess: formData). */
const mostBytes = 16_384;

const example =
  '{"companyName":"Example Corp.","companyWebsite":"https://example.com","intendedUsers":"0","industryOption":"Software","otherIndustryOption":"","useCases":"An assistant for our own people"}';

function bad(what: string): SetupError {
  return usageError(
    'BAD_USE_CASE',
    `the use-case form ${what}`,
    "Bedrock hands it to Anthropic as it is, once for the account; intendedUsers is 0 for one's own people, 1 for others, 2 for both",
    `write a file such as ${example}`,
  );
}

function textOf(form: Readonly<Record<string, unknown>>, field: string): string {
  const value = form[field];
  return typeof value === 'string' ? value.trim() : '';
}

/** The form as Bedrock takes it, out of a file's text. Throws BAD_USE_CASE, which names the wrong field. */
export function parseUseCase(text: string): string {
  let form: unknown;
  try {
    form = JSON.parse(text);
  } catch (error) {
    throw bad(`is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  if (typeof form !== 'object' || form === null || Array.isArray(form)) throw bad('is not a JSON object');
  const fields = form as Readonly<Record<string, unknown>>;
  const missing = required.filter((field) => textOf(fields, field) === '');
  if (missing.length > 0) throw bad(`lacks ${missing.join(', ')}`);
  const intendedUsers = String(fields['intendedUsers']);
  if (!/^[012]$/u.test(intendedUsers))
    throw bad(`has intendedUsers ${JSON.stringify(fields['intendedUsers'] ?? null)}`);
  const filled = Object.fromEntries(required.map((field) => [field, textOf(fields, field)]));
  const whole = JSON.stringify({
    ...filled,
    intendedUsers,
    otherIndustryOption: textOf(fields, 'otherIndustryOption'),
  });
  const bytes = new TextEncoder().encode(whole).length;
  if (bytes > mostBytes) throw bad(`has ${bytes} bytes, and ${mostBytes} is the most`);
  return whole;
}
