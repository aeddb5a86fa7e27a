import type { SteadyScheduler } from '../../time/steadyScheduler.js';

/** The soonest message is that of the last one to two of these, in ms: clocks drift apart. */
const WINDOW = 60_000;
/** A venue's times are taken for a clock once they went on like ours for so long, in ms. */
const PROOF = 2_000;

/**
 * How much later than the soonest messages come, by the times the venue gives them. Its clock and ours need not agree: the one
 * that came soonest says by how much they differ. Only messages that are newer than all before count, so that a time that
 * does not go on, or that is of something long before, says nothing. Nor do times that have not shown yet that they are of a
 * clock: that they went on at least half as much as ours, and at most twice as much.
 *
 * Our clock may be set meanwhile, which looks like messages that come late, or soon. So, whenever it matters, it is held
 * against what has passed since.
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
    if (Math.abs(delay - this.#soonest) > this.enough) this.#align();
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

  #turn(at: number): void {
    this.#align();
    this.#before = this.#least;
    this.#least = Infinity;
    // One that was ahead of its time, while others are not, counts no more.
    if (this.#latest < this.#newest) this.#newest = this.#latest;
    this.#turnsAt = at + WINDOW;
  }

  #align(): void {
    const apart = this.#clockApart();
    const by = apart - this.#apart;
    this.#apart = apart;
    this.#least += by;
    this.#before += by;
    this.#turnsAt += by;
  }

  #clockApart(): number {
    return this.scheduler.now() - this.scheduler.elapsed();
  }
}
