import { subtractDecimals } from '../../../book/decimals.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import { numbersOf } from '../../../codec/numbersOf.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import type { Ticker } from '../../../model/ticker.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { isZero, TickerFrame, type TickerRow } from './frames.js';

/** Statistics of the last 24 hours, with each trade. A market that has none of them has none to tell. */
export const tickerChannel = (symbol: string, report: Report): ChannelSpec<readonly Ticker[]> =>
  channelOf(
    'ticker',
    { channel: 'ticker', symbol, params: { event_trigger: 'trades' } },
    sparingReader(TickerFrame, ['data.*.timestamp'], leftOutOf(`ticker:${symbol}`, report), ({ data }, at) =>
      data.flatMap((row) => tickerOf(row, at) ?? []),
    ),
    'ticker',
  );

function tickerOf({ symbol, last, change, high, low, volume, timestamp }: TickerRow, at: number): Ticker | undefined {
  if (isZero(last)) return undefined;
  // The venue tells what it has changed by instead.
  const exact = { open: subtractDecimals(last, change), high, low, last, volume };
  return {
    instrument: symbol,
    ...numbersOf(exact),
    exact,
    venueTime: timeIfAny(timestamp),
    receivedTime: at,
  };
}
