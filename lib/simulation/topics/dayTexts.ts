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
  readonly trades: number;
}

export function dayTexts({ day, units }: SimulatedInstrument, now: number): DayTexts {
  const { open, high, low, close, lots, quote, trades } = day.at(now);
  return {
    open: units.priceText(open),
    high: units.priceText(high),
    low: units.priceText(low),
    last: units.priceText(close),
    change: units.changeText(close - open),
    volume: units.sizeText(lots),
    quoteVolume: units.quoteText(quote),
    trades,
  };
}
