import { type CandleSeries, type TapeCandle, presentCandles } from '../market/candleSeries.js';
import type { Interval } from '../market/interval.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { TapeTrade } from '../market/tape.js';

/** The candles of one interval as trades make them, from the present one on. */
export class LiveCandles {
  readonly #instrument: SimulatedInstrument;
  readonly #series: CandleSeries;
  #last: number;
  #closed: TapeCandle[] = [];

  constructor(instrument: SimulatedInstrument, interval: Interval, now: number) {
    const { tape } = instrument;
    this.#instrument = instrument;
    this.#last = tape.lastTrade;
    this.#series = presentCandles(interval, instrument, (candle) => this.#closed.push(candle), now);
  }

  get current(): TapeCandle {
    return { ...this.#series.current };
  }

  /** Those that have changed since it was last asked, the older ones first. */
  collect(now: number): readonly TapeCandle[] {
    const trades: readonly TapeTrade[] = this.#instrument.tape.tradesAfter(this.#last);
    this.#last = this.#instrument.tape.lastTrade;
    for (const trade of trades) this.#series.add(trade);
    this.#series.roll(now);
    const closed = this.#closed;
    this.#closed = [];
    return trades.length === 0 && closed.length === 0 ? [] : [...closed, this.current];
  }
}
