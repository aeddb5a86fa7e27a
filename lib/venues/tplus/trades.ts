import { decimalOf } from '../../codec/decimalOf.js';
import { frame } from '../../codec/frame.js';
import { millisOfNanos } from '../../codec/integers.js';
import { isJsonObject } from '../../codec/jsonObject.js';
import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { StepFrame, TradeFrame } from './frames.js';
import { topicOf } from './topics.js';

/** How far a trade has come. `pending` may still be `rolledBack`, which undoes it; `confirmed` stays. */
export type TplusTradeStatus = 'pending' | 'confirmed' | 'rolledBack';

/** A trade, or one step of it where all are followed: the same `id` may come again with another `status`. */
export interface TplusTrade extends Trade {
  /** How far it has come: told, for good, or undone. */
  readonly status: TplusTradeStatus;
  /** Where the venue tells it. */
  readonly orderId?: string | undefined;
  /** The venue's time in ns, digit for digit; `venueTime` is the nearest double in ms. */
  readonly venueTimeNs: string;
}

export const statusOf = { Pending: 'pending', Confirmed: 'confirmed', Rollbacked: 'rolledBack' } as const;

type Tag = keyof typeof statusOf;
const tags: readonly Tag[] = ['Pending', 'Confirmed', 'Rollbacked'];

/** Trades that stay, of all assets. */
export function finalizedTradesChannel(report: Report): ChannelSpec<TplusTrade> {
  const topic = topicOf('trades');
  const unread = leftOutOf(topic.key, report);
  const to = (frame: TradeFrame, at: number): TplusTrade => tradeOf(frame, frame.status ?? 'Confirmed', at);
  return { topic, decode: sparingReader(TradeFrame, [], unread, to) };
}

/** Every step of every trade, of all assets: `{"Pending": {…}}`. The tag decides; the trade within says the same. */
export function allTradesChannel(report: Report): ChannelSpec<TplusTrade> {
  const topic = topicOf('allTrades');
  const unread = leftOutOf(topic.key, report);
  const readerOf = (tag: Tag) =>
    sparingReader(frame('tplus.TradeEvent', { [tag]: StepFrame }), [], unread, ({ [tag]: step }, at) =>
      tradeOf(step as StepFrame, tag, at),
    );
  const readers = {
    Pending: readerOf('Pending'),
    Confirmed: readerOf('Confirmed'),
    Rollbacked: readerOf('Rollbacked'),
  };
  return {
    topic,
    decode: (payload, at) => {
      const tag = tags.find((one) => isJsonObject(payload) && one in payload);
      return readers[tag ?? 'Confirmed'](payload, at);
    },
  };
}

function tradeOf(frame: StepFrame, tag: Tag, at: number): TplusTrade {
  const { asset_id, trade_id, order_id, price, quantity, timestamp_ns, buyer_is_maker } = frame;
  return {
    instrument: asset_id,
    id: trade_id,
    price: decimalOf(price),
    size: decimalOf(quantity),
    exact: { price, size: quantity },
    side: buyer_is_maker ? 'sell' : 'buy',
    status: statusOf[tag],
    orderId: order_id === '' ? undefined : (order_id ?? undefined),
    venueTime: millisOfNanos(timestamp_ns),
    venueTimeNs: timestamp_ns,
    receivedTime: at,
  };
}
