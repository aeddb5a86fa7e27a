import { constants, lstatSync, rmSync } from 'node:fs';
import { copyFile, link, open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { aBoolean, aFunction, checkOptions, checkText } from '../errors/optionRules.js';
import { type RecordingHeader, headerLine } from '../recording/format.js';
import { Spool } from './spool.js';

/** How a recording is written to a file. */
export interface RecordingFileOptions {
  /** Replace a file of that name, and what an earlier recording of that name left behind. Default: false. */
  readonly overwrite?: boolean;
  /**
   * The header as it stands, `recorder(…).header`: it stands in the spool from the first piece on, which is then a recording as far
   * as it goes, whatever becomes of the process. Default: none is there before the end.
   */
  readonly header?: () => RecordingHeader | undefined;
}

/** A recording on its way into a file. */
export interface RecordingFile {
  /** Takes an event's line: hand it to `recorder`. Throws what writing throws, a full disk for instance. */
  readonly sink: (line: string) => void;
  /**
   * Puts the header before the events and the file in its place. Nothing can be written after. Where the last events can't be written,
   * the error says so, and the file has those before.
   */
  finish(header: RecordingHeader): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Creates a file to write and to read, or fails: what is there stays as it is, and a link there is not followed (POSIX, `O_EXCL`). */
const NEW = 'wx+';
/** So much text is packed at once. */
const CHUNK = 256 * 1_024;

/**
 * Writes a recording as a gzip file, in bounded memory however long it is. The header is the first line, but what
 * stands in it is known only at the end; so events are spooled into `<path>.part`, packed in pieces of 256 KiB, behind some
 * room for the header. A gzip file may consist of pieces: at the end the packed header and the pieces are copied; where the disk has no
 * room for that, the header is put where its room is, and the spool gets the name. After a crash the spool has all but
 * the last piece.
 *
 * Nothing is written into what is there already, nor through a link: each file is created anew, and one that turns up under
 * the name while it is recorded stays; the recording is then in `<path>.tmp`, as the error of `finish` says.
 *
 * @throws Error at once if the file, its spool or `<path>.tmp` exists, unless it may be overwritten, or its folder can't be
 * written to, or what is there is no file.
 */
export function recordingFile(path: string, options: RecordingFileOptions = {}): RecordingFile {
  checkText('path', /^[^\0]+$/, 'the path of a file', path);
  checkOptions('options', options, { overwrite: aBoolean, header: aFunction });
  const { overwrite = false, header: present } = options;
  const kind = strangeIn(path);
  if (kind !== undefined) throw new Error(`${path} is ${kind}`);
  const spooled = `${path}.part`;
  if (overwrite) rmSync(spooled, { force: true });
  const taken = takenFor(path);
  if (!overwrite && taken !== undefined) throw new Error(`${taken} exists already`);
  const spool = new Spool(spooled);
  let lines: string[] = [];
  let size = 0;

  const flush = (): void => {
    if (lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    size = 0;
    const header = present?.();
    if (header !== undefined) spool.begin(headerText(header));
    spool.append(text);
  };

  return {
    sink: (line) => {
      if (!spool.isOpen) throw new Error(`${path} is finished`);
      lines.push(line, '\n');
      size += line.length + 1;
      if (size >= CHUNK) flush();
    },
    finish: async (header) => {
      if (!spool.isOpen) throw new Error(`${path} is finished`);
      try {
        const failure = failureOf(flush);
        await place(spool, path, headerText(header), overwrite);
        if (failure !== undefined)
          throw new Error(`${failure.message}; what came before is in ${path}`, { cause: failure });
      } finally {
        spool.discard();
      }
    },
    discard: () => {
      spool.discard();
      return Promise.resolve();
    },
  };
}

function failureOf(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const headerText = (header: RecordingHeader): string => `${headerLine(header)}\n`;

/** Puts a spool under its name, with its header in front. */
async function place(spool: Spool, path: string, header: string, overwrite: boolean): Promise<void> {
  const whole = `${path}.tmp`;
  if (overwrite) await rm(whole, { force: true });
  const copy = await open(whole, NEW);
  try {
    await copy.write(gzipSync(header));
    // Ends the file, whatever becomes of it.
    await pipeline(spool.pieces(), copy.createWriteStream());
  } catch (error) {
    await rm(whole, { force: true });
    if (codeOf(error) !== 'ENOSPC' || !spool.begin(header)) throw error;
    spool.becomes(whole);
  }
  if (overwrite) await rename(whole, path);
  else if (!(await settle(whole, path))) throw new Error(`${path} exists by now, so the recording is in ${whole}`);
  else await rm(whole, { force: true });
}

/**
 * What stands in the way of a recording: its file, its spool, or a whole one whose name was taken meanwhile. A link counts,
 * wherever it leads.
 */
export const takenFor = (path: string): string | undefined =>
  [path, `${path}.part`, `${path}.tmp`].find((name) => lstatSync(name, { throwIfNoEntry: false }) !== undefined);

/** What is neither a file nor a link, in words: no folder can be replaced by a file, and no device must be. */
function strangeIn(path: string): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.isFile() || stat.isSymbolicLink()) return undefined;
  return stat.isDirectory() ? 'a folder' : 'no file';
}

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
