import { createReadStream, createWriteStream, existsSync, openSync, closeSync, writeSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { type RecordingHeader, headerLine } from '../recording/format.js';

/** How a recording is written to a file. */
export interface RecordingFileOptions {
  /** Replace a file of that name. Default: false. */
  readonly overwrite?: boolean;
}

/** A recording on its way into a file. */
export interface RecordingFile {
  /** Takes an event's line: hand it to `recorder`. Throws what writing throws, a full disk for instance. */
  readonly sink: (line: string) => void;
  /** Puts the header before the events and the file in its place. Nothing can be written after. */
  finish(header: RecordingHeader): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** So much text is packed at once. */
const CHUNK = 256 * 1_024;

/**
 * Writes a recording as a gzip file, in bounded memory however long it is. The header is the first line, but what
 * stands in it is known only at the end; so events are spooled into `<path>.part`, packed in pieces of 256 KiB. A gzip
 * file may consist of pieces: at the end the packed header is put before them. After a crash the spool has all but
 * the last piece.
 *
 * @throws Error at once if the file exists, unless it may be overwritten, or its folder can't be written to.
 */
export function recordingFile(path: string, { overwrite = false }: RecordingFileOptions = {}): RecordingFile {
  if (!overwrite && existsSync(path)) throw new Error(`${path} exists already`);
  const spool = `${path}.part`;
  const whole = `${path}.tmp`;
  const file = openSync(spool, 'w');
  let isOpen = true;
  let lines: string[] = [];
  let size = 0;

  const flush = (): void => {
    const packed = gzipSync(lines.join(''));
    lines = [];
    size = 0;
    for (let written = 0; written < packed.length;) written += writeSync(file, packed, written);
  };
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  const discard = async (): Promise<void> => {
    close();
    await Promise.all([rm(spool, { force: true }), rm(whole, { force: true })]);
  };

  return {
    sink: (line) => {
      if (!isOpen) throw new Error(`${path} is finished`);
      lines.push(line, '\n');
      size += line.length + 1;
      if (size >= CHUNK) flush();
    },
    finish: async (header) => {
      if (!isOpen) throw new Error(`${path} is finished`);
      try {
        flush();
        close();
        await writeFile(whole, gzipSync(`${headerLine(header)}\n`));
        await pipeline(createReadStream(spool), createWriteStream(whole, { flags: 'a' }));
        await rename(whole, path);
      } finally {
        await discard();
      }
    },
    discard,
  };
}
