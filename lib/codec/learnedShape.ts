/** What differs from frame to frame: a text without escapes, or a whole number. */
export interface Hole {
  /** What of the frame stands between it and the one before it, to the letter. */
  before: string;
  readonly isText: boolean;
}

/** An object or a list of a frame. */
export interface Part {
  /** Its keys in their order, of a list its indices, with what stands under them in every frame. */
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly isList: boolean;
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
  /** How many holes there are before the gap, and what stands between the last of them and the gap. */
  readonly gapAfter: number;
  readonly beforeGap: string;
  /** What stands behind the last hole, or behind the gap. */
  readonly end: string;
}

/**
 * The shape of a frame that is known to be JSON.
 *
 * @param head The frame up to the gap.
 * @param gap What stands in the gap, as members of the object that it is in.
 * @param tail What of the frame is behind the gap.
 * @param isExact Whether a number may have decimals.
 * @returns `undefined` where there is white space, an escape, a fraction or whatever else can't be in a shape.
 */
export function learned(
  head: string,
  gap: Readonly<Record<string, unknown>>,
  tail: string,
  isExact = false,
): LearnedShape | undefined {
  return new Learner(head, gap, tail, isExact ? EXACT_TOKEN : TOKEN).learn();
}

/** A text without escapes, a whole number that a double holds, or whatever else JSON is made of. */
const TOKEN = /"[^"\\]*"|-?(?:0|[1-9]\d{0,14})(?![\d.eE])|true|false|null|[{}[\],:]/y;
/** The same with decimals. */
const EXACT_TOKEN = /"[^"\\]*"|-?(?:0|[1-9]\d{0,14})(?:\.\d+)?(?![\d.eE])|true|false|null|[{}[\],:]/y;
const SAME: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

class Learner {
  readonly #text: string;
  readonly #holes: Hole[] = [];
  #gapAfter = 0;
  #beforeGap: string | undefined;
  /** What was read since the last hole. */
  #literal = '';
  #at = 0;
  #isPlain = true;

  constructor(
    private readonly head: string,
    private readonly gap: Readonly<Record<string, unknown>>,
    tail: string,
    private readonly token: RegExp,
  ) {
    this.#text = head + tail;
  }

  learn(): LearnedShape | undefined {
    const root = this.#part(this.#next());
    // One behind the end.
    this.#isAtGap();
    if (!this.#isPlain || this.#beforeGap === undefined || this.#at !== this.#text.length) return undefined;
    return {
      root,
      holes: this.#holes,
      gapAfter: this.#gapAfter,
      beforeGap: this.#beforeGap,
      end: this.#literal,
    };
  }

  #next(): string {
    this.token.lastIndex = this.#at;
    const token = this.token.exec(this.#text)?.[0] ?? '';
    if (token === '') this.#isPlain = false;
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
        this.#member(pattern, part, key, isList ? token : this.#next());
      }
      if (this.#next() !== ',' || !this.#isPlain) break;
    }
    return { pattern, isList, ...part };
  }

  /** Read up to the gap, it goes on behind it. */
  #isAtGap(): boolean {
    if (this.#at !== this.head.length || this.#beforeGap !== undefined) return false;
    this.#gapAfter = this.#holes.length;
    this.#beforeGap = this.#literal;
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
    values: Record<string, unknown>,
    { holes, parts }: { holes: Place[]; parts: { key: string; part: Part }[] },
    key: string,
    token: string,
  ): void {
    values[key] = SAME[token];
    if (token === '{' || token === '[') parts.push({ key, part: this.#part(token) });
    else if (!(token in SAME)) {
      holes.push({ key, hole: this.#holes.length });
      const isText = token.startsWith('"');
      this.#holes.push({ before: this.#literal.slice(0, -token.length) + (isText ? '"' : ''), isText });
      this.#literal = isText ? '"' : '';
    }
  }
}
