import { Subject, defer, filter, firstValueFrom, startWith } from 'rxjs';
import type { Io, Output } from '../../../lib/cli/terminal/io.js';

/** An output that keeps what it is given. */
export interface FakeOutput extends Output {
  text(): string;
  /** Resolves once the text was written, at once if it has been. */
  said(text: string): Promise<unknown>;
  readonly broken: Subject<unknown>;
}

export function fakeOutput(isTTY = false): FakeOutput {
  const written: string[] = [];
  const writes = new Subject<string>();
  const text = (): string => written.join('');
  return {
    isTTY,
    write: (piece) => {
      written.push(piece);
      writes.next(piece);
      return true;
    },
    drained: new Subject(),
    broken: new Subject(),
    size: () => ({ columns: 80, rows: 24 }),
    resized: new Subject(),
    text,
    said: (sought) =>
      firstValueFrom(defer(() => writes.pipe(startWith(''))).pipe(filter(() => text().includes(sought)))),
  };
}

export interface FakeIo extends Io {
  readonly out: FakeOutput;
  readonly err: FakeOutput;
  readonly keys: Subject<string>;
  readonly signals: Subject<unknown>;
}

/** @param webFolder Where a built page is. */
export const fakeIo = (isTTY = false, webFolder = ''): FakeIo => ({
  out: fakeOutput(isTTY),
  err: fakeOutput(),
  keys: new Subject(),
  signals: new Subject(),
  coloured: false,
  unicode: true,
  webFolder,
});
