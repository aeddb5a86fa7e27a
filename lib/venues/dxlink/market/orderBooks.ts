import { type Observable, Subject, filter, finalize } from 'rxjs';
import { type MutableTally, emptyTally } from '../../../book/tally.js';
import type { BookUpdate } from '../../../model/bookUpdate.js';
import { type VenueCore, foldedChannel } from '../../../feed/venueCore.js';
import type { BookTally } from '../../../model/bookTally.js';
import { SNAPSHOT_WITHIN } from '../endpoint.js';
import { orderChannel } from './eventChannel.js';
import type { DxLinkBookOptions } from '../exchange.js';
import { orderBook } from './orderBook.js';

/** The books that are made of orders. The core's own are made of levels: what it does for those is done for these here. */
export interface OrderBooks {
  readonly updates: (symbol: string, options?: DxLinkBookOptions) => Observable<BookUpdate>;
  /** The counts of the running book of a symbol; with several, of the one that began last. */
  readonly tally: (symbol: string) => BookTally | undefined;
  /** Has the running books of a symbol mended by hand, or all of them. */
  readonly resync: (symbol: string | undefined) => void;
}

export function makeOrderBooks(core: VenueCore): OrderBooks {
  const tallies = new Map<string, { readonly symbol: string; readonly tally: MutableTally }>();
  const resyncs = new Subject<string | undefined>();
  return {
    updates: (symbol, options = {}) => {
      const { refreshEvery } = options;
      const source = orderChannel(symbol, options, core.report);
      const key = `book ${source.topic.key} ${String(refreshEvery ?? '')}`;
      return foldedChannel(core, key, source, (context) => (channel$) => {
        const tally = emptyTally();
        tallies.set(key, { symbol, tally });
        const resync$ = resyncs.pipe(filter((wanted) => wanted === undefined || wanted === symbol));
        return channel$.pipe(
          orderBook({ ...context, instrument: symbol, within: SNAPSHOT_WITHIN, tally, resync$, refreshEvery }),
          finalize(() => {
            tallies.delete(key);
          }),
        );
      });
    },
    tally: (symbol) => [...tallies.values()].filter((running) => running.symbol === symbol).at(-1)?.tally,
    resync: (symbol) => {
      resyncs.next(symbol);
    },
  };
}
