import { closeSync, constants, createReadStream, lstatSync, openSync, rmSync, writeSync } from 'node:fs';
import { copyFile, link, open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { aBoolean, checkOptions, checkText } from '../errors/optionRules.js';
import { type RecordingHeader, headerLine } from '../recording/format.js';

/** How a recording is written to a file. */
export interface RecordingFileOptions {
  /** Replace a file of that name, and what an earlier recording of that name left behind. Default: false. */
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

/** Creates a file, or fails: what is there stays as it is, and a link there is not followed (POSIX, `O_EXCL`). */
const NEW = 'wx';
/** So much text is packed at once. */
const CHUNK = 256 * 1_024;

/**
 * Writes a recording as a gzip file, in bounded memory however long it is. The header is the first line, but what
 * stands in it is known only at the end; so events are spooled into `<path>.part`, packed in pieces of 256 KiB. A gzip
 * file may consist of pieces: at the end the packed header is put before them. After a crash the spool has all but
 * the last piece.
 *
 * Nothing is written into what is there already, nor through a link: each file is created anew, and one that turns up under
 * the name while it is recorded stays; the recording is then in `<path>.tmp`, as the error of `finish` says.
 *
 * @throws Error at once if the file, its spool or `<path>.tmp` exists, unless it may be overwritten, or its folder can't be
 * written to, or it is a folder itself.
 */
export function recordingFile(path: string, options: RecordingFileOptions = {}): RecordingFile {
  checkText('path', /^[^\0]+$/, 'the path of a file', path);
  checkOptions('options', options, { overwrite: aBoolean });
  const { overwrite = false } = options;
  const spool = `${path}.part`;
  const whole = `${path}.tmp`;
  if (isFolder(path)) throw new Error(`${path} is a folder`);
  if (overwrite) rmSync(spool, { force: true });
  const taken = takenFor(path);
  if (!overwrite && taken !== undefined) throw new Error(`${taken} exists already`);
  const file = openSync(spool, NEW);
  let hasWhole = false;
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
    await rm(spool, { force: true });
    if (hasWhole) await rm(whole, { force: true });
    hasWhole = false;
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
        if (overwrite) await rm(whole, { force: true });
        const packed = await open(whole, NEW);
        hasWhole = true;
        await packed.write(gzipSync(`${headerLine(header)}\n`));
        // Ends the file, whatever becomes of it.
        await pipeline(createReadStream(spool), packed.createWriteStream());
        if (overwrite) await rename(whole, path);
        else if (!(await settle(whole, path))) {
          hasWhole = false;
          throw new Error(`${path} exists by now, so the recording is in ${whole}`);
        }
      } finally {
        await discard();
      }
    },
    discard,
  };
}

/**
 * What stands in the way of a recording: its file, its spool, or a whole one whose name was taken meanwhile. A link counts,
 * wherever it leads.
 */
export const takenFor = (path: string): string | undefined =>
  [path, `${path}.part`, `${path}.tmp`].find((name) => lstatSync(name, { throwIfNoEntry: false }) !== undefined);

/** No file can be put in the place of one, and that would be known only at the end. */
const isFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Gives a file its name, unless that is taken: then it says no. */
async function settle(whole: string, path: string): Promise<boolean> {
  try {
    // Not every file system has links; a copy is as exclusive, and only not all at once.
    await link(whole, path).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error;
      return copyFile(whole, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
