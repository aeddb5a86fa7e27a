import { numbersOf } from '../../codec/numbersOf.js';
import { reader } from '../../codec/read.js';
import type { Ticker } from '../../model/ticker.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { TickerFrame, type TickerRow } from './frames.js';
import { channelOf } from './topics.js';

/** Statistics of the last 24 hours. Until an instrument is traded for the first time there are none. */
export const tickerChannel = (instrument: string): ChannelSpec<readonly Ticker[]> =>
  channelOf(
    'public',
    'tickers',
    instrument,
    reader(TickerFrame, ({ data }, at) => data.flatMap((row) => tickerOf(row, at) ?? [])),
  );

function tickerOf(row: TickerRow, at: number): Ticker | undefined {
  const { instType, instId, open24h, high24h, low24h, last, vol24h, volCcy24h, ts } = row;
  const isSpot = instType === 'SPOT';
  // Of contracts it is the second volume that is in base units.
  const exact = { open: open24h, high: high24h, low: low24h, last, volume: isSpot ? vol24h : volCcy24h };
  if (Object.values(exact).includes('')) return undefined;
  const ticker = { instrument: instId, ...numbersOf(exact), exact, venueTime: ts, receivedTime: at };
  if (!isSpot || volCcy24h === '') return ticker;
  return { ...ticker, quoteVolume: Number(volCcy24h), exact: { ...exact, quoteVolume: volCcy24h } };
}
