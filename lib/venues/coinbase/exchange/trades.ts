import { makeTrade } from '../../../codec/makeTrade.js';
import { reader } from '../../../codec/read.js';
import type { Trade } from '../../../model/trade.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { takerOf } from '../sides.js';
import { channelOf } from '../topics.js';
import type { TradeNews } from '../tradeNews.js';
import { GROUP } from './endpoint.js';
import { MatchFrame } from './frames.js';

/** Trades; the first is the last one before the subscription. */
export const matchesChannel = (product: string): ChannelSpec<TradeNews> =>
  channelOf(
    GROUP,
    'matches',
    product,
    reader(MatchFrame, (match, at) => ({ isPast: match.type === 'last_match', trades: [tradeOf(match, at)] })),
  );

const tradeOf = ({ product_id, trade_id, price, size, side, time }: MatchFrame, at: number): Trade =>
  makeTrade(
    {
      instrument: product_id,
      id: trade_id,
      side: takerOf(side),
      venueTime: time,
      receivedTime: at,
    },
    price,
    size,
  );
