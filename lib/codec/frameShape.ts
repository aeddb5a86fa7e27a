import { type Hole, type LearnedShape, type Part, learned } from './learnedShape.js';
import type { JsonReading } from './jsonReading.js';
import { ownText } from './scanDecimal.js';

const ZERO = 48;
/** Of so many digits a double holds any number. */
const MOST_DIGITS = 15;

/**
 * What the frames of a channel have in common but for one gap: keys, order and nesting to the letter; texts and numbers
 * differ. Learned of one frame that `JSON.parse` has read; another one that fits is read by a regular expression, which V8
 * compiles, to what `JSON.parse` would make of it. Whatever is not as plain as that does not fit.
 */
export class FrameShape {
  /** What the holes held of the frame that was read last: a text that is as in the frame before is the same object. */
  readonly values: unknown[];

  private constructor(
    readonly shape: LearnedShape,
    private readonly json: JsonReading,
  ) {
    this.values = shape.holes.map(() => '');
  }

  /**
   * @param head The frame up to the gap.
   * @param gap What stands in the gap, as members of the object that it is in.
   * @param tail What of the frame is behind the gap.
   * @param json How it was read.
   * @returns `undefined` where the frame has white space, escapes, exponents or whatever else can't be in a shape.
   */
  static of(
    head: string,
    gap: Readonly<Record<string, unknown>>,
    tail: string,
    json: JsonReading,
  ): FrameShape | undefined {
    const shape = learned(head, gap, tail);
    return shape && new FrameShape(shape, json);
  }

  /** @returns Where the gap of a text begins; -1 where the text does not fit up to there. */
  head(text: string): number {
    const { end, head, gapAfter } = this.shape;
    // What is cut off is not gone over: `scanDecimal` says what a look behind the end costs.
    const found = text.endsWith(end) ? head.exec(text) : null;
    if (found === null) return -1;
    this.#hold(text, found, 0, gapAfter, 0);
    return found[0].length;
  }

  /** @returns Whether a text that fits up to the gap does so from its end on. */
  tail(text: string, at: number): boolean {
    const { tail, gapAfter, holes, end } = this.shape;
    // That it ends so is known.
    if (holes.length === gapAfter) return text.length === at + end.length;
    tail.lastIndex = at;
    const found = tail.exec(text);
    if (found !== null) this.#hold(text, found, gapAfter, holes.length, at);
    return found !== null;
  }

  /** The frame that was read. */
  frame(): unknown {
    return this.#made(this.shape.root);
  }

  #made({ pattern, copy, holes, parts }: Part): unknown {
    const made = copy(pattern);
    for (const { key, hole } of holes) made[key] = this.values[hole];
    for (const { key, part } of parts) made[key] = this.#made(part);
    return made;
  }

  #hold(text: string, found: RegExpExecArray, from: number, to: number, start: number): void {
    const { values } = this;
    let at = start;
    for (let i = from; i < to; i += 1) {
      const { kind, gap } = this.shape.holes[i] as Hole;
      const part = found[i - from + 1] as string;
      at += gap;
      if (kind === 'number') values[i] = this.#number(text, at, part, values[i]);
      else if (kind === 'word') values[i] = part === 'null' ? null : part === 'true';
      else if (part !== values[i]) values[i] = ownText(part);
      at += part.length;
    }
  }

  #number(text: string, from: number, part: string, last: unknown): unknown {
    const end = from + part.length;
    let value = 0;
    for (let at = from; at < end; at += 1) {
      const digit = text.charCodeAt(at) - ZERO;
      // A sign, or a point.
      if (digit < 0 || part.length > MOST_DIGITS) return part === last ? last : this.json.number(ownText(part));
      value = value * 10 + digit;
    }
    return value;
  }
}
