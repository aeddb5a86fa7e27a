import type { SteadyScheduler } from '../time/steadyScheduler.js';

type Step = 'begin' | 'end';

interface Request {
  readonly step: Step;
  /** When it was requested, as `elapsed` counts. */
  readonly at: number;
}

/**
 * For so long an answer is awaited, in ms: twice as long as it takes until a request counts as unanswered. What comes later is
 * more likely news of something else, as of an end that nobody requested.
 */
const AWAITED = 20_000;

/** What is yet to be answered when that was. Of beginnings in a row one is answered for all. */
function behind(requests: readonly Request[], at: number): readonly Request[] {
  const rest = requests.slice(at + 1);
  const from = rest.findIndex(({ step }) => step !== requests[at]?.step);
  return from < 0 ? [] : rest.slice(from);
}

/**
 * What was requested of each key and is yet to be answered, where answers name the key alone. They come in the order of the requests:
 * what stands ahead of the one that is answered has lost its answer, and so has what has none for long.
 */
export class AnswersInOrder {
  readonly #pending = new Map<string, readonly Request[]>();
  /** What was requested twice, and one answer has come. */
  readonly #twice = new Set<string>();

  constructor(private readonly clock: Pick<SteadyScheduler, 'elapsed'>) {}

  /**
   * It was requested. A beginning that is requested again had no answer for as long as one may take: the end ahead of it may yet
   * have one that is late, and has lost it where there was none for twice as long.
   */
  requested(key: string, step: Step): void {
    const before = this.#of(key);
    const request = { step, at: this.clock.elapsed() };
    const [last, other] = [before.at(-1), before.at(-2)];
    if (last?.step !== step) this.#pending.set(key, [...before, request]);
    else if (step === 'begin') {
      const since = other?.step === step ? [] : before.slice(before.map((one) => one.step).lastIndexOf('end'));
      this.#pending.set(key, [...since, request]);
    }
  }

  /**
   * It was answered as that.
   *
   * @returns Whether such an answer was awaited.
   */
  answered(key: string, step: Step): boolean {
    const before = this.#of(key);
    const at = before.findIndex((one) => one.step === step);
    if (at < 0) return false;
    if (before[at + 1]?.step === step) this.#twice.add(key);
    this.#pending.set(key, behind(before, at));
    return true;
  }

  /**
   * It was answered by a word that says the key, and not what it is about.
   *
   * @returns What it is about: what was to be answered next.
   */
  next(key: string): Step | undefined {
    const before = this.#of(key);
    this.#pending.set(key, behind(before, 0));
    return before[0]?.step;
  }

  /** A later request was answered: what was to come of this one before that is lost. */
  passed(key: string): void {
    this.#pending.delete(key);
  }

  /** Whether it is being ended, as far as is known. */
  isEnding(key: string): boolean {
    return this.#of(key).some(({ step }) => step === 'end');
  }

  /** Whether it is yet to begin, as far as is known. */
  isBeginning(key: string): boolean {
    return this.#of(key).some(({ step }) => step === 'begin');
  }

  /** Whether its beginning was requested once more: what comes by now is hardly of the subscription before. */
  isRepeated(key: string): boolean {
    const [last, other] = this.#of(key).slice(-2);
    return last?.step === 'begin' && other?.step === 'begin';
  }

  /** Whether an answer may come of another key, or of an end. */
  isOnly(key: string): boolean {
    return [...this.#pending.keys()].every((one) => !this.isEnding(one) && (one === key || !this.isBeginning(one)));
  }

  /** Whether a second answer to what was requested twice may yet come; asked when one has come that says of nothing whose it is. */
  takeSecond(): boolean {
    const isAwaited = this.#twice.size > 0;
    this.#twice.clear();
    return isAwaited;
  }

  #of(key: string): readonly Request[] {
    const pending = this.#pending.get(key);
    if (pending === undefined) return [];
    const since = this.clock.elapsed() - AWAITED;
    return pending[0] === undefined || pending[0].at > since ? pending : pending.filter(({ at }) => at > since);
  }
}
