import type { Observable } from 'rxjs';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';

/** So often in a row a connection is lost ahead of the answer before a coin is looked up. */
const LOST = 2;
/** For so long no coin is looked up again, in ms, and one that is not listed is refused: coins are listed every day. */
const GOOD_FOR = 60_000;

/**
 * The venue may close a connection on a subscription to a coin that it can't check, with all else that is on it (gocryptotrader's
 * adapter, read 2026-11-30), and would close each that follows. So a coin whose subscriptions stay unanswered while one
 * connection after the other is lost is looked up, and refused where the venue does not list it. One for all wires.
 */
export class DoubtedCoins {
  /** How often in a row. */
  readonly #lost = new Map<string, number>();
  /** When each was looked up last, as `elapsed` counts. */
  readonly #lookedUp = new Map<string, number>();
  /** Those of them that are not listed. */
  readonly #missing = new Set<string>();

  /** @param isListed Emits once, or not at all where the venue does not say. */
  constructor(
    private readonly scheduler: SteadyScheduler,
    private readonly isListed: (coin: string) => Observable<boolean>,
  ) {}

  answered(coin: string): void {
    this.#lost.delete(coin);
  }

  /** A session was lost that had these coins unanswered. */
  lost(coins: ReadonlySet<string>): void {
    for (const coin of coins) {
      const times = (this.#lost.get(coin) ?? 0) + 1;
      this.#lost.set(coin, times);
      if (times >= LOST && !this.#isKnown(coin)) this.#lookUp(coin);
    }
  }

  isMissing(coin: string): boolean {
    return this.#missing.has(coin) && this.#isKnown(coin);
  }

  #isKnown(coin: string): boolean {
    return this.scheduler.elapsed() - (this.#lookedUp.get(coin) ?? -Infinity) < GOOD_FOR;
  }

  #lookUp(coin: string): void {
    this.#lookedUp.set(coin, this.scheduler.elapsed());
    this.#missing.delete(coin);
    this.isListed(coin).subscribe((isListed) => {
      if (!isListed) this.#missing.add(coin);
    });
  }
}
