import type { TapeCandle } from '../market/candleSeries.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';

/** The last 24 hours in a venue's digits. */
export interface DayTexts {
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly last: string;
  readonly change: string;
  readonly volume: string;
  readonly quoteVolume: string;
  /** Of the open, with two decimals. */
  readonly changePercent: string;
  /** The average price, weighted by volume. */
  readonly vwap: string;
  readonly trades: number;
}

type Traded = Pick<TapeCandle, 'lots' | 'quote' | 'close'>;

export function dayTexts(instrument: SimulatedInstrument, now: number): DayTexts {
  const { day, units } = instrument;
  const whole = day.at(now);
  const { open, high, low, close, lots, quote, trades } = whole;
  return {
    open: units.priceText(open),
    high: units.priceText(high),
    low: units.priceText(low),
    last: units.priceText(close),
    change: units.changeText(close - open),
    volume: units.sizeText(lots),
    quoteVolume: units.quoteText(quote),
    changePercent: open === 0 ? '0' : `${Number((100 * (close / open - 1)).toFixed(2))}`,
    vwap: vwapOf(instrument, whole),
    trades,
  };
}

/** The price that all of it went for on average; its last where nothing was traded. */
export function vwapOf({ units }: SimulatedInstrument, { lots, quote, close }: Traded): string {
  const [volume, last] = [Number(units.sizeText(lots)), units.priceText(close)];
  if (volume === 0) return last;
  return (Number(units.quoteText(quote)) / volume).toFixed(last.split('.')[1]?.length ?? 0);
}
