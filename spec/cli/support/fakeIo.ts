import { Subject } from 'rxjs';
import type { Io, Output } from '../../../lib/cli/terminal/io.js';

/** An output that keeps what it is given. */
export interface FakeOutput extends Output {
  text(): string;
  readonly broken: Subject<unknown>;
}

export function fakeOutput(isTTY = false): FakeOutput {
  const written: string[] = [];
  return {
    isTTY,
    write: (text) => {
      written.push(text);
      return true;
    },
    drained: new Subject(),
    broken: new Subject(),
    size: () => ({ columns: 80, rows: 24 }),
    resized: new Subject(),
    text: () => written.join(''),
  };
}

export interface FakeIo extends Io {
  readonly out: FakeOutput;
  readonly err: FakeOutput;
  readonly keys: Subject<string>;
  readonly signals: Subject<unknown>;
}

export const fakeIo = (isTTY = false): FakeIo => ({
  out: fakeOutput(isTTY),
  err: fakeOutput(),
  keys: new Subject(),
  signals: new Subject(),
  coloured: false,
});
