import { createColors } from 'picocolors';
import { EMPTY, fromEvent, merge, share } from 'rxjs';
import { isatty, type WriteStream } from 'node:tty';
import type { Io, Output } from './io.js';
import { keysOf } from './keys.js';
import { isUtf8 } from './locale.js';

/** The process's own streams and signals. */
export function processIo(process: NodeJS.Process, webFolder: string): Io {
  const out = outputOf(process.stdout);
  return {
    out,
    err: outputOf(process.stderr),
    keys: process.stdin.isTTY && out.isTTY ? keysOf(process.stdin).pipe(share()) : EMPTY,
    signals: merge(fromEvent(process, 'SIGINT'), fromEvent(process, 'SIGTERM'), fromEvent(process, 'SIGHUP')),
    // picocolors decides by NO_COLOR, FORCE_COLOR, TERM and the terminal.
    coloured: createColors().isColorSupported,
    unicode: isUtf8(process.env, process.platform),
    webFolder,
  };
}

function outputOf(stream: WriteStream & { readonly fd: number }): Output {
  // A pipe whose reader has gone tells it as an error; unheard, it would end the process with a stack trace.
  stream.on('error', () => undefined);
  return {
    // `stream.isTTY` is typed as a boolean, but absent on pipes.
    isTTY: isatty(stream.fd),
    write: (text) => stream.write(text),
    drained: fromEvent(stream, 'drain'),
    broken: merge(fromEvent(stream, 'error'), fromEvent(stream, 'close')),
    size: () => ({ columns: stream.columns || 80, rows: stream.rows || 24 }),
    resized: fromEvent(stream, 'resize'),
  };
}
