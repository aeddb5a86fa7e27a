import { copierOf } from './copier.js';

/** What differs from frame to frame: a text without escapes, a number, or `true`, `false` and `null`. */
export interface Hole {
  readonly kind: HoleKind;
  /** How much of the frame stands between it and the one before it. */
  readonly gap: number;
}
export type HoleKind = 'text' | 'number' | 'word';

/** An object or a list of a frame. */
export interface Part {
  /** Its keys in their order, of a list its indices, with what stands in the gap. */
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly isList: boolean;
  /** A copy of the pattern, to be filled: of a list a list. */
  readonly copy: (pattern: Part['pattern']) => Record<string, unknown>;
  /** Under which of its keys holes and parts stand. */
  readonly holes: readonly Place[];
  readonly parts: readonly { readonly key: string; readonly part: Part }[];
}
export interface Place {
  readonly key: string;
  /** The number of the hole. */
  readonly hole: number;
}

/** What frames have in common but for one gap. */
export interface LearnedShape {
  readonly root: Part;
  readonly holes: readonly Hole[];
  /** How many holes there are before the gap. */
  readonly gapAfter: number;
  /** Reads a frame from its beginning to the gap, and from there to its end: a group for each hole. */
  readonly head: RegExp;
  readonly tail: RegExp;
  /** What stands behind the last hole, or behind the gap. */
  readonly end: string;
}

/**
 * The shape of a frame that is known to be JSON.
 *
 * @param head The frame up to the gap.
 * @param gap What stands in the gap, as members of the object that it is in.
 * @param tail What of the frame is behind the gap.
 * @returns `undefined` where there is white space, an escape, an exponent or whatever else can't be in a shape.
 */
export function learned(head: string, gap: Readonly<Record<string, unknown>>, tail: string): LearnedShape | undefined {
  return new Learner(head, gap, tail).learn();
}

/** A text without escapes, a number without an exponent, or whatever else JSON is made of. */
const TOKEN = /"[^"\\]*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?![\d.eE])|true|false|null|[{}[\],:]/y;
/** Frames of more are no frames of a channel, and an expression for them would take longer than any frame may. */
const MOST_TOKENS = 2_000;
const WORDS: readonly string[] = ['true', 'false', 'null'];
/** What each kind of hole holds. No two ways of reading one lead on, so that a text that does not fit costs no second look. */
const GROUPS: Readonly<Record<HoleKind, string>> = {
  text: '([^"\\\\\\x00-\\x1f]*)',
  number: '(-?(?:0|[1-9]\\d*)(?:\\.\\d+)?)',
  word: '(true|false|null)',
};
const toTheLetter = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const asList: Part['copy'] = (pattern) => {
  const list: object = Object.values(pattern);
  return list as Record<string, unknown>;
};

class Learner {
  readonly #text: string;
  readonly #holes: Hole[] = [];
  #gapAfter = 0;
  #head: string | undefined;
  /** How the frame is read, as far as it was gone over since it began, or since the gap. */
  #source = '';
  /** What was read since the last hole. */
  #literal = '';
  #at = 0;
  #tokens = 0;
  #isPlain = true;

  constructor(
    private readonly head: string,
    private readonly gap: Readonly<Record<string, unknown>>,
    tail: string,
  ) {
    this.#text = head + tail;
  }

  learn(): LearnedShape | undefined {
    const root = this.#part(this.#next());
    // One behind the end.
    this.#isAtGap();
    if (!this.#isPlain || this.#head === undefined || this.#at !== this.#text.length) return undefined;
    return {
      root,
      holes: this.#holes,
      gapAfter: this.#gapAfter,
      head: new RegExp(`^${this.#head}`),
      tail: new RegExp(`${this.#source}${toTheLetter(this.#literal)}$`, 'y'),
      end: this.#literal,
    };
  }

  #next(): string {
    TOKEN.lastIndex = this.#at;
    const token = TOKEN.exec(this.#text)?.[0] ?? '';
    this.#tokens += 1;
    if (token === '' || this.#tokens > MOST_TOKENS) this.#isPlain = false;
    this.#at += token.length;
    this.#literal += token;
    return token;
  }

  #part(opening: string): Part {
    const isList = opening === '[';
    const pattern: Record<string, unknown> = {};
    const part = { holes: [] as Place[], parts: [] as { key: string; part: Part }[] };
    for (let count = 0; ; count += 1) {
      if (this.#isAtGap()) this.#fillGap(pattern);
      else {
        const token = this.#next();
        // An empty one.
        if (token === '}' || token === ']') break;
        const key = isList ? String(count) : this.#key(token);
        if (Object.hasOwn(pattern, key)) this.#isPlain = false;
        pattern[key] = undefined;
        this.#member(part, key, isList ? token : this.#next());
      }
      if (this.#next() !== ',' || !this.#isPlain) break;
    }
    return { pattern, isList, copy: isList ? asList : copierOf(Object.keys(pattern)), ...part };
  }

  /** Read up to the gap, it goes on behind it. */
  #isAtGap(): boolean {
    if (this.#at !== this.head.length || this.#head !== undefined) return false;
    this.#gapAfter = this.#holes.length;
    this.#head = this.#source + toTheLetter(this.#literal);
    this.#source = '';
    this.#literal = '';
    return true;
  }

  #fillGap(values: Record<string, unknown>): void {
    for (const key in this.gap) {
      if (Object.hasOwn(values, key)) this.#isPlain = false;
      values[key] = this.gap[key];
    }
  }

  #key(token: string): string {
    this.#next();
    // Set under that name, it would be no key.
    if (token === '"__proto__"') this.#isPlain = false;
    return token.slice(1, -1);
  }

  #member(
    { holes, parts }: { holes: Place[]; parts: { key: string; part: Part }[] },
    key: string,
    token: string,
  ): void {
    if (!this.#isPlain) return;
    if (token === '{' || token === '[') {
      parts.push({ key, part: this.#part(token) });
      return;
    }
    const kind = token.startsWith('"') ? 'text' : WORDS.includes(token) ? 'word' : 'number';
    const before = this.#literal.slice(0, -token.length) + (kind === 'text' ? '"' : '');
    holes.push({ key, hole: this.#holes.length });
    this.#holes.push({ kind, gap: before.length });
    this.#source += toTheLetter(before) + GROUPS[kind];
    this.#literal = kind === 'text' ? '"' : '';
  }
}
