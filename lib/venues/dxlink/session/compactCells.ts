import { REFUSED, type TryDecode, tryDecodeOf } from '../../../codec/fastType.js';
import { parseLossless } from '../../../codec/losslessJson.js';
import { type Cursor, partOf, scanDecimal, standsAt } from '../../../codec/scanDecimal.js';
import { ODD } from '../../../model/plainLevel.js';
import type { Columns } from '../columns.js';
import { Char, Count, Double, Flag, Index, Side, Time, Word, Words } from '../scalars.js';
import type { Layout } from './compactLayout.js';

const BLANK = 32;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const BACKSLASH = 92;
const CLOSE = 93;
const isSeparator = (code: number): boolean => code === COMMA || code === CLOSE;
const NAN = '"NaN"';
const NULL = 'null';
/** What is no text, list or object, nor `null`. */
const SCALAR = /^(?:true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/;
/** Longer than any number is written. */
const LONGEST = 40;

const [tryChar, tryCount, tryDouble] = [tryDecodeOf(Char), tryDecodeOf(Count), tryDecodeOf(Double)];
const [tryFlag, tryIndex, trySide] = [tryDecodeOf(Flag), tryDecodeOf(Index), tryDecodeOf(Side)];
const [tryTime, tryWord, tryWords] = [tryDecodeOf(Time), tryDecodeOf(Word), tryDecodeOf(Words)];

/**
 * The cells of one list of rows, read from the text: each as its codec reads what `parseLossless` makes of it. What is not as
 * plain as nearly all are is told by {@link isOdd}, and whatever is read from there on means nothing.
 */
export class CompactCells implements Columns {
  instrument = '';
  /** Told later: when it was received. */
  readonly receivedTime = NaN;
  isOdd = false;
  /** Behind the last cell of the list. */
  isAtEnd = false;
  readonly #text: string;
  readonly #cursor: Cursor;
  readonly #layout: Layout;
  #column = 0;

  /** @param cursor Stands before the first cell; afterwards behind the end of the list. */
  constructor(text: string, cursor: Cursor, layout: Layout) {
    this.#text = text;
    this.#cursor = cursor;
    this.#layout = layout;
  }

  /** Begins a row. */
  begin(): void {
    this.#column = -1;
    this.instrument = this.words() ?? '';
    // One without is somebody's all the same, and told.
    if (this.instrument === '') this.isOdd = true;
  }

  attachment(): unknown {
    this.isOdd = true;
    return undefined;
  }

  char(): string | undefined {
    return this.#textual(tryChar);
  }

  count(): number | undefined {
    return this.#numeric(tryCount);
  }

  double(): number | undefined {
    return this.#numeric(tryDouble);
  }

  flag(): boolean | undefined {
    if (!this.#isThere()) return undefined;
    const isSet = this.#text.startsWith('true', this.#cursor.at);
    if (!isSet && !this.#text.startsWith('false', this.#cursor.at)) return this.#scalar(tryFlag);
    this.#cursor.at += isSet ? 4 : 5;
    this.#close();
    return isSet;
  }

  /** Of a number the digits, which are more than a double holds. */
  index(): string | undefined {
    if (!this.#isThere()) return undefined;
    const [text, from] = [this.#text, this.#cursor.at];
    let at = from;
    for (let code = text.charCodeAt(at); code >= ZERO && code <= NINE; code = text.charCodeAt(++at));
    if (at === from) return this.#scalar(tryIndex);
    if (text.charCodeAt(from) === ZERO && at > from + 1) this.isOdd = true;
    this.#cursor.at = at;
    this.#close();
    return partOf(text, from, at);
  }

  side(): 'BUY' | 'SELL' | undefined {
    return this.#textual(trySide);
  }

  time(): number | undefined {
    const time = this.#numeric(tryTime);
    return time === 0 ? undefined : time;
  }

  word(): string | undefined {
    return this.#textual(tryWord);
  }

  words(): string | undefined {
    return this.#textual(tryWords);
  }

  /** Goes on to the next column. */
  #isThere(): boolean {
    this.#column += 1;
    const isThere = this.#layout.isThere[this.#column] === true;
    if (isThere && this.isAtEnd) this.isOdd = true;
    return isThere;
  }

  /** A number but 0 is known to all codecs of numbers. */
  #numeric(tryDecode: TryDecode<number | undefined>): number | undefined {
    if (!this.#isThere()) return undefined;
    const [text, cursor] = [this.#text, this.#cursor];
    const from = cursor.at;
    const first = text.charCodeAt(from);
    // One digit, as every second number.
    if (text.charCodeAt(from + 1) === COMMA && first >= ZERO && first <= NINE) {
      cursor.at = from + 2;
      return first - ZERO;
    }
    if (first === QUOTE && text.startsWith(NAN, from)) {
      cursor.at += NAN.length;
      this.#close();
      return undefined;
    }
    if (first === MINUS) cursor.at += 1;
    cursor.decimals = ODD;
    const value = scanDecimal(text, cursor);
    const after = text.charCodeAt(cursor.at);
    if (cursor.decimals === ODD || !isSeparator(after)) {
      cursor.at = from;
      return this.#scalar(tryDecode);
    }
    this.#close();
    return first === MINUS ? -value : value;
  }

  #textual<A>(tryDecode: TryDecode<A>): A | undefined {
    if (!this.#isThere()) return undefined;
    const { texts, values } = this.#layout;
    const [text, column] = [this.#text, this.#column];
    const from = this.#cursor.at + 1;
    const last = texts[column];
    const isSame = last !== undefined && text.charCodeAt(from + last.length) === QUOTE && standsAt(text, last, from);
    if (text.charCodeAt(from - 1) !== QUOTE) return this.#scalar(tryDecode);
    if (isSame) {
      this.#cursor.at = from + last.length + 1;
      this.#close();
      return values[column] as A;
    }
    const written = this.#string();
    const value = tryDecode(this.#meant(written));
    if (value === REFUSED) {
      this.isOdd = true;
      return undefined;
    }
    texts[column] = written;
    values[column] = value;
    return value;
  }

  /** Whatever stands there, as its codec reads what it is in JSON. */
  #scalar<A>(tryDecode: TryDecode<A>): A | undefined {
    const isText = this.#text.charCodeAt(this.#cursor.at) === QUOTE;
    const value = tryDecode(isText ? this.#meant(this.#string()) : this.#token());
    if (value !== REFUSED) return value;
    this.isOdd = true;
    return undefined;
  }

  /** What stands between quotes, as it is spelled. */
  #string(): string {
    const [text, from] = [this.#text, this.#cursor.at + 1];
    let at = from;
    for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(++at)) {
      if (code === BACKSLASH) at += 1;
      // Not so by NaN either, behind the end.
      if (code >= BLANK) continue;
      this.isOdd = true;
      return '';
    }
    this.#cursor.at = at + 1;
    this.#close();
    return partOf(text, from, at);
  }

  /** What such a text means. */
  #meant(written: string): unknown {
    if (!written.includes('\\')) return written;
    try {
      return JSON.parse(`"${written}"`);
    } catch {
      this.isOdd = true;
      return '';
    }
  }

  #token(): unknown {
    const [text, from] = [this.#text, this.#cursor.at];
    if (text.startsWith(NULL, from)) {
      this.#cursor.at += NULL.length;
      this.#close();
      return null;
    }
    let at = from;
    while (at < from + LONGEST && !isSeparator(text.charCodeAt(at))) at += 1;
    const token = text.slice(from, at);
    if (!SCALAR.test(token)) {
      this.isOdd = true;
      return undefined;
    }
    this.#cursor.at = at;
    this.#close();
    return parseLossless(token);
  }

  /** Goes over what stands behind a value. */
  #close(): void {
    const code = this.#text.charCodeAt(this.#cursor.at);
    if (code === CLOSE) this.isAtEnd = true;
    else if (code !== COMMA) this.isOdd = true;
    this.#cursor.at += 1;
  }
}
