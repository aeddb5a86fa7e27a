import type { BookState, StaleReason } from '../../lib/model/bookState.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';
import { book, liveState, staleState, syncingState } from '../../lib/testing/builders.js';
import type { OrderBook } from '../../lib/model/orderBook.js';

const side = (label: string): [string, string][] =>
  label === ''
    ? []
    : label.split(',').map((text): [string, string] => {
        const [price = '', size = '1'] = text.split(':');
        return [price, size];
      });

/** A book as diagrams write it: `99:2,98/101` has 2 at 99 and 1 at 98 on its bids. */
export const toBook = (label: string): OrderBook => {
  const [bids = '', asks = ''] = label.split('/');
  return book({ bids: side(bids), asks: side(asks) });
};

const isReason = (label: string): label is StaleReason => ['gap', 'silent', 'disconnected'].includes(label);

/** A state as diagrams write it: a live book by its sequence, a stale one by its reason. */
export const toState = (label: string): BookState =>
  label === 'syncing'
    ? syncingState
    : isReason(label)
      ? staleState({}, { reason: label })
      : liveState({ sequence: Number(label), receivedTime: Number(label) });

const showSide = (levels: readonly PriceLevel[]): string =>
  levels.map(({ exact: { price, size } }) => (size === '1' ? price : `${price}:${size}`)).join(',');

export const showLevels = ({
  bids,
  asks,
}: {
  readonly bids: readonly PriceLevel[];
  readonly asks: readonly PriceLevel[];
}): string => `${showSide(bids)}/${showSide(asks)}`;

export const showState = (state: BookState): string =>
  state.status === 'syncing' ? 'syncing' : state.status === 'stale' ? state.reason : String(state.book.sequence);
