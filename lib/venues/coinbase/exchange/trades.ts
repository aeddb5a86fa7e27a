import { makeTrade } from '../../../codec/makeTrade.js';
import { reader } from '../../../codec/read.js';
import type { TradeNumber } from '../../../feed/countedTrades.js';
import type { Trade } from '../../../model/trade.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { takerOf } from '../sides.js';
import { channelOf } from '../topics.js';
import type { TradeNews } from '../tradeNews.js';
import { GROUP } from './endpoint.js';
import { MatchFrame } from './frames.js';

/** Trades; the first is the last one before the subscription. A message has one. */
export const matchesChannel = (product: string): ChannelSpec<readonly TradeNews[]> =>
  channelOf(
    GROUP,
    'matches',
    product,
    reader(MatchFrame, (match, at) => [{ isPast: match.type === 'last_match', trades: [tradeOf(match, at)] }]),
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

/** Ids count the trades of a product, and the venue may drop some under load. */
export const numbersOf = (news: readonly TradeNews[]): readonly TradeNumber[] =>
  news.flatMap(({ trades }) => trades.map(({ instrument, id }) => ({ instrument, number: Number(id) })));
