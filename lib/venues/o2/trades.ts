import { sparingReader } from '../../codec/sparing.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { STAMPS, TradesFrame } from './frames.js';
import type { O2Market } from './markets.js';
import { levelIn, timeOf } from './scale.js';
import { topicOf } from './topics.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';

/** Every trade of one market. The venue names the maker's side; the taker's is the other. */
export const tradesChannel = (market: O2Market, report: Report): ChannelSpec<readonly Trade[]> => ({
  topic: topicOf(`trades ${market.id}`, `trades ${market.id}`, {
    subscribe: { action: 'subscribe_trades', market_id: market.id },
    unsubscribe: { action: 'unsubscribe_trades', market_id: market.id },
  }),
  decode: sparingReader(
    TradesFrame,
    ['trades.*', ...STAMPS],
    leftOutOf(`trades ${market.id}`, report),
    ({ trades, trade }, at): readonly Trade[] =>
      (trades ?? (trade === undefined ? [] : [trade])).map(({ trade_id, side, price, quantity, timestamp }) => {
        const level = levelIn(market, price, quantity);
        return {
          instrument: market.id,
          id: trade_id,
          price: level.price,
          size: level.size,
          exact: level.exact,
          side: side === 'buy' ? 'sell' : 'buy',
          venueTime: timeOf(timestamp),
          receivedTime: at,
        };
      }),
  ),
});
