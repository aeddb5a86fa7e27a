import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { TapeTrade } from '../market/tape.js';
import type { StreamSource } from './streamSource.js';

/** Bars of one tick, as the older interface has them. */
export function tickSource({ tape }: SimulatedInstrument): StreamSource {
  let last = tape.lastTrade;
  const line = ({ at, price, size }: TapeTrade, status: number): string =>
    `{"TimeStamp":"\\/Date(${at})\\/","Status":${status},"Close":${price},"TotalVolume":${size}}`;
  return {
    begin: (now) => [
      ...tape.tradesAfter(last - 1).map((trade) => line(trade, 13)),
      `{"TimeStamp":"\\/Date(${now})\\/","Status":805306389,"Close":0.0,"TotalVolume":0}`,
    ],
    pulse: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      return trades.map((trade) => line(trade, 11));
    },
  };
}
