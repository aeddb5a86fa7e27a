import type { PriceLevel } from '../model/priceLevel.js';

/** Levels that were read from the text of a frame. `Levels` takes them as they are; no JSON can make one. */
export class ScannedLevels {
  constructor(readonly levels: readonly PriceLevel[]) {}

  /** As the venue sent them. */
  toJSON(): readonly (readonly [string, string])[] {
    return this.levels.map(({ exact }) => [exact.price, exact.size]);
  }
}

const [QUOTE, COMMA, POINT, ZERO, OPEN, CLOSE] = [34, 44, 46, 48, 91, 93];
const POWERS = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
/** From this length on a slice keeps the whole text alive that it is of (V8). */
const SLICED = 13;

/**
 * Parses a frame whose two lists of levels stand side by side as `"b":[["7.5040","813"],…],"a":[…]`, and reads these two
 * from the text itself. A frame of depth is little else; parsed the ordinary way each level makes an array to be thrown
 * away, and its digits are gone over twice. Half the time of `JSON.parse` and a codec.
 *
 * @param place Finds, in what is left of the frame, the object that they belong to.
 * @returns The frame with {@link ScannedLevels} in it; `undefined` where anything is not as plain as that, for the ordinary
 *   way to judge.
 */
export function scanLevels(
  text: string,
  first: string,
  second: string,
  place: (frame: unknown) => Record<string, unknown> | undefined,
): unknown {
  const from = text.indexOf(`"${first}":[`);
  if (from < 0) return undefined;
  const scan = new Scan(text, from + first.length + 3);
  const ones = scan.levels();
  if (ones === undefined || !scan.skip(`,"${second}":`)) return undefined;
  const others = scan.levels();
  if (others === undefined) return undefined;
  const frame: unknown = JSON.parse(`${text.slice(0, from)}"${first}":1,"${second}":2${text.slice(scan.at)}`);
  const home = place(frame);
  // A key told twice, or at another place.
  if (home?.[first] !== 1 || home[second] !== 2) return undefined;
  home[first] = new ScannedLevels(ones);
  home[second] = new ScannedLevels(others);
  return frame;
}

class Scan {
  /** The number read last. */
  private value = 0;

  constructor(
    private readonly text: string,
    /** Where it stands. */
    public at: number,
  ) {}

  skip(what: string): boolean {
    const isThere = this.text.startsWith(what, this.at);
    this.at += what.length;
    return isThere;
  }

  levels(): readonly PriceLevel[] | undefined {
    const levels: PriceLevel[] = [];
    if (this.next() !== OPEN) return undefined;
    if (this.text.charCodeAt(this.at) === CLOSE) {
      this.at += 1;
      return levels;
    }
    for (;;) {
      if (this.next() !== OPEN) return undefined;
      const price = this.decimal();
      if (price === undefined) return undefined;
      const number = this.value;
      if (this.next() !== COMMA) return undefined;
      const size = this.decimal();
      if (size === undefined || this.next() !== CLOSE) return undefined;
      levels.push({ price: number, size: this.value, exact: { price, size } });
      const end = this.next();
      if (end === CLOSE) return levels;
      if (end !== COMMA) return undefined;
    }
  }

  private next(): number {
    return this.text.charCodeAt(this.at++);
  }

  /** A decimal in quotes, of as many digits as a double holds. */
  private decimal(): string | undefined {
    const { text } = this;
    if (this.next() !== QUOTE) return undefined;
    const start = this.at;
    let end = start;
    let digits = 0;
    let point = -1;
    let code = text.charCodeAt(end);
    for (; code !== QUOTE; code = text.charCodeAt(++end)) {
      const digit = code - ZERO;
      if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
      else if (code === POINT && point < 0 && end > start) point = end;
      else return undefined;
    }
    const power = POWERS[point < 0 ? 0 : end - 1 - point];
    if (end === start || point === end - 1 || digits > Number.MAX_SAFE_INTEGER || power === undefined) return undefined;
    this.value = digits / power;
    this.at = end + 1;
    const exact = text.slice(start, end);
    return exact.length < SLICED ? exact : ` ${exact}`.slice(1);
  }
}
