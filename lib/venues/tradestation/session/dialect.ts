import { type JsonObject, asJsonObject } from '../../../codec/jsonObject.js';
import { insideOf } from '../../../codec/readFrame.js';
import type { ShapedFrames } from '../../../codec/shapedFrames.js';
import type { Dialect, Link, TopicRequest } from '../../../socket/plan.js';
import type { Guard } from './guard.js';

/** What one kind of stream makes of what is no control. */
export interface StreamReader {
  /** @param read The frame as it was read: where `frames` did, a `ReadFrame`. */
  readonly data: (frame: JsonObject, read: unknown) => void;
  /** Reads lines as they mostly come. Default: `JSON.parse` reads them all. */
  readonly frames?: Pick<ShapedFrames, 'read'>;
  /** All data of a line was told. */
  readonly flush?: () => void;
  /** A line could not be read: whatever it told is missing. */
  readonly missed?: () => void;
  /** All that there was at the opening has been told. */
  readonly endSnapshot?: () => void;
  /** One symbol of several is served no more. Absent: the stream is about one, and over. */
  readonly symbolError?: (symbol: string, error: string) => void;
  /** Ours, not the venue's. @returns Whether it was. */
  readonly own?: (frame: JsonObject) => boolean;
}

export interface DialectConfig {
  /** The channels of the stream: its first word confirms them, and they end where the venue refuses it for good. */
  readonly keys: () => readonly string[];
  readonly link: Link;
  readonly reader: StreamReader;
  /** Told of what decides about the next opening. */
  readonly watch: Pick<Guard, 'dualLogon' | 'unauthorized'>;
  readonly alongside?: Dialect['alongside'];
}

/** Errors of a stream that asking again does not mend. All others are passing ones, those not documented too. */
const FINAL: readonly unknown[] = ['BadRequest', 'Forbidden', 'NotFound'];
/** Lines in a row that can't be read before the stream is given up. */
const UNREADABLE = 3;

/**
 * How any stream of the venue talks: lines of JSON without type or number. Control frames are told by their keys, in this
 * order: `Heartbeat`, `StreamStatus`, `Error` with and without `Symbol`; all else is data of the stream's own kind. An
 * array is as many frames.
 */
export class StreamDialect implements Dialect {
  readonly implicit: boolean = true;
  readonly alongside: Dialect['alongside'];
  /** Lines in a row. */
  #unreadable = 0;
  #hasSpoken = false;

  constructor(private readonly config: DialectConfig) {
    this.alongside = config.alongside;
  }

  receive(text: string): void {
    const { link } = this.config;
    // v2 ends its streams in words, at status 200.
    if (text === 'END') link.lose('closed', 'END');
    else if (text.startsWith('ERROR')) link.lose('failed', text.slice(0, 100));
    else this.#readLine(text);
  }

  /** Streams were seen that open and never say a word: nothing is known of one that has not spoken. */
  subscribe(): TopicRequest {
    return { isAwaited: true };
  }

  unsubscribe(): TopicRequest {
    return {};
  }

  #readLine(text: string): void {
    const { link, reader } = this.config;
    try {
      const frame: unknown = reader.frames?.read(text) ?? JSON.parse(text);
      for (const one of Array.isArray(frame) ? (frame as readonly unknown[]) : [frame]) this.#read(one);
      this.#spoken();
      reader.flush?.();
      this.#unreadable = 0;
    } catch (error) {
      reader.flush?.();
      this.#unreadable += 1;
      reader.missed?.();
      if (this.#unreadable >= UNREADABLE) link.lose('failed', `${UNREADABLE} lines in a row could not be read`);
      throw error;
    }
  }

  #spoken(): void {
    if (this.#hasSpoken) return;
    this.#hasSpoken = true;
    for (const key of this.config.keys()) this.config.link.confirmed(key);
  }

  #read(read: unknown): void {
    const { link, reader } = this.config;
    const frame = asJsonObject(insideOf(read), 'neither an object nor a list of them');
    if (reader.own?.(frame) === true || 'Heartbeat' in frame) return;
    const { StreamStatus: status, Error: error } = frame;
    if (typeof status === 'string') {
      if (status === 'GoAway') link.lose('shutdown', 'GoAway');
      else if (status === 'EndSnapshot') reader.endSnapshot?.();
      else link.report(`StreamStatus ${status}`);
    } else if (typeof error === 'string' && error !== '') this.#failed(error, frame);
    else reader.data(frame, read);
  }

  #failed(error: string, frame: JsonObject): void {
    const { link, reader } = this.config;
    const { Symbol: symbol, Message: message } = frame;
    if (typeof symbol !== 'string' || error === 'DualLogon') {
      this.#ended(error, typeof message === 'string' ? `${error}: ${message}` : error);
    } else if (reader.symbolError !== undefined) reader.symbolError(symbol, error);
    else if (isPassing(error)) link.lose('failed', error);
    else this.#reject(error);
  }

  #ended(error: string, words: string): void {
    const { link, watch } = this.config;
    if (error === 'DualLogon') {
      watch.dualLogon();
      link.report(words);
      link.lose('auth', 'the login is used elsewhere (DualLogon)');
    } else if (error === 'Unauthorized') {
      watch.unauthorized();
      link.lose('auth', words.slice(0, 100));
    } else if (error === 'GoAway') link.lose('shutdown', words.slice(0, 100));
    else if (FINAL.includes(error)) this.#reject(words);
    else link.lose('failed', `the venue ended the stream: ${words.slice(0, 100)}`);
  }

  #reject(words: string): void {
    for (const key of this.config.keys()) this.config.link.rejected(key, words);
  }
}

/** A bare `FAILED` heals by itself; those that say more don't. */
export const isPassing = (error: string): boolean => error === 'FAILED';
