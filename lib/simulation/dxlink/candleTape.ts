import { CandleSeries, type TapeCandle } from '../market/candleSeries.js';
import { type Interval, isInterval, nextOpenTimeOf, openTimeOf } from '../market/interval.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { random, seedFor } from '../random.js';
import { type Cells, NONE, REMOVE_EVENT, SNAPSHOT_SNIP, asSnapshot, number, text, timeIndex } from './cells.js';

/** Rows of history that a snapshot holds at most; older ones are cut off, and it says so. */
export const MOST_CANDLES = 1_000;

/** `AAPL{=5m,tho=true}` → `AAPL`, `5m`. Candles by the clock only: others are taken and stay silent. */
export function candlesOf(symbol: string): { readonly base: string; readonly interval: Interval } | undefined {
  const [, base, count = '1', type] = /^([^{&]+)(?:&\w)?\{=(\d+)?(s|m|h|d|w|mo)(?:,[^}]*)?\}$/.exec(symbol) ?? [];
  const interval = `${count}${type === 'mo' ? 'M' : (type ?? '')}`;
  return base !== undefined && isInterval(interval) ? { base, interval } : undefined;
}

/** The candles of one instrument and period: a history that its seed decides, and those that trades make. */
export class CandleTape {
  private readonly series: CandleSeries;
  private readonly done: TapeCandle[] = [];
  private readonly versions: number[] = [];
  private readonly begun: number;
  version = 0;
  private lastTrade: number;

  constructor(
    private readonly instrument: SimulatedInstrument,
    private readonly symbol: string,
    private readonly interval: Interval,
    private readonly seed: number,
    now: number,
  ) {
    const { units, tape } = instrument;
    this.begun = openTimeOf(interval, now);
    this.lastTrade = tape.lastTrade;
    this.series = new CandleSeries(interval, units, (candle) => this.done.push(candle), tape.lastTick, now);
  }

  /** Adds what was traded since the last step. */
  step(now: number): void {
    const trades = this.instrument.tape.tradesAfter(this.lastTrade);
    const before = this.done.length;
    this.lastTrade = this.instrument.tape.lastTrade;
    for (const trade of trades) this.series.add(trade);
    this.series.roll(now);
    if (trades.length > 0 || this.done.length > before) this.version += 1;
    this.versions.push(...this.done.slice(before).map(() => this.version));
  }

  /** The candles that changed after a version, oldest first; the present one is among them if any is. */
  changedAfter(version: number): readonly Cells[] {
    if (version === this.version) return [];
    const first = this.versions.findIndex((one) => one > version);
    const over = first < 0 ? [] : this.done.slice(first);
    return [...over, this.series.current].map((candle) => this.cells(candle));
  }

  /** Newest first, then the marker of the end: REMOVE_EVENT at the time asked for, without values. */
  snapshot(from: number): readonly Cells[] {
    const rows = [...this.done, this.series.current].reverse().map((candle) => this.cells(candle));
    for (let time = openTimeOf(this.interval, this.begun - 1); time >= from && rows.length < MOST_CANDLES;) {
      rows.push(this.past(time));
      time = openTimeOf(this.interval, time - 1);
    }
    const last = { ...this.blank(Math.max(0, from)), eventFlags: String(REMOVE_EVENT) };
    const oldest = rows.at(-1);
    if (rows.length < MOST_CANDLES || oldest === undefined) return asSnapshot(rows, last);
    return asSnapshot(rows.slice(0, -1), oldest, SNAPSHOT_SNIP);
  }

  /** A candle of before this venue began, always the same. */
  private past(time: number): Cells {
    const { units } = this.instrument;
    const tickAt = (at: number): number =>
      Math.round((random(seedFor(this.seed, `${this.symbol} ${String(at)}`))() - 0.5) * 40);
    const [open, close] = [tickAt(time), tickAt(nextOpenTimeOf(this.interval, time))];
    const price = (tick: number): string => number(units.priceText(Math.max(units.lowestTick, tick)));
    return {
      ...this.blank(time),
      open: price(open),
      close: price(close),
      high: price(Math.max(open, close) + 3),
      low: price(Math.min(open, close) - 3),
      volume: '1.5E4',
      count: '120',
    };
  }

  private cells({ openTime, open, high, low, close, lots, trades }: TapeCandle): Cells {
    const { units } = this.instrument;
    if (trades === 0) return this.blank(openTime);
    const price = (tick: number): string => number(units.priceText(tick));
    return {
      ...this.blank(openTime),
      open: price(open),
      high: price(high),
      low: price(low),
      close: price(close),
      volume: number(units.sizeText(lots)),
      count: String(trades),
    };
  }

  private blank(time: number): Cells {
    return {
      eventSymbol: text(this.symbol),
      eventTime: '0',
      eventFlags: '0',
      index: timeIndex(time, 0),
      time: String(time),
      sequence: '0',
      count: '0',
      open: NONE,
      high: NONE,
      low: NONE,
      close: NONE,
      volume: NONE,
      VWAP: NONE,
      bidVolume: NONE,
      askVolume: NONE,
      impVolatility: NONE,
      openInterest: NONE,
    };
  }
}
