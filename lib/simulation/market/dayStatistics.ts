import { CandleSeries, type TapeCandle } from './candleSeries.js';
import type { TapeTrade } from './tape.js';
import type { Units } from './units.js';

const DAY = 86_400_000;
const MINUTES = 1_440;

/** Rolling statistics of the last 24 hours, told to the minute. */
export class DayStatistics {
  private minutes: TapeCandle[] = [];
  private readonly series: CandleSeries;
  /** Minutes that were joined: asked for at every quote, they change once a minute. */
  private known: Joined | undefined;
  /** The day that was asked for last, which changes no more. */
  private past: { readonly from: number; readonly whole: TapeCandle | undefined } | undefined;

  constructor(units: Units, time: number) {
    const keep = (candle: TapeCandle): void => {
      if (candle.trades > 0) this.minutes.push(candle);
      if (this.minutes.length > 2 * MINUTES) this.minutes = this.minutes.slice(-MINUTES);
    };
    this.series = new CandleSeries('1m', units, keep, 0, time);
  }

  /** Counts a trade in. */
  add(trade: TapeTrade): void {
    this.series.add(trade);
  }

  /** The window as one candle, by default the last 24 hours; `openTime` and `closeTime` are its bounds. */
  at(time: number, from = time - DAY): TapeCandle {
    this.series.roll(time);
    const whole = this.closedSince(from);
    const current = this.series.current;
    const all = whole === undefined ? current : current.trades === 0 ? whole : joined(whole, current);
    return { ...all, openTime: from, closeTime: time };
  }

  /** The 24 hours from a time on, which are over at `time`, as one candle; none where nothing was traded, or is discarded. */
  over(time: number, from: number): TapeCandle | undefined {
    this.series.roll(time);
    if (this.past?.from !== from) {
      const own = this.minutes.filter(({ openTime }) => openTime >= from && openTime < from + DAY);
      this.past = { from, whole: own.length === 0 ? undefined : own.reduce(joined) };
    }
    return this.past.whole;
  }

  private closedSince(from: number): TapeCandle | undefined {
    const first = this.minutes.find(({ closeTime }) => closeTime > from);
    const last = this.minutes.at(-1);
    if (first === undefined || last === undefined) return undefined;
    if (this.known?.first !== first || this.known.last !== last) {
      const whole = this.minutes.slice(this.minutes.indexOf(first)).reduce(joined);
      this.known = { first, last, whole };
    }
    return this.known.whole;
  }
}

interface Joined {
  readonly first: TapeCandle;
  readonly last: TapeCandle;
  readonly whole: TapeCandle;
}

const joined = (left: TapeCandle, right: TapeCandle): TapeCandle => ({
  ...left,
  closeTime: right.closeTime,
  high: Math.max(left.high, right.high),
  low: Math.min(left.low, right.low),
  close: right.close,
  lots: left.lots + right.lots,
  quote: left.quote + right.quote,
  takerLots: left.takerLots + right.takerLots,
  takerQuote: left.takerQuote + right.takerQuote,
  trades: left.trades + right.trades,
  lastTrade: right.lastTrade,
});
