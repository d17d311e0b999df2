import { describe, expect, it } from 'vitest';
import { parseInstanceList } from '../../../src/core/fleet/instance-list.js';

const first = 'i-0abc1234def567890';
const second = 'i-0abc1234def567891';

describe('a list of instances', () => {
  it.each([
    ['one a line', `${first}\n${second}\n`],
    ['comments, blank lines, Windows line ends', `# fleet\r\n\r\n ${first} # web\r\n${second}`],
    ['JSON', JSON.stringify([first, second])],
    ['doubles', `${first}\n${second}\n${first}`],
    ['a byte order mark', `\uFEFF${first}\n${second}`],
  ])('is read: %s', (_what, text) => {
    expect(parseInstanceList('ids.txt', text)).toEqual([first, second]);
  });

  it.each([
    ['a wrong id', `${first}\n\nweb-1\n`, 'line 3 of ids.txt: "web-1" is no instance id'],
    ['two on a line', `${first} ${second}`, `line 1 of ids.txt: "${first} ${second}" is no instance id`],
    ['a wrong element', `["${first}", 7]`, 'element 2 of ids.txt: "7" is no instance id'],
    ['broken JSON', `["${first}"`, 'ids.txt begins like JSON and is none'],
    ['nothing', '# none\n', 'ids.txt lists no instance'],
  ])('is refused by name: %s', (_what, text, message) => {
    expect(() => parseInstanceList('ids.txt', text)).toThrow(message);
  });
});
