import {
  closeSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';

/** So many bytes are left free for what is known last and stands first. */
const ROOM = 32_768;
const READ_AT_ONCE = 65_536;

/**
 * A gzip file that is created anew, and grows by pieces behind some room for its beginning; never half a piece. Another that takes its
 * name meanwhile is left alone.
 */
export class Spool {
  readonly #file: number;
  readonly #path: string;
  readonly #id: string;
  /** Where the last whole piece ends. */
  #end = 0;
  #isOpen = true;
  #hasName = true;

  /** @throws Error where something has the name already, or no file can be there. */
  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'wx+');
    this.#id = idOf(fstatSync(this.#file));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Says what it begins with: again each time. Tells whether there is room for it. */
  begin(text: string): boolean {
    const packed = padded(gzipSync(text));
    if (packed === undefined) return false;
    this.#write(packed, 0);
    this.#end = Math.max(this.#end, ROOM);
    return true;
  }

  /** @throws what writing throws; the file then ends with the piece before. */
  append(text: string): void {
    if (this.#end === 0) this.begin('');
    const packed = gzipSync(text);
    try {
      this.#write(packed, this.#end);
    } catch (error) {
      ftruncateSync(this.#file, this.#end);
      throw error;
    }
    this.#end += packed.length;
  }

  /** All behind its beginning. A stream on the file would close it where its reader fails. */
  *pieces(): Generator<Buffer> {
    for (let at = ROOM; at < this.#end;) {
      const bytes = Buffer.alloc(Math.min(READ_AT_ONCE, this.#end - at));
      const read = readSync(this.#file, bytes, 0, bytes.length, at);
      if (read === 0) throw new Error(`${this.#path} became shorter`);
      at += read;
      yield bytes.subarray(0, read);
    }
  }

  /** Gets a name for good. */
  becomes(path: string): void {
    renameSync(this.#path, path);
    this.#hasName = false;
  }

  /** Ends it, and leaves nothing behind where it has no name for good. */
  discard(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
    const there = this.#hasName ? lstatSync(this.#path, { throwIfNoEntry: false }) : undefined;
    if (there !== undefined && idOf(there) === this.#id) rmSync(this.#path, { force: true });
    this.#hasName = false;
  }

  #write(bytes: Uint8Array, at: number): void {
    for (let written = 0; written < bytes.length;) {
      written += writeSync(this.#file, bytes, written, bytes.length - written, at + written);
    }
  }
}

const idOf = ({ dev, ino }: { readonly dev: number; readonly ino: number }): string => `${dev}/${ino}`;

/** Where a gzip file says what is in it, and the bit of the extra field that may hold anything (RFC 1952, 2.3). */
const FLAGS = 3;
const EXTRA = 4;
/** Ahead of that field, and the two bytes of its length. */
const HEAD = 10;
const LENGTH = 2;

/** The same piece, as long as the room is; `undefined` where it is longer. */
function padded(packed: Buffer): Buffer | undefined {
  const free = ROOM - packed.length - LENGTH;
  if (free < 0) return undefined;
  const all = Buffer.alloc(ROOM);
  packed.copy(all, 0, 0, HEAD);
  all[FLAGS] = (packed[FLAGS] ?? 0) | EXTRA;
  all.writeUInt16LE(free, HEAD);
  packed.copy(all, HEAD + LENGTH + free, HEAD);
  return all;
}
