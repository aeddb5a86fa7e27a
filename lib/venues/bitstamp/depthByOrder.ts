import { map } from 'rxjs';
import { byOrder } from '../../book/byOrder/byOrder.js';
import { eventChainRule } from '../../book/continuity/eventChain.js';
import { replaceRule } from '../../book/continuity/replace.js';
import { levelOf } from '../../codec/levelOf.js';
import { reader } from '../../codec/read.js';
import type { BookSpec } from '../../feed/books.js';
import type { OrderChange } from '../../model/bookByOrder.js';
import type { VenueCore } from '../../feed/venueCore.js';
import type { DepthDiff, DepthEvent } from '../../model/depthEvent.js';
import { millisOf, type OrderRow, OrdersFrame } from './frames.js';
import { type BitstampOrderEvent, ordersChannel } from './orders.js';
import { channelOf } from './topics.js';

/** Snapshots lag, so that what came before one is told of in a few changes after it: for so long, in ms. */
const WARM_UP = 10_000;

/**
 * What becomes of each order. An order that takes is told like any other before what it takes is gone: until then the book
 * is crossed, and right all the same.
 */
export const ordersOf = (core: VenueCore, instrument: string): BookSpec => {
  const source = ordersChannel(instrument);
  return {
    source: {
      topic: source.topic,
      events: () =>
        core
          .channel(source)
          .pipe(map((event) => (event.type === 'message' ? { ...event, value: diffOf(event.value) } : event))),
    },
    rule: eventChainRule,
    fold: byOrder({ queue: 'id', warmUp: WARM_UP }),
    mayCross: true,
  };
};

function diffOf(event: BitstampOrderEvent): DepthDiff {
  const { instrument, id, side, price, size, exact, type: news } = event;
  const { eventId, previousEventId, venueTime, receivedTime } = event;
  const change: OrderChange = { id, price, size, exact, news };
  const [ones, none] = [[change], []];
  const sides = side === 'buy' ? { bids: ones, asks: none } : { bids: none, asks: ones };
  return { type: 'diff', instrument, eventId, previousEventId, ...sides, venueTime, receivedTime };
}

/** The best 100 orders a side, whole in each message. */
export const bestOrdersOf = (instrument: string): BookSpec => ({
  source: channelOf(
    'detail_order_book',
    instrument,
    reader(OrdersFrame, ({ data: { bids, asks, microtimestamp } }, receivedTime): DepthEvent => {
      const venueTime = millisOf(microtimestamp);
      return {
        type: 'snapshot',
        instrument,
        bids: bids.map(changeOf),
        asks: asks.map(changeOf),
        venueTime,
        receivedTime,
      };
    }),
  ),
  rule: replaceRule,
  fold: byOrder({ queue: 'id' }),
});

export const changeOf = ({ id, price, amount }: OrderRow): OrderChange => ({ id, ...levelOf(price, amount) });
