import { check } from '../errors/checks.js';
import { RecordingFormatError } from '../errors/recordingFormatError.js';
import type { RecordedEvent, Recording, RecordingHeader } from './format.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the lines of a recording, one by one: give it every line, then ask for the recording. Blank lines are passed
 * over; fields it does not know are kept. A last line that breaks off costs itself alone, and is told.
 *
 * @throws RecordingFormatError with line and field, from the line at fault on, or the one behind it where it may be the last.
 */
export class RecordingReader {
  private line = 0;
  private header: RecordingHeader | undefined;
  private readonly events: RecordedEvent[] = [];
  /** A line that is no JSON: half of one, if none follows. */
  private half: RecordingFormatError | undefined;

  /** How many lines it was given. */
  get lines(): number {
    return this.line;
  }

  read(text: string): void {
    this.line += 1;
    if (text.trim() === '') return;
    if (this.half !== undefined) throw this.half;
    const fields = this.parse(text);
    if (fields === undefined) return;
    if (this.header === undefined) {
      this.checkHeader(fields);
      this.header = fields;
    } else {
      this.checkEvent(fields);
      this.events.push(fields);
    }
  }

  recording(): Recording {
    if (this.header === undefined) throw new RecordingFormatError(1, '', 'it is empty, the header is missing');
    const { header, events, half } = this;
    return half === undefined ? { header, events } : { header, events, brokenOff: `line ${half.line} breaks off` };
  }

  private parse(text: string): Fields | undefined {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      const failure = new RecordingFormatError(this.line, '', 'the line is no JSON', { cause: error });
      if (this.header === undefined) throw failure;
      this.half = failure;
      return undefined;
    }
    if (isFields(value)) return value;
    throw new RecordingFormatError(this.line, '', 'the line is no JSON object');
  }

  private checkHeader(fields: Fields): asserts fields is Fields & RecordingHeader {
    if (!('recording' in fields)) this.fail('recording', 'the first line is not a header');
    if (fields['recording'] !== 1) this.fail('recording', `version ${JSON.stringify(fields['recording'])}, expected 1`);
    this.expect(fields, 'venue', 'string');
    this.expect(fields, 'capturedAt', 'string');
    this.expect(fields, 'url', 'string');
    if ('market' in fields) this.expect(fields, 'market', 'string');
    if ('source' in fields) this.expect(fields, 'source', 'string');
    for (const [i, text] of this.list(fields, 'sent').entries()) {
      if (typeof text !== 'string') this.fail(`sent[${i}]`, 'expected a string');
    }
    for (const [i, socket] of this.list(fields, 'sockets').entries()) this.checkSocket(socket, `sockets[${i}]`);
  }

  private checkSocket(socket: unknown, place: string): void {
    if (!isFields(socket)) this.fail(place, 'expected an object');
    this.expect(socket, 'socket', 'string', place);
    this.expect(socket, 'url', 'string', place);
    this.expect(socket, 'openedAt', 'number', place);
    for (const [i, sent] of this.list(socket, 'sent', place).entries()) {
      const at = `${place}.sent[${i}]`;
      if (!isFields(sent)) this.fail(at, 'expected an object');
      this.expect(sent, 'at', 'number', at);
      this.expect(sent, 'data', 'string', at);
    }
  }

  private checkEvent(fields: Fields): asserts fields is Fields & RecordedEvent {
    this.expect(fields, 'at', 'number');
    switch (fields['kind']) {
      case 'frame':
        this.expect(fields, 'socket', 'string');
        this.expect(fields, 'data', 'string');
        return;
      case 'http':
        this.expect(fields, 'url', 'string');
        this.expect(fields, 'status', 'number');
        this.expect(fields, 'body', 'string');
        return;
      default:
        this.fail('kind', `expected "frame" or "http", found ${shown(fields['kind'])}`);
    }
  }

  private list(fields: Fields, name: string, place = ''): readonly unknown[] {
    const value = fields[name];
    if (Array.isArray(value)) return value;
    return this.fail(join(place, name), `expected an array, found ${shown(value)}`);
  }

  private expect(fields: Fields, name: string, type: 'string' | 'number', place = ''): void {
    const value = fields[name];
    if (typeof value !== type) this.fail(join(place, name), `expected a ${type}, found ${shown(value)}`);
  }

  private fail(field: string, text: string): never {
    throw new RecordingFormatError(this.line, field, text);
  }
}

/** Reads a recording whose lines are at hand. */
export function parseRecording(lines: Iterable<string>): Recording {
  check('lines', Symbol.iterator in Object(lines), 'the lines of a recording', typeof lines);
  const reader = new RecordingReader();
  for (const line of lines) reader.read(line);
  return reader.recording();
}

const join = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

/** What was found, short enough for one line. */
const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40));

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
