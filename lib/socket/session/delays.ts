import type { SteadyScheduler } from '../../time/steadyScheduler.js';

/** The soonest message is that of the last one to two of these, in ms: clocks drift apart. */
const WINDOW = 60_000;
/** A venue's times are taken for a clock once they went on like ours for so long, in ms. */
const PROOF = 2_000;
/** A wire that brings nothing for so long, in ms, has nothing more that is late, and timers are set for it no more. */
export const QUIET = 10_000;
/** By so much a clock is set, in ms; by less it drifts. */
const SET = 1_000;

/**
 * How much later than the soonest messages come, by the times the venue gives them. Its clock and ours need not agree: the one
 * that came soonest says by how much they differ. Only messages that are newer than all before count, so that a time that
 * does not go on, or that is of something long before, says nothing. Nor do times that have not shown yet that they are of a
 * clock: that they went on at least half as much as ours, and at most twice as much.
 *
 * Our clock may be set meanwhile, which looks like messages that come late, or soon. So, whenever it matters, it is held
 * against what has passed since. Where hardly a timer ran meanwhile, as on a wire that was quiet, that is known too late, or not
 * at all: then messages that would be late say nothing, and what is the soonest is found anew.
 */
export class Delays {
  #isProven = false;
  /** Of which message, and when it came, the proof goes. */
  #provedSince: readonly [sent: number, received: number] | undefined;
  #newest = -Infinity;
  #latest = -Infinity;
  /** The least of this window, and of the one before. */
  #least = Infinity;
  #before = Infinity;
  #turnsAt = -Infinity;
  /** While messages are late the least stays, however long that is. */
  #isKept = false;
  /** What lay between the clock and what has passed, where the least was taken. */
  #apart: number;
  /** How often the clock had leapt when the last message came. */
  #leaps = 0;

  constructor(
    private readonly scheduler: SteadyScheduler,
    private readonly enough: number,
  ) {
    this.#apart = this.#clockApart();
  }

  /** How much later than the soonest it came, in ms; `undefined` where that can't be known. */
  of(sent: number, received: number): number | undefined {
    if (received >= this.#turnsAt && !this.#isKept) this.#turn(received);
    this.#latest = sent;
    // Not so by a time that is no number.
    if (!(sent > this.#newest)) return undefined;
    const delay = received - sent;
    // By more than any delay: a look at the clock, which costs more than all of the rest, is worth it.
    const isOdd = Math.abs(delay - this.#soonest) > this.enough;
    const wasSet = isOdd && this.#align();
    const hasLeapt = this.#leaps !== this.scheduler.leaps && sent - this.#newest >= QUIET;
    this.#leaps = this.scheduler.leaps;
    if ((wasSet || hasLeapt) && !this.#isKept && delay - this.#soonest > this.enough) this.#begin();
    // Sooner by more than that no message comes: either it is no time, or the venue set its clock, and the others will agree.
    if (delay < this.#soonest - WINDOW && this.#soonest < Infinity) return undefined;
    this.#newest = sent;
    if (delay < this.#least) this.#least = delay;
    this.#isProven ||= this.#prove(sent, received);
    return this.#isProven ? delay - this.#soonest : undefined;
  }

  #prove(sent: number, received: number): boolean {
    const [firstSent, firstReceived] = (this.#provedSince ??= [sent, received]);
    const ours = received - firstReceived;
    if (ours >= 0 && ours < PROOF) return false;
    this.#provedSince = [sent, received];
    const theirs = sent - firstSent;
    return theirs >= ours / 2 && theirs <= ours * 2;
  }

  /** From now on the soonest stays. */
  keep(): void {
    this.#isKept = true;
  }

  /** From now on it is that of a window again. */
  renew(): void {
    this.#isKept = false;
  }

  get #soonest(): number {
    return Math.min(this.#least, this.#before);
  }

  /** Nothing is known but that messages come. */
  #begin(): void {
    this.#least = this.#before = Infinity;
    this.#isProven = false;
    this.#provedSince = undefined;
  }

  #turn(at: number): void {
    if (this.#align()) this.#begin();
    this.#before = this.#least;
    this.#least = Infinity;
    // One that was ahead of its time, while others are not, counts no more.
    if (this.#latest < this.#newest) this.#newest = this.#latest;
    this.#turnsAt = at + WINDOW;
  }

  /** @returns Whether the clock was set since, or since it was known to be: which of both can't be told. */
  #align(): boolean {
    const apart = this.#clockApart();
    const by = apart - this.#apart;
    this.#apart = apart;
    this.#least += by;
    this.#before += by;
    this.#turnsAt += by;
    return Math.abs(by) > SET;
  }

  #clockApart(): number {
    return this.scheduler.now() - this.scheduler.elapsed();
  }
}
