import { expect, it } from 'vitest';
import { displayPath } from '../../../src/core/text/display-path.js';

it.each([
  ['/home/a/x', '/home/a', '~/x'],
  ['/home/a/x', '/home/a/', '~/x'],
  ['/home/ab/x', '/home/a', '/home/ab/x'],
  ['/home/a', '/home/a', '/home/a'],
  ['/etc/x', '/home/a', '/etc/x'],
  ['/etc/x', '', '/etc/x'],
  ['/etc/x', undefined, '/etc/x'],
])('%s is shown to the user of %s as %s', (path, home, shown) => {
  expect(displayPath(path, home)).toBe(shown);
});
