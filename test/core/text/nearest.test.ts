import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../../src/core/text/nearest.js';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['plan', 'plna', 1],
    ['verify', 'verfy', 1],
    ['kitten', 'sitting', 3],
  ])('of %j and %j is %i', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance);
  });

  it('is symmetric, and zero only for equal words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
        const distance = editDistance(left, right);
        expect(editDistance(right, left)).toBe(distance);
        expect(distance === 0).toBe(left === right);
      }),
    );
  });
});

describe('nearest', () => {
  it('gives the best first and nothing that is far away', () => {
    expect(nearest('regoin', ['reagion', 'region', 'role-name'], 2)).toEqual(['region', 'reagion']);
    expect(nearest('zzzzzz', ['region'])).toEqual([]);
  });
});
