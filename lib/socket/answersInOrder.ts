type Step = 'begin' | 'end';

/** What is yet to be answered when that was. Of beginnings in a row one is answered for all. */
function behind(steps: readonly Step[], at: number): readonly Step[] {
  const rest = steps.slice(at + 1);
  const from = rest.findIndex((step) => step !== steps[at]);
  return from < 0 ? [] : rest.slice(from);
}

/**
 * What was requested of each key and is yet to be answered, where answers name the key alone. They come in the order of the requests:
 * what stands ahead of the one that is answered has lost its answer.
 */
export class AnswersInOrder {
  readonly #pending = new Map<string, readonly Step[]>();

  /**
   * It was requested. A beginning that is requested again had no answer for as long as one may take: the end ahead of it may yet
   * have one that is late, and has lost it where there was none for twice as long.
   */
  requested(key: string, step: Step): void {
    const before = this.#pending.get(key) ?? [];
    if (before.at(-1) !== step) this.#pending.set(key, [...before, step]);
    else if (step === 'begin') {
      const since = before.at(-2) === step ? [] : before.slice(before.lastIndexOf('end'));
      this.#pending.set(key, [...since, step]);
    }
  }

  /**
   * It was answered as that.
   *
   * @returns Whether such an answer was awaited.
   */
  answered(key: string, step: Step): boolean {
    const before = this.#pending.get(key) ?? [];
    const at = before.indexOf(step);
    if (at >= 0) this.#pending.set(key, behind(before, at));
    return at >= 0;
  }

  /**
   * It was answered by a word that says the key, and not what it is about.
   *
   * @returns What it is about: what was to be answered next.
   */
  next(key: string): Step | undefined {
    const before = this.#pending.get(key) ?? [];
    this.#pending.set(key, behind(before, 0));
    return before[0];
  }

  /** Whether it is being ended, as far as is known. */
  isEnding(key: string): boolean {
    return this.#pending.get(key)?.includes('end') === true;
  }

  /** Whether it is yet to begin, as far as is known. */
  isBeginning(key: string): boolean {
    return this.#pending.get(key)?.includes('begin') === true;
  }

  /** Whether its beginning was requested once more: what comes by now is hardly of the subscription before. */
  isRepeated(key: string): boolean {
    return this.#pending.get(key)?.slice(-2).join() === 'begin,begin';
  }

  /** Whether anything is being ended. */
  get hasEndings(): boolean {
    return [...this.#pending.keys()].some((key) => this.isEnding(key));
  }
}
