import { Observable, type OperatorFunction } from 'rxjs';
import { noRule } from '../../../book/continuity/none.js';
import type { MutableTally } from '../../../book/tally.js';
import { depthFeed } from '../../../feed/depthFeed.js';
import { endsTo } from '../../../feed/endsTo.js';
import type { BookUpdate } from '../../../model/bookUpdate.js';
import type { FoldContext } from '../../../feed/venueCore.js';
import type { DepthEvent } from '../../../model/depthEvent.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import { every } from '../../../socket/every.js';
import { assemble } from './assemble.js';
import { type DxLinkOrder, OrderPool } from './orders.js';
import type { IndexedChange } from './transactions.js';

export interface OrderBookConfig extends FoldContext {
  readonly instrument: string;
  readonly within: number;
  readonly tally: MutableTally;
  readonly resync$: Observable<unknown>;
  readonly refreshEvery: number | undefined;
}

/**
 * The book that orders make: each whole change is one diff of levels. Nothing is numbered, so what shows a loss is a
 * frame that can't be read, a snapshot or transaction that does not end or is cut off, and a best bid not below the best
 * ask.
 */
export function orderBook(config: OrderBookConfig): OperatorFunction<ChannelEvent<DxLinkOrder>, BookUpdate> {
  const { scheduler, within, refreshEvery, instrument, ...rest } = config;
  return (source) =>
    source.pipe(
      assemble({ scheduler, within }),
      depthOf(config),
      depthFeed({
        ...rest,
        scheduler,
        instrument,
        rule: noRule,
        answerWithin: within,
        planned$: refreshEvery === undefined ? undefined : every(refreshEvery, scheduler),
      }),
    );
}

/** Changes of orders as changes of levels, each session by itself. */
function depthOf({
  instrument,
  channel,
  scheduler,
  report,
}: OrderBookConfig): OperatorFunction<ChannelEvent<IndexedChange<DxLinkOrder>>, ChannelEvent<DepthEvent>> {
  return (source) =>
    new Observable((observer) => {
      let pool = new OrderPool(instrument);
      return source.subscribe(
        endsTo(observer, (event) => {
          if (event.type === 'begun') pool = new OrderPool(instrument);
          if (event.type !== 'message') observer.next(event);
          // Cut off by a limit of the venue's, anywhere: such a book may lack its best orders.
          else if (!event.value.isWhole) {
            report({ type: 'gap', channel, reason: 'gap', message: `${channel}: the venue cut the snapshot off` });
            observer.next({ type: 'missed', at: scheduler.now() });
          } else observer.next({ type: 'message', value: pool.apply(event.value) });
        }),
      );
    });
}
