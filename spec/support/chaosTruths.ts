/** What is told of each thing, as text; what is not there is told by its absence. */
export type Parts = ReadonlyMap<string, string>;

const ABSENT = '';

/**
 * What was true of each of several things, and until when. What is told together need not be of one moment: its parts come one
 * by one. So each part is judged alone: as it is told, or is left out, it was no longer ago than a bound.
 */
export class Truths {
  readonly #present = new Map<string, string>();
  /** Of each part: when each of its texts was true for the last time. */
  readonly #last = new Map<string, Map<string, number>>();

  constructor(private readonly now: () => number) {}

  /** All that is true now. */
  note(parts: Parts): void {
    for (const [name, text] of parts) this.one(name, text);
    for (const [name, text] of this.#present) if (text !== ABSENT && !parts.has(name)) this.one(name, ABSENT);
  }

  /** What is true of one now. */
  one(name: string, text: string): void {
    const before = this.#present.get(name) ?? ABSENT;
    if (before === text) return;
    this.#present.set(name, text);
    const last = this.#last.get(name) ?? new Map<string, number>();
    this.#last.set(name, last.set(before, this.now()).set(text, Infinity));
  }

  /** What of it was not so within the last so many ms, if anything. */
  faultOf(told: Parts, bound: number): string | undefined {
    for (const [name, text] of told) {
      const fault = this.#faultIn(name, text, bound);
      if (fault !== undefined) return fault;
    }
    for (const [name, present] of this.#present) {
      if (present === ABSENT || told.has(name)) continue;
      const fault = this.#faultIn(name, ABSENT, bound);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #faultIn(name: string, text: string, bound: number): string | undefined {
    const present = this.#present.get(name) ?? ABSENT;
    if (text === present) return undefined;
    const last = this.#last.get(name)?.get(text);
    const words = `${name} is told as '${text}', in truth it is '${present}'`;
    if (last === undefined) return `${words}, and never was that`;
    return this.now() - last > bound ? `${words}, and has not been that for ${this.now() - last} ms` : undefined;
  }
}
