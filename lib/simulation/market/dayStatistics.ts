import { CandleSeries, type TapeCandle } from './candleSeries.js';
import type { TapeTrade } from './tape.js';
import type { Units } from './units.js';

const DAY = 86_400_000;
const MINUTES = 1_440;

/** Rolling statistics of the last 24 hours, told to the minute. */
export class DayStatistics {
  private minutes: TapeCandle[] = [];
  private readonly series: CandleSeries;

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
    let whole: TapeCandle | undefined;
    for (const minute of this.minutes) {
      if (minute.closeTime > from) whole = whole === undefined ? minute : joined(whole, minute);
    }
    const current = this.series.current;
    const all = whole === undefined ? current : current.trades === 0 ? whole : joined(whole, current);
    return { ...all, openTime: from, closeTime: time };
  }
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
