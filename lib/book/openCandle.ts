import type { Candle } from '../model/candle.js';
import type { Trade } from '../model/trade.js';
import type { CandleSpan } from './candleSpan.js';
import { isTakenBack, tradeName } from './correctable.js';
import { foldTrade } from './foldTrade.js';

/** A candle that grows, and of what it is made where that may be corrected. Changed in place; its candles never are. */
export class OpenCandle {
  candle: Candle;
  /** What of it can't be corrected any more. */
  private settled: Candle | undefined;
  /** The trades on top of that by name, in the order in which they were told first. */
  private readonly trades = new Map<string, Trade>();

  /** @param most How many trades can be corrected; older ones stand as they are. */
  constructor(
    first: Trade,
    private readonly span: CandleSpan,
    private readonly most: number,
  ) {
    this.candle = this.settled = foldTrade(undefined, first, span);
    const name = tradeName(first);
    if (name === undefined) return;
    this.settled = undefined;
    this.trades.set(name, first);
  }

  /** Whether the trade is one of its own that is told again. */
  knows(trade: Trade): boolean {
    const name = tradeName(trade);
    return name !== undefined && this.trades.has(name);
  }

  /** Adds a trade, or tells one of its own anew. */
  put(trade: Trade): void {
    const name = tradeName(trade);
    if (name !== undefined && this.trades.has(name)) {
      this.replace(name, trade);
      return;
    }
    // Without any trade its prices are those of trades that did not happen.
    this.candle = foldTrade(this.candle.trades === 0 ? undefined : this.candle, trade, this.span);
    if (name === undefined) {
      this.settled = this.candle;
      this.trades.clear();
    } else this.remember(name, trade);
  }

  private remember(name: string, trade: Trade): void {
    this.trades.set(name, trade);
    if (this.trades.size <= this.most) return;
    const [oldest] = this.trades;
    if (oldest === undefined) return;
    this.settled = foldTrade(this.settled, oldest[1], this.span);
    this.trades.delete(oldest[0]);
  }

  private replace(name: string, trade: Trade): void {
    if (isTakenBack(trade)) this.trades.delete(name);
    else this.trades.set(name, trade);
    let made = this.settled;
    for (const one of this.trades.values()) made = foldTrade(made, one, this.span);
    const { openTime, closeTime, exact } = this.candle;
    const { venueTime, receivedTime } = trade;
    // A candle that was told stays told: with nothing in it, if need be.
    const now = made ?? { ...this.candle, volume: 0, exact: { ...exact, volume: '0' }, trades: 0 };
    this.candle = { ...now, openTime, closeTime, venueTime, receivedTime };
  }
}
