import { ODD } from '../model/plainLevel.js';
import { FrameShape } from './frameShape.js';
import { type JsonReading, plainJson } from './jsonReading.js';
import { PresentShape } from './presentShape.js';
import type { Cursor } from './scanDecimal.js';

/** Finds, in what is left of a frame without its levels, the object that they belong to. */
export type PlaceOfLevels = (frame: unknown) => Record<string, unknown> | undefined;

/** Reads the frames of one wire. */
export interface LevelScanner {
  /**
   * Reads one frame.
   *
   * @returns The frame of a text with its levels in it, as the codecs of levels take them; `undefined` where anything is not as
   *   plain as that, for the ordinary way to judge.
   * @throws SyntaxError where what is around the levels is no JSON.
   */
  readonly read: (text: string) => unknown;
}

/** What of a frame is read from the text itself: members of one object that stand side by side. */
export interface Gap {
  /** Their names, in their order. The first is of a list. */
  readonly names: readonly string[];
  /**
   * Reads them all where the cursor stands, from the name of the first on, and leaves the cursor behind the last; `undefined`
   * where anything is not plain.
   */
  readonly read: (text: string, cursor: Cursor) => readonly unknown[] | undefined;
}

/** Parses frames but for a gap, which is read from the text itself. */
export class GapScanner implements LevelScanner {
  /** What stands for each of its members in a frame that was read without them. */
  readonly #marks: Readonly<Record<string, number>>;
  readonly #filling: string;
  readonly #unquoted: string;
  readonly #cursor: Cursor = { at: 0, decimals: ODD };
  readonly #present = new PresentShape();

  /** @param json How what is around the gap is read. */
  constructor(
    private readonly gap: Gap,
    private readonly place: PlaceOfLevels,
    private readonly json: JsonReading = plainJson,
  ) {
    this.#marks = Object.fromEntries(gap.names.map((name, i) => [name, i + 1]));
    this.#filling = JSON.stringify(this.#marks).slice(1, -1);
    this.#unquoted = `${gap.names[0]}":[`;
  }

  read(text: string): unknown {
    return this.#readByShape(text) ?? this.#readAnew(text, true);
  }

  /** The same of a text whose shape will not come again. */
  readOnce(text: string): unknown {
    return this.#readAnew(text, false);
  }

  /** What stands around the gap is as it was in a frame before. */
  #readByShape(text: string): unknown {
    const { shape } = this.#present;
    if (shape === undefined) return undefined;
    const cursor = this.#cursor;
    cursor.at = shape.head(text);
    if (cursor.at < 0) return undefined;
    const values = this.gap.read(text, cursor);
    if (values === undefined || !shape.tail(text, cursor.at)) return undefined;
    this.#present.fitted();
    return this.#filled(shape.frame(), values);
  }

  #readAnew(text: string, isLearned: boolean): unknown {
    const cursor = this.#cursor;
    // Without the quote it begins with, of which a frame is full: each would be looked at.
    const from = (cursor.at = text.indexOf(this.#unquoted) - 1);
    // What is cut off is none of JSON: it is not gone over to its end (`scanDecimal`).
    if (from < 0 || !'}]'.includes(text.trimEnd().slice(-1))) return undefined;
    const values = this.gap.read(text, cursor);
    if (values === undefined) return undefined;
    const [head, tail] = [text.slice(0, from), text.slice(cursor.at)];
    const frame = this.#filled(this.json.parse(head + this.#filling + tail), values);
    if (isLearned && frame !== undefined)
      this.#present.missed(head.length + tail.length, () => FrameShape.of(head, this.#marks, tail, this.json));
    return frame;
  }

  #filled(frame: unknown, values: readonly unknown[]): unknown {
    const home = this.place(frame);
    if (home === undefined) return undefined;
    const { names } = this.gap;
    for (let i = 0; i < names.length; i += 1) {
      const name = names[i] as string;
      // A key told twice, or at another place.
      if (home[name] !== i + 1) return undefined;
      home[name] = values[i];
    }
    return frame;
  }
}
