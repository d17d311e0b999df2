import { expect, it } from 'vitest';
import { decodeDocument } from '../../../src/adapters/aws/decode-document.js';
import { allPages } from '../../../src/adapters/aws/pages.js';

it('asks for every page', async () => {
  const asked: (string | undefined)[] = [];
  const items = await allPages((token) => {
    asked.push(token);
    const next = token === undefined ? 'b' : token === 'b' ? 'c' : '';
    return Promise.resolve({ items: [token ?? 'a'], next });
  });

  expect(items).toStrictEqual(['a', 'b', 'c']);
  expect(asked).toStrictEqual([undefined, 'b', 'c']);
});

it('stops where a token comes again', async () => {
  const pages = allPages(() => Promise.resolve({ items: [], next: 'same' }));
  await expect(pages).rejects.toMatchObject({ code: 'ENDLESS_ANSWER' });
});

it('stops where the pages do not end', async () => {
  let count = 0;
  const pages = allPages(() => {
    count += 1;
    return Promise.resolve({ items: [], next: String(count) });
  });
  await expect(pages).rejects.toMatchObject({ code: 'ENDLESS_ANSWER' });
  expect(count).toBeLessThan(1000);
});

it('decodes a policy document', () => {
  expect(decodeDocument('%7B%22a%22%3A%20%22b%2Bc%22%7D', 'x')).toStrictEqual({ a: 'b+c' });
});

it.each([undefined, '', 'null', '[]', '%7B', '%', '%ZZ', '"x"'])('refuses the document %j', (text) => {
  expect(() => decodeDocument(text, 'the role x')).toThrow(
    expect.objectContaining({
      code: 'UNREADABLE_POLICY',
      message: 'the policy document of the role x is not readable as JSON',
    }),
  );
});
