import * as t from 'io-ts';
import { millisOfNanos } from '../../codec/integers.js';
import { reader } from '../../codec/read.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { TradeFrame } from './frames.js';
import { topicOf } from './topics.js';

/** How far a trade has come. `pending` may still be `rolledBack`, which undoes it; `confirmed` stays. */
export type TplusTradeStatus = 'pending' | 'confirmed' | 'rolledBack';

/** A trade, or one step of it where all are followed: the same `id` may come again with another `status`. */
export interface TplusTrade extends Trade {
  readonly status: TplusTradeStatus;
  /** Where the venue tells it. */
  readonly orderId?: string | undefined;
  /** The venue's time in ns, digit for digit; `venueTime` is the nearest double in ms. */
  readonly venueTimeNs: string;
}

export const statusOf = { Pending: 'pending', Confirmed: 'confirmed', Rollbacked: 'rolledBack' } as const;

/** Trades that stay, of all assets. */
export const finalizedTradesChannel = (): ChannelSpec<TplusTrade> => ({
  topic: topicOf('trades'),
  decode: reader(TradeFrame, tradeOf),
});

const Tagged = t.union(
  [t.strict({ Pending: TradeFrame }), t.strict({ Confirmed: TradeFrame }), t.strict({ Rollbacked: TradeFrame })],
  'tplus.TradeEvent',
);

/** Every step of every trade, of all assets: `{"Pending": {…}}`. The tag decides; the trade within says the same. */
export const allTradesChannel = (): ChannelSpec<TplusTrade> => ({
  topic: topicOf('allTrades'),
  decode: reader(Tagged, (tagged, at) => {
    if ('Pending' in tagged) return { ...tradeOf(tagged.Pending, at), status: 'pending' };
    if ('Rollbacked' in tagged) return { ...tradeOf(tagged.Rollbacked, at), status: 'rolledBack' };
    return { ...tradeOf(tagged.Confirmed, at), status: 'confirmed' };
  }),
});

function tradeOf(frame: TradeFrame, at: number): TplusTrade {
  const { asset_id, trade_id, order_id, price, quantity, timestamp_ns, buyer_is_maker, status = 'Confirmed' } = frame;
  return {
    instrument: asset_id,
    id: trade_id,
    price: Number(price),
    size: Number(quantity),
    exact: { price, size: quantity },
    side: buyer_is_maker ? 'sell' : 'buy',
    status: statusOf[status],
    orderId: order_id === '' ? undefined : order_id,
    venueTime: millisOfNanos(timestamp_ns),
    venueTimeNs: timestamp_ns,
    receivedTime: at,
  };
}
