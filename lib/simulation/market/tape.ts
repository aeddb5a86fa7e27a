import type { TrueTrade } from './trueMarket.js';

/** One fill, in ticks and lots too. */
export interface TapeTrade extends TrueTrade {
  readonly tick: number;
  readonly lots: number;
}

/** All fills that one taker order made at one price. */
export interface AggregateTrade extends TapeTrade {
  readonly firstTrade: number;
  readonly lastTrade: number;
}

/** What traded, newest last. Remembers the last `limit` of each kind. */
export class Tape {
  private trades: TapeTrade[] = [];
  private aggregates: AggregateTrade[] = [];
  lastTick = 0;

  constructor(private readonly limit = 10_000) {}

  /** The id of the newest trade, 0 before there was one. */
  get lastTrade(): number {
    return this.trades[this.trades.length - 1]?.id ?? 0;
  }

  /** The id of the newest aggregate, likewise. */
  get lastAggregate(): number {
    return this.aggregates[this.aggregates.length - 1]?.id ?? 0;
  }

  /** The fills of one taker order at one price. */
  print(fills: readonly Omit<TapeTrade, 'id'>[], whole: Omit<TapeTrade, 'id'>): readonly TapeTrade[] {
    const firstTrade = this.lastTrade + 1;
    const printed = fills.map((fill, index) => ({ ...fill, id: firstTrade + index }));
    this.trades.push(...printed);
    this.aggregates.push({
      ...whole,
      id: this.lastAggregate + 1,
      firstTrade,
      lastTrade: firstTrade + fills.length - 1,
    });
    this.lastTick = whole.tick;
    this.trades = bounded(this.trades, this.limit);
    this.aggregates = bounded(this.aggregates, this.limit);
    return printed;
  }

  /** The trades with a higher id that are remembered, oldest first. */
  tradesAfter(id: number): readonly TapeTrade[] {
    return after(this.trades, id);
  }

  /** The aggregates with a higher id, likewise. */
  aggregatesAfter(id: number): readonly AggregateTrade[] {
    return after(this.aggregates, id);
  }
}

const bounded = <T>(list: T[], limit: number): T[] => (list.length > 2 * limit ? list.slice(-limit) : list);

/** Ids have no holes, so how many are newer is known without a search. */
function after<T extends { readonly id: number }>(list: readonly T[], id: number): readonly T[] {
  const newer = (list[list.length - 1]?.id ?? 0) - id;
  return newer <= 0 ? [] : list.slice(-newer);
}
