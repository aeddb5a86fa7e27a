import { scan, type OperatorFunction } from 'rxjs';
import type { Correctable } from '../book/correctable.js';
import { addDecimals, multiplyDecimals, quotientOf, subtractDecimals } from '../book/decimals.js';
import { KnownTrades } from '../book/knownTrades.js';
import { aCount, aDuration, aFunction, checkOptions } from '../errors/optionRules.js';
import type { Trade } from '../model/trade.js';
import { latestOf } from './shared/latestOf.js';

/** Over which trades the average is taken. */
export interface VwapConfig<T> {
  /** How far back it reaches from the newest trade, in ms of the venue's time. Default: `Infinity`, all trades. */
  readonly window?: number;
  /** How many trades that may be corrected are remembered; the oldest are forgotten first. Default: 100,000. */
  readonly remember?: number;
  /**
   * Called for a correction or cancellation of a trade that is not remembered, which changes nothing. Default: not told.
   */
  readonly onUnknown?: (trade: T) => void;
}

/** The average price of what was traded of one instrument, weighted by size. */
export interface Vwap {
  readonly instrument: string;
  /** The double nearest to the exact average; absent while no trade is left in the window. */
  readonly price: number | undefined;
  /** Sum of sizes. */
  readonly volume: number;
  /** How many trades are in it. */
  readonly trades: number;
  /** The sums it is made of, of sizes and of price × size. */
  readonly exact: { readonly volume: string; readonly notional: string };
  /** When the newest of all trades so far happened, by the venue's clock, in ms: where the window ends. */
  readonly venueTime: number;
}

/**
 * The volume-weighted average price of the trades of one instrument, told with each of them. Sums are exact. A trade that is
 * told again counts once, as it was told last; one that is cancelled or rolled back counts no more.
 *
 *     trades              -a-b--c-|    c is a window later than a
 *     vwap({ window })    -x-y--z-|    z is without a; drawn and tested in marbles/vwap.txt
 *
 * The window moves by the trades' own times, never by a clock: a replay at any speed gives the same averages, and in a quiet
 * market the last one stands.
 *
 * @returns An operator. Keeps the trades of the window, and those that may be corrected as configured. Errors and completes
 * with the source; errors with what `onUnknown` throws.
 * @throws InvalidArgumentError at once for a config that can't be meant: a `window` that is not above 0, for instance.
 */
export function vwap<T extends Trade & Correctable>(config: VwapConfig<T> = {}): OperatorFunction<T, Vwap> {
  checkOptions('config', config, { window: aDuration, remember: aCount, onUnknown: aFunction });
  const { window = Infinity, remember = 100_000, onUnknown } = config;
  return (source) =>
    source.pipe(
      scan<T, Step<T>, Step<T> | undefined>((before, trade) => {
        const { sums, known } = before ?? { sums: new Sums<T>(window), known: new KnownTrades<T>(remember) };
        const effect = known.effectOf(trade);
        if (effect === undefined) return { sums, known, latest: undefined, unknown: trade };
        sums.change(effect);
        return { sums, known, latest: sums.average(trade) };
      }, undefined),
      latestOf(onUnknown),
    );
}

interface Step<T extends Trade & Correctable> {
  readonly sums: Sums<T>;
  readonly known: KnownTrades<T>;
  readonly latest: Vwap | undefined;
  readonly unknown?: T;
}

/** The trades of the window and their sums, kept in place: a copy for each trade would cost as much as there are. */
class Sums<T extends Trade> {
  readonly #window: number;
  /** Without a window nothing leaves, and the sums are enough. */
  readonly #trades = new ByTime<T>();
  #count = 0;
  #volume = '0';
  #notional = '0';
  #newest = -Infinity;

  constructor(window: number) {
    this.#window = window;
  }

  change({ added, removed }: { readonly added?: T; readonly removed?: T }): void {
    // One that has left the window already, or never was in it, counts no more anyway.
    if (removed !== undefined && this.#isWithin(removed)) this.#remove(removed);
    if (added === undefined) return;
    // Not by a time that is no number, which would be the newest for ever.
    if (added.venueTime > this.#newest) this.#newest = added.venueTime;
    if (!this.#isWithin(added)) return;
    this.#count += 1;
    this.#volume = addDecimals(this.#volume, added.exact.size);
    this.#notional = addDecimals(this.#notional, notionalOf(added));
    if (this.#window === Infinity) return;
    this.#trades.add(added);
    this.#expire();
  }

  average({ instrument }: T): Vwap {
    const [volume, notional] = [this.#volume, this.#notional];
    const price = quotientOf(notional, volume);
    return {
      instrument,
      price: Number.isNaN(price) ? undefined : price,
      volume: Number(volume),
      trades: this.#count,
      exact: { volume, notional },
      venueTime: this.#newest,
    };
  }

  #isWithin({ venueTime }: T): boolean {
    return this.#window === Infinity || venueTime > this.#newest - this.#window;
  }

  #expire(): void {
    for (
      let first = this.#trades.first();
      first !== undefined && !this.#isWithin(first);
      first = this.#trades.first()
    ) {
      this.#remove(first);
    }
  }

  #remove(trade: T): void {
    if (this.#window !== Infinity) this.#trades.delete(trade);
    this.#count -= 1;
    this.#volume = subtractDecimals(this.#volume, trade.exact.size);
    this.#notional = subtractDecimals(this.#notional, notionalOf(trade));
  }
}

/** Trades by their times, those of one time as they came. Most come as the newest, and leave as the oldest. */
class ByTime<T extends Trade> {
  /** What stands before the beginning has left. */
  #trades: T[] = [];
  #begin = 0;

  first(): T | undefined {
    return this.#trades[this.#begin];
  }

  add(trade: T): void {
    this.#trades.splice(this.#behind(trade.venueTime), 0, trade);
  }

  delete(trade: T): void {
    const index =
      trade === this.first() ? this.#begin : this.#trades.lastIndexOf(trade, this.#behind(trade.venueTime) - 1);
    if (index > this.#begin) this.#trades.splice(index, 1);
    else if (index === this.#begin) this.#begin += 1;
    if (this.#begin * 2 > this.#trades.length) {
      this.#trades = this.#trades.slice(this.#begin);
      this.#begin = 0;
    }
  }

  /** Where those of a later time begin. */
  #behind(time: number): number {
    const isLater = (at: number): boolean => (this.#trades[at]?.venueTime ?? -Infinity) > time;
    let [from, to] = [this.#begin, this.#trades.length];
    if (from < to && !isLater(to - 1)) return to;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isLater(middle)) to = middle;
      else from = middle + 1;
    }
    return from;
  }
}

const notionalOf = ({ exact }: Trade): string => multiplyDecimals(exact.price, exact.size);
