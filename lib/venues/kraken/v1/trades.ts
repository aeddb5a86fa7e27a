import { makeTrade } from '../../../codec/makeTrade.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import type { Trade } from '../../../model/trade.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { TradeFrame, type TradeRow } from './frames.js';

/** A trade that can't be read costs itself, and is told. */
export function tradesChannel(symbol: string, report: Report): ChannelSpec<readonly Trade[]> {
  const unread = leftOutOf(`trade:${symbol}`, report);
  const read = sparingReader(TradeFrame, ['trades.*'], unread, ({ trades }, at) =>
    trades.map((row, i) => tradeOf(symbol, row, i, at)),
  );
  return channelOf('trade', { channel: 'trade', symbol, params: {} }, read);
}

/** This version names no trade: its id is when it happened in µs, which of its message it is, and at what price and size. */
const tradeOf = (instrument: string, row: TradeRow, index: number, at: number): Trade =>
  makeTrade(
    {
      instrument,
      // What is traded at once may come in several messages.
      id: [Math.round(row.time * 1_000), index, row.price, row.volume].join('-'),
      side: row.side === 'b' ? 'buy' : 'sell',
      venueTime: row.time,
      receivedTime: at,
    },
    row.price,
    row.volume,
  );
