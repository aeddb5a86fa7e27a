import { Observable, type OperatorFunction } from 'rxjs';
import { noRule } from '../../../book/continuity/none.js';
import type { BookParameters, BookSpec } from '../../../feed/books.js';
import { passOn } from '../../../feed/passOn.js';
import type { FoldContext } from '../../../feed/foldContext.js';
import type { VenueCore } from '../../../feed/venueCore.js';
import type { DepthEvent } from '../../../model/depthEvent.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import { SNAPSHOT_WITHIN } from '../endpoint.js';
import type { DxLinkBookOptions } from '../exchange.js';
import { assemble } from './assemble.js';
import { orderChannel } from './eventChannel.js';
import { type DxLinkOrder, OrderPool } from './orders.js';
import type { IndexedChange } from './transactions.js';

/** What one book of orders differs by from another. */
export interface OrderBookParameters extends BookParameters {
  readonly source: NonNullable<DxLinkBookOptions['source']>;
  readonly type: NonNullable<DxLinkBookOptions['type']>;
}

/**
 * The book that orders make: each whole change is one diff of levels. Nothing is numbered, so what shows a loss is a
 * frame that can't be read, a snapshot or transaction that does not end or is cut off, and a best bid not below the best
 * ask.
 */
export const orderBook =
  (core: VenueCore) =>
  ({ instrument, source, type }: OrderBookParameters): BookSpec => {
    const orders = orderChannel(instrument, { source, type }, core.report);
    return {
      source: {
        topic: orders.topic,
        events: (context) =>
          core
            .channel(orders)
            .pipe(assemble({ scheduler: core.scheduler, within: SNAPSHOT_WITHIN }), depthOf(instrument, context)),
      },
      rule: noRule,
      answerWithin: SNAPSHOT_WITHIN,
    };
  };

/** Changes of orders as changes of levels, each session by itself. */
function depthOf(
  instrument: string,
  { channel, scheduler, report }: FoldContext,
): OperatorFunction<ChannelEvent<IndexedChange<DxLinkOrder>>, ChannelEvent<DepthEvent>> {
  return (source) =>
    new Observable((observer) => {
      let pool = new OrderPool(instrument);
      return passOn(source, observer, (event) => {
        if (event.type === 'begun') pool = new OrderPool(instrument);
        if (event.type !== 'message') observer.next(event);
        // Cut off by a limit of the venue's, anywhere: such a book may lack its best orders.
        else if (!event.value.isWhole) {
          report({ type: 'gap', channel, reason: 'gap', message: `${channel}: the venue cut the snapshot off` });
          observer.next({ type: 'missed', at: scheduler.now() });
        } else observer.next({ type: 'message', value: pool.apply(event.value) });
      });
    });
}
