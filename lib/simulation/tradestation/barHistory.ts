import { CandleSeries, type TapeCandle } from '../market/candleSeries.js';
import type { Interval } from '../market/interval.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';

/** Bars of one width since somebody asked for them first. What was before stood still. */
export class BarHistory {
  private readonly closed: TapeCandle[] = [];
  private readonly series: CandleSeries;
  private last: number;

  constructor(
    readonly instrument: SimulatedInstrument,
    readonly interval: Interval,
    now: number,
  ) {
    const { units, tape } = instrument;
    this.last = tape.lastTrade;
    this.series = new CandleSeries(interval, units, (candle) => this.closed.push({ ...candle }), tape.lastTick, now);
  }

  get bars(): readonly TapeCandle[] {
    return this.closed;
  }

  get current(): TapeCandle {
    return this.series.current;
  }

  step(now: number): void {
    for (const trade of this.instrument.tape.tradesAfter(this.last)) this.series.add(trade);
    this.last = this.instrument.tape.lastTrade;
    this.series.roll(now);
  }
}
