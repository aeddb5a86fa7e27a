import { makeTrade } from '../../../codec/makeTrade.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import type { Trade } from '../../../model/trade.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { takerOf } from '../sides.js';
import { channelOf, keyOf } from '../topics.js';
import type { TradeNews } from '../tradeNews.js';
import { type TradeRow, TradesEvent } from './frames.js';

/** Trades, the oldest one first. One that can't be read costs itself, and is told. */
export function tradesChannel(product: string, report: Report): ChannelSpec<TradeNews> {
  const unread = leftOutOf(keyOf('market_trades', product), report);
  const read = sparingReader(TradesEvent, ['trades.*'], unread, ({ type, trades }, at) => ({
    isPast: type === 'snapshot',
    trades: trades.map((row) => tradeOf(row, at)).reverse(),
  }));
  return channelOf('market', 'market_trades', product, read);
}

const tradeOf = ({ product_id, trade_id, price, size, time, side }: TradeRow, at: number): Trade =>
  makeTrade(
    {
      instrument: product_id,
      id: trade_id,
      side: takerOf(side === 'BUY' ? 'buy' : 'sell'),
      venueTime: time,
      receivedTime: at,
    },
    price,
    size,
  );
