import { makeTrade } from '../../../codec/makeTrade.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import type { Trade } from '../../../model/trade.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { TradeFrame, type TradeRow } from './frames.js';

/** Trades, as they happen or from before the subscription. */
export interface TradeNews {
  readonly isPast: boolean;
  readonly trades: readonly Trade[];
}

/** A trade that can't be read costs itself, and is told. */
export function tradesChannel(symbol: string, report: Report): ChannelSpec<TradeNews> {
  const unread = leftOutOf(`trade:${symbol}`, report);
  const read = sparingReader(TradeFrame, ['data.*'], unread, ({ type, data }, at) => ({
    isPast: type === 'snapshot',
    trades: data.map((row) => tradeOf(row, at)),
  }));
  // Named, since its default is told both ways: the API reference has none of the last trades come of itself, captures do.
  return channelOf('trade', { channel: 'trade', symbol, params: { snapshot: true } }, read);
}

const tradeOf = ({ symbol, trade_id, price, qty, side, timestamp }: TradeRow, at: number): Trade =>
  makeTrade(
    {
      instrument: symbol,
      id: trade_id,
      side,
      venueTime: timestamp,
      receivedTime: at,
    },
    price,
    qty,
  );
