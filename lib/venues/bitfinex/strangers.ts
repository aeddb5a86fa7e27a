import type { FrameData } from './frameData.js';

/** So many lists are kept on a connection; more than a book begins with in any second. */
const MOST = 1_000;
/** So many channels that nobody asked for are reported. */
const REPORTED = 100;

/**
 * Lists whose channel is not known: of one that was ended, which may come late; of one whose answer is yet to come (captures
 * have a channel's lists 7 s ahead of it), which are kept for it; or of none that was asked for.
 */
export class Strangers {
  readonly #ended = new Set<number>();
  readonly #reported = new Set<number>();
  readonly #kept = new Map<number, FrameData[]>();
  /** Of these something was not kept. */
  readonly #incomplete = new Set<number>();
  #count = 0;

  ended(chanId: number): void {
    this.#ended.add(chanId);
  }

  /** @returns Whether it is to be reported: nobody waits for an answer, and it was not reported yet. */
  take(chanId: number, list: FrameData, isAwaited: boolean): boolean {
    if (this.#ended.has(chanId)) return false;
    if (isAwaited) {
      this.#keep(chanId, list);
      return false;
    }
    this.#discard(chanId);
    const isNews = !this.#reported.has(chanId) && this.#reported.size < REPORTED;
    if (isNews) this.#reported.add(chanId);
    return isNews;
  }

  /** A channel has its answer: what was kept for it; `undefined` where that is not all. */
  claim(chanId: number): readonly FrameData[] | undefined {
    const lists = this.#kept.get(chanId) ?? [];
    this.#kept.delete(chanId);
    this.#count -= lists.length;
    this.#ended.delete(chanId);
    return this.#incomplete.delete(chanId) ? undefined : lists;
  }

  /** Something was lost, and nobody knows whose it was: what is kept may lack it. */
  lost(): void {
    for (const chanId of this.#kept.keys()) this.#incomplete.add(chanId);
    this.#kept.clear();
    this.#count = 0;
  }

  /** What was kept of one, if anything, is not all of it any more. */
  #discard(chanId: number): void {
    const lists = this.#kept.get(chanId);
    if (lists === undefined) return;
    this.#kept.delete(chanId);
    this.#count -= lists.length;
    this.#incomplete.add(chanId);
  }

  #keep(chanId: number, list: FrameData): void {
    if (this.#count >= MOST || this.#incomplete.has(chanId)) {
      this.#incomplete.add(chanId);
      return;
    }
    const lists = this.#kept.get(chanId) ?? [];
    this.#kept.set(chanId, lists);
    lists.push(list);
    this.#count += 1;
  }
}
