import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { TapeTrade } from '../market/tape.js';
import type { StreamSource } from './streamSource.js';

/** Bars of so many ticks, as the older interface has them: those of the past, and then each as it is full. */
export function tickSource({ tape }: SimulatedInstrument, ticks: number, barsBack: number): StreamSource {
  let last = tape.lastTrade;
  let open: readonly TapeTrade[] = [];
  const line = (trades: readonly TapeTrade[], status: number): string => {
    const { at = 0, price = '0' } = trades.at(-1) ?? {};
    const size = trades.reduce((sum, trade) => sum + Number(trade.size), 0);
    return `{"TimeStamp":"\\/Date(${at})\\/","Status":${status},"Close":${price},"TotalVolume":${size}}`;
  };
  const barsOf = (trades: readonly TapeTrade[]): readonly (readonly TapeTrade[])[] =>
    Array.from({ length: Math.floor(trades.length / ticks) }, (_, i) => trades.slice(i * ticks, (i + 1) * ticks));
  return {
    begin: (now) => {
      const past = tape.tradesAfter(Math.max(0, last - ticks * barsBack));
      const bars = barsOf(past.slice(past.length % ticks)).map((trades) => line(trades, 13));
      return [...bars, `{"TimeStamp":"\\/Date(${now})\\/","Status":805306389,"Close":0.0,"TotalVolume":0}`];
    },
    pulse: () => {
      open = [...open, ...tape.tradesAfter(last)];
      last = tape.lastTrade;
      const full = barsOf(open);
      open = open.slice(full.length * ticks);
      return full.map((trades) => line(trades, 11));
    },
  };
}
