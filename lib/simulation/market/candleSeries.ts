import { nextOpenTimeOf, openTimeOf, type Interval } from './interval.js';
import type { Tape, TapeTrade } from './tape.js';
import type { Units } from './units.js';

/** A candle in ticks and lots. */
export interface TapeCandle {
  readonly openTime: number;
  readonly closeTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly lots: number;
  readonly quote: bigint;
  /** The part of `lots` and `quote` that takers bought. */
  readonly takerLots: number;
  readonly takerQuote: bigint;
  readonly trades: number;
  /** Ids of the first and last trade; -1 while there is none. */
  readonly firstTrade: number;
  readonly lastTrade: number;
}

type Open = { -readonly [Key in keyof TapeCandle]: TapeCandle[Key] };

/** Candles of one interval, one after the other. An interval without trades stands at the last price. */
export class CandleSeries {
  // Changed in place until it closes: a market of many seeds adds millions of trades.
  private open: Open;

  constructor(
    private readonly interval: Interval,
    private readonly units: Units,
    private readonly closed: (candle: TapeCandle) => void,
    tick: number,
    time: number,
  ) {
    this.open = this.empty(tick, time);
  }

  /** The candle as it stands. Still changes: read it at once, or copy it. */
  get current(): TapeCandle {
    return this.open;
  }

  add(trade: TapeTrade): void {
    this.roll(trade.at);
    const { open } = this;
    const quote = this.units.quote(trade.tick, trade.lots);
    if (open.trades === 0) {
      open.open = open.high = open.low = trade.tick;
      open.firstTrade = trade.id;
    }
    open.high = Math.max(open.high, trade.tick);
    open.low = Math.min(open.low, trade.tick);
    open.close = trade.tick;
    open.lots += trade.lots;
    open.quote += quote;
    if (trade.side === 'buy') {
      open.takerLots += trade.lots;
      open.takerQuote += quote;
    }
    open.trades += 1;
    open.lastTrade = trade.id;
  }

  /** Closes the candle when its time is over. Intervals that nobody looked at in between are left out. */
  roll(time: number): void {
    if (time <= this.open.closeTime) return;
    const over = this.open;
    this.open = this.empty(over.close, time);
    this.closed(over);
  }

  private empty(tick: number, time: number): Open {
    return {
      openTime: openTimeOf(this.interval, time),
      closeTime: nextOpenTimeOf(this.interval, time) - 1,
      open: tick,
      high: tick,
      low: tick,
      close: tick,
      lots: 0,
      quote: 0n,
      takerLots: 0,
      takerQuote: 0n,
      trades: 0,
      firstTrade: -1,
      lastTrade: -1,
    };
  }
}

/** Candles from the present one on, with those of its trades that the tape still has. */
export function presentCandles(
  interval: Interval,
  { tape, units }: { readonly tape: Tape; readonly units: Units },
  closed: (candle: TapeCandle) => void,
  now: number,
): CandleSeries {
  const series = new CandleSeries(interval, units, closed, tape.lastTick, now);
  const { openTime } = series.current;
  for (const trade of tape.tradesAfter(0)) if (trade.at >= openTime) series.add(trade);
  return series;
}

/**
 * All candles that the tape's memory makes, up to a time, without a hole; the last one still grows. The first is left out
 * where trades before it are forgotten, and it may be a part of itself.
 */
export function candlesOf(interval: Interval, tape: Tape, units: Units, now: number): readonly TapeCandle[] {
  const trades = tape.tradesAfter(0);
  const [first] = trades;
  if (first === undefined) return [];
  const candles: TapeCandle[] = [];
  const series = new CandleSeries(interval, units, (candle) => candles.push(candle), first.tick, first.at);
  const rollTo = (time: number): void => {
    while (series.current.closeTime < time) series.roll(series.current.closeTime + 1);
  };
  for (const trade of trades) {
    rollTo(trade.at);
    series.add(trade);
  }
  rollTo(now);
  candles.push(series.current);
  return first.id === 1 ? candles : candles.slice(1);
}
