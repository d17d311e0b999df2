import { describe, expect, test } from 'vitest';
import type { Terminal } from '../../../src/adapters/output/terminal.js';
import { Frame } from '../../../src/adapters/prompt/frame.js';
import { Screen } from '../../support/screen.js';

function drawingOn(screen: Screen): Frame {
  const terminal: Terminal = {
    paint: (_style, text) => text,
    unicode: true,
    dumb: false,
    size: () => ({ columns: screen.columns, rows: screen.rows }),
    write: (text) => screen.write(text),
    open: () => () => undefined,
  };
  return new Frame(terminal);
}

describe('a frame', () => {
  test('is drawn over itself and leaves what stands above it', () => {
    const screen = new Screen(20, 10);
    screen.write('plan\r\n');
    const frame = drawingOn(screen);
    frame.draw({ lines: ['? model', '> a', '  b'] });
    expect(screen.text).toBe('plan\n? model\n> a\n  b');
    frame.draw({ lines: ['? model', '> b'] });
    expect(screen.text).toBe('plan\n? model\n> b');
    expect(screen.cursorVisible).toBe(false);
    frame.finish(['? model b']);
    expect(screen.text).toBe('plan\n? model b');
    expect(screen.cursorVisible).toBe(true);
  });

  test('puts the cursor where one types, with lines below it', () => {
    const screen = new Screen(20, 10);
    const frame = drawingOn(screen);
    frame.draw({ lines: ['? name', '  ab', '  problem'], caret: { row: 1, column: 3 } });
    screen.write('X');
    expect(screen.text).toBe('? name\n  aX\n  problem');
    frame.draw({ lines: ['? name', '  aXb'], caret: { row: 1, column: 5 } });
    expect(screen.text).toBe('? name\n  aXb');
  });

  test('never reaches above the terminal when it has become lower', () => {
    const screen = new Screen(20, 10);
    screen.write('1\r\n2\r\n3\r\n');
    const frame = drawingOn(screen);
    frame.draw({ lines: ['a', 'b', 'c', 'd'] });
    screen.rows = 3;
    frame.draw({ lines: ['x'] });
    expect(screen.text).toBe('1\n2\n3\na\nx');
  });
});
