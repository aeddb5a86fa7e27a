import { makeTrade } from '../../codec/makeTrade.js';
import { millisOfNanos } from '../../codec/integers.js';
import { reader } from '../../codec/read.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { TradeFrame } from './frames.js';
import { channelOf } from './topics.js';

/** Every match by itself. */
export const tradesChannel = (symbol: string): ChannelSpec<Trade> =>
  channelOf('/market/match', symbol, reader(TradeFrame, toTrade));

const toTrade = ({ data: { symbol, side, price, size, tradeId, time } }: TradeFrame, at: number): Trade =>
  makeTrade(
    {
      instrument: symbol,
      id: tradeId,
      side,
      venueTime: millisOfNanos(time),
      receivedTime: at,
    },
    price,
    size,
  );
