/**
 * What was requested of each key and is yet to be answered, where answers name the key alone. They come in the order of the requests:
 * what stands ahead of the one that is answered has lost its answer.
 */
export class AnswersInOrder {
  readonly #pending = new Map<string, readonly ('begin' | 'end')[]>();

  /** It was requested. A beginning that is requested twice in a row had no answer for as long as one may take. */
  requested(key: string, step: 'begin' | 'end'): void {
    const before = this.#pending.get(key) ?? [];
    if (before.at(-1) !== step) this.#pending.set(key, [...before, step]);
    else if (step === 'begin') this.#pending.set(key, [step]);
  }

  /**
   * It was answered as that.
   *
   * @returns Whether such an answer was awaited.
   */
  answered(key: string, step: 'begin' | 'end'): boolean {
    const before = this.#pending.get(key) ?? [];
    const at = before.indexOf(step);
    if (at >= 0) this.#pending.set(key, before.slice(at + 1));
    return at >= 0;
  }

  /**
   * It was answered by a word that says the key, and not what it is about.
   *
   * @returns What it is about: what was to be answered next.
   */
  next(key: string): 'begin' | 'end' | undefined {
    const [next, ...others] = this.#pending.get(key) ?? [];
    this.#pending.set(key, others);
    return next;
  }

  /** Whether it is being ended, as far as is known. */
  isEnding(key: string): boolean {
    return this.#pending.get(key)?.includes('end') === true;
  }

  /** Whether it is yet to begin, as far as is known. */
  isBeginning(key: string): boolean {
    return this.#pending.get(key)?.includes('begin') === true;
  }

  /** Whether anything is being ended. */
  get hasEndings(): boolean {
    return [...this.#pending.keys()].some((key) => this.isEnding(key));
  }
}
