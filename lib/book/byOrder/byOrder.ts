import { checkOptions, fromZero, oneOf } from '../../errors/optionRules.js';
import type { OrderChange } from '../../model/bookByOrder.js';
import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import { broken } from '../broken.js';
import type { Fold, Folding } from '../fold.js';
import { applyDiff, bookFrom } from '../orderBook.js';
import { withLevels } from '../withLevels.js';
import { OrderChanges } from './changes.js';
import { OrderIndex } from './orderIndex.js';
import type { QueueOrder } from './queue.js';

/** How a venue tells its orders. */
export interface ByOrderConfig {
  /** In what order orders of one price stand. Default: `arrival`. */
  readonly queue?: QueueOrder | undefined;
  /**
   * For so many ms of the venue's time behind a snapshot an order may be changed or deleted that nobody told of. Later it
   * is a gap: what told of it was lost. Only of venues that call their changes so. Default: 0.
   */
  readonly warmUp?: number | undefined;
}

const rules = { queue: oneOf('arrival', 'id'), warmUp: fromZero };

/**
 * A fold of snapshots and diffs that are told order by order ({@link OrderChange}), to books whose levels hold their orders
 * (`BookByOrder`). What it hands on tells levels: their new sizes, and the orders of each.
 *
 * Whatever is known of a book holds of it too: rules, checksums (`checksummed(holds, byOrder())`), mending.
 *
 * @throws InvalidArgumentError for a config that can't be meant.
 */
export function byOrder(config: ByOrderConfig = {}): Fold {
  checkOptions('config', config, rules);
  const { queue = 'arrival', warmUp = 0 } = config;
  const read = (side: OrderChanges, { bids, asks }: DepthDiff | DepthSnapshot): string | undefined => {
    for (const change of bids) {
      const failure = isOrderChange(change) ? side.take(change, 'bid') : NO_ORDER;
      if (failure !== undefined) return failure;
    }
    for (const change of asks) {
      const failure = isOrderChange(change) ? side.take(change, 'ask') : NO_ORDER;
      if (failure !== undefined) return failure;
    }
    return undefined;
  };
  return {
    begin: (snapshot, { tally }) => {
      const none = { ...snapshot, bids: [], asks: [] };
      const index = OrderIndex.empty(snapshot.venueTime ?? snapshot.receivedTime);
      const changes = new OrderChanges(bookFrom(none), index, { queue, tally, mayBeUnknown: true });
      const failure = read(changes, snapshot);
      if (failure !== undefined) return broken('gap', { text: failure });
      const byPrice = { ...snapshot, bids: changes.levels('bid'), asks: changes.levels('ask') };
      return { type: 'begun', book: withOrders(bookFrom(byPrice), index.after(changes.orders)), read: byPrice };
    },
    goOn: (book, diff, { tally }: Folding) => {
      const index = indexOf(book);
      const mayBeUnknown = (diff.venueTime ?? diff.receivedTime) - index.since <= warmUp;
      const changes = new OrderChanges(book, index, { queue, tally, mayBeUnknown });
      const failure = read(changes, diff);
      if (failure !== undefined) return broken('gap', { text: failure });
      const byPrice = withLevels(diff, changes.levels('bid'), changes.levels('ask'));
      return { type: 'folded', book: withOrders(applyDiff(book, byPrice), index.after(changes.orders)), read: byPrice };
    },
  };
}

const NO_ORDER = 'a change that names no order';

const isOrderChange = (level: PriceLevel): level is OrderChange => 'id' in level;

const indexOf = (book: OrderBook): OrderIndex =>
  'orders' in book && book.orders instanceof OrderIndex ? book.orders : OrderIndex.empty(book.receivedTime);

/** Field by field: each diff makes one. */
function withOrders(book: OrderBook, orders: OrderIndex): OrderBook & { readonly orders: OrderIndex } {
  const { instrument, bids, asks, bestBid, bestAsk, sequence, venueTime, receivedTime } = book;
  return { instrument, bids, asks, bestBid, bestAsk, sequence, venueTime, receivedTime, orders };
}
