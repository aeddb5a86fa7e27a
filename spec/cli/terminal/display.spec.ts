import { Subject } from 'rxjs';
import { display } from '../../../lib/cli/terminal/display.js';
import { lineSink } from '../../../lib/cli/terminal/lineSink.js';
import type { Output } from '../../../lib/cli/terminal/io.js';

/** An output that remembers, and that can be full. */
function output(): Output & { readonly written: string[]; full: boolean; readonly drained: Subject<unknown> } {
  const written: string[] = [];
  const made = {
    isTTY: true,
    written,
    full: false,
    write: (text: string): boolean => {
      written.push(text);
      return !made.full;
    },
    drained: new Subject<unknown>(),
    broken: new Subject<unknown>(),
    size: () => ({ columns: 80, rows: 24 }),
    resized: new Subject<unknown>(),
  };
  return made;
}

describe('display', () => {
  it('hides the cursor on a page of its own, and gives both back once', () => {
    const out = output();

    const shown = display(out);
    shown.close();
    shown.close();

    expect(out.written).toEqual(['\u001b[?1049h\u001b[?25l\u001b[2J', '\u001b[?25h\u001b[?1049l']);
  });

  it('writes only the lines that changed', () => {
    const out = output();
    const shown = display(out);

    shown.draw(['a', 'b', 'c']);
    shown.draw(['a', 'B', 'c']);
    shown.draw(['a', 'B', 'c']);

    expect(out.written.slice(1)).toEqual(['\u001b[1;1Ha\u001b[2;1Hb\u001b[3;1Hc', '\u001b[2;1HB']);
  });

  it('draws the whole screen after it was cleared', () => {
    const out = output();
    const shown = display(out);

    shown.draw(['a', 'b']);
    shown.clear();
    shown.draw(['a', 'b']);

    expect(out.written.at(-1)).toBe('\u001b[1;1Ha\u001b[2;1Hb');
  });

  it('leaves screens out while the terminal is busy, and catches up', () => {
    const out = output();
    const shown = display(out);

    out.full = true;
    shown.draw(['a', 'b']);
    shown.draw(['a', 'x']);
    out.full = false;
    out.drained.next(undefined);
    shown.draw(['a', 'y']);

    expect(out.written.slice(1)).toEqual(['\u001b[1;1Ha\u001b[2;1Hb', '\u001b[2;1Hy']);
  });

  it('leaves nothing listening', () => {
    const out = output();

    display(out).close();

    expect(out.drained.observed).toBe(false);
  });
});

describe('lineSink', () => {
  const dropped = (count: number): string => `${count} left out`;

  it('holds a bounded number of lines for a slow reader and counts the rest', () => {
    const out = output();
    const sink = lineSink(out, dropped);

    out.full = true;
    sink.write('first');
    for (let i = 0; i < 1_500; i += 1) sink.write(String(i));
    expect(out.written).toEqual(['first\n']);
    out.full = false;
    out.drained.next(undefined);
    sink.write('after');

    const lines = out.written.join('').split('\n');
    expect(lines.slice(0, 3)).toEqual(['first', '0', '1']);
    expect(lines.slice(-4)).toEqual(['999', '500 left out', 'after', '']);
  });

  it('writes what is held at the end, and leaves nothing listening', () => {
    const out = output();
    const sink = lineSink(out, dropped);

    out.full = true;
    sink.write('a');
    sink.write('b');
    sink.end();

    expect(out.written).toEqual(['a\n', 'b\n']);
    expect(out.drained.observed).toBe(false);
  });
});
