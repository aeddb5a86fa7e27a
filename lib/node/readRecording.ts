import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { checkText } from '../errors/optionRules.js';
import { RecordingFormatError } from '../errors/recordingFormatError.js';
import type { Recording } from '../recording/format.js';
import { RecordingReader } from '../recording/parseRecording.js';

/**
 * Reads a recording from a file, packed with gzip or not. Of one that was cut off, all that is whole is read, and `brokenOff`
 * of the recording tells it.
 *
 * @throws RecordingFormatError if it is none, with line and field; Node's own error if the file can't be read.
 */
export async function readRecording(path: string): Promise<Recording> {
  checkText('path', /^[^\0]+$/, 'the path of a file', path);
  const isGzip = await isPacked(path);
  try {
    return await read(path, (file) => (isGzip ? unpacked(file) : file));
  } catch (error) {
    if (codeOf(error) !== BROKEN_OFF) throw error;
    // Once more, since a stream that fails keeps for itself what it has unpacked.
    const recording = await read(path, (file) => unpacked(file, constants.Z_SYNC_FLUSH));
    return { ...recording, brokenOff: recording.brokenOff ?? 'the gzip data breaks off' };
  }
}

async function read(path: string, textOf: (file: Readable) => Readable): Promise<Recording> {
  const reader = new RecordingReader();
  const file = createReadStream(path);
  try {
    for await (const line of linesOf(textOf(file))) reader.read(line);
  } catch (error) {
    throw explained(error, reader.lines + 1);
  } finally {
    file.destroy();
  }
  return reader.recording();
}

function unpacked(file: Readable, finishFlush: number = constants.Z_FINISH): Readable {
  const gunzip = createGunzip({ finishFlush });
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

async function* linesOf(chunks: Readable): AsyncGenerator<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of chunks) {
    const [first = '', ...more] = utf8.decode(bytesOf(chunk), { stream: true }).split('\n');
    rest += first;
    for (const next of more) {
      yield rest;
      rest = next;
    }
  }
  rest += endOf(utf8);
  if (rest !== '') yield rest;
}

/** Half a letter is half of a line. */
function endOf(utf8: TextDecoder): string {
  try {
    return utf8.decode();
  } catch {
    return '\ufffd';
  }
}

/** A stream's chunks have no type of their own; these are never texts. */
const bytesOf = (chunk: unknown): Buffer => (Buffer.isBuffer(chunk) ? chunk : Buffer.alloc(0));

/** Gzip is told by its first two bytes, not by the name of the file. */
async function isPacked(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** What zlib says of data that end too soon. */
const BROKEN_OFF = 'Z_BUF_ERROR';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

function explained(error: unknown, line: number): unknown {
  const code = codeOf(error);
  if (code === BROKEN_OFF) return error;
  if (code.startsWith('Z_')) return new RecordingFormatError(line, '', 'the gzip data is damaged', { cause: error });
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new RecordingFormatError(line, '', 'the text is no UTF-8', { cause: error });
  }
  return error;
}
