import { createColors } from 'picocolors';
import { EMPTY, type Observable, filter, fromEvent, merge, share, take } from 'rxjs';
import { isatty, type WriteStream } from 'node:tty';
import { errorCode } from '../errorText.js';
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

/** How a reader that went away is told: by pipes, sockets, pipes of Windows, and by a stream that has closed since. */
const READER_GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED']);

/** Why what is printed is lost though nobody went away: a full disk, for one. Emits at most once. */
export const unwritable = (stream: WriteStream): Observable<unknown> =>
  fromEvent(stream, 'error').pipe(
    take(1),
    filter((error) => !READER_GONE.has(errorCode(error))),
  );
