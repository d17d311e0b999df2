import { describe, expect, it } from 'vitest';
import { SetupError } from '../../../src/core/errors.js';
import { parseUseCase } from '../../../src/core/model/use-case.js';

const form = {
  companyName: 'Example Corp.',
  companyWebsite: 'https://example.com',
  intendedUsers: '0',
  industryOption: 'Software',
  otherIndustryOption: '',
  useCases: 'An assistant for our own people',
};

function refusal(text: string): string {
  try {
    parseUseCase(text);
  } catch (error) {
    if (error instanceof SetupError && error.code === 'BAD_USE_CASE') return error.message;
    throw error;
  }
  return 'taken';
}

describe("Anthropic's use-case form", () => {
  it('is taken with every field', () => {
    expect(JSON.parse(parseUseCase(JSON.stringify(form)))).toEqual(form);
  });

  it('gets the number of the users as text, and loses what does not belong there', () => {
    const text = JSON.stringify({ ...form, intendedUsers: 1, secret: 'x', otherIndustryOption: undefined });
    expect(JSON.parse(parseUseCase(text))).toEqual({ ...form, intendedUsers: '1' });
  });

  it.each([
    ['{', 'the use-case form is not JSON'],
    ['[]', 'the use-case form is not a JSON object'],
    ['{}', 'the use-case form lacks companyName, companyWebsite, industryOption, useCases'],
    [JSON.stringify({ ...form, companyName: ' ' }), 'the use-case form lacks companyName'],
    [
      JSON.stringify({ ...form, intendedUsers: 'internal' }),
      'the use-case form has intendedUsers "internal"',
    ],
    [JSON.stringify({ ...form, useCases: 'x'.repeat(20_000) }), 'and 16384 is the most'],
  ])('is refused: %s', (text, message) => {
    expect(refusal(text)).toContain(message);
  });
});
