import { broken } from '../../book/broken.js';
import { type Fold, plainFold } from '../../book/fold.js';
import { comparePrices } from '../../book/level.js';
import type { DepthDiff } from '../../model/depthEvent.js';
import type { BookSide, OrderBook } from '../../model/orderBook.js';
import type { PriceLevel } from '../../model/priceLevel.js';

/** The outermost level that a snapshot told of each side; absent where it told the whole side. */
interface Window {
  readonly lowestBid: PriceLevel | undefined;
  readonly highestAsk: PriceLevel | undefined;
}

/** A side that has no more levels than this within its window is about to run out of it. */
const FEW = 10;

/**
 * A fold for books whose snapshot may tell the best `most` levels of a side only. Beyond them a book is not known: levels
 * there would come in one by one as they change, with others missing between them. So what lies beyond is left out, and a
 * side that has moved out of what its snapshot vouches for has the book mended by a new one.
 */
export function windowed(most: number): Fold {
  const windows = new WeakMap<OrderBook, Window>();
  return {
    begin: (snapshot, folding) => {
      const begun = plainFold.begin(snapshot, folding);
      if (begun.type === 'begun') {
        const { bids, asks } = begun.book;
        windows.set(begun.book, { lowestBid: outermost(bids, most), highestAsk: outermost(asks, most) });
      }
      return begun;
    },
    goOn: (book, diff, folding) => {
      const window = windows.get(book);
      const folded = plainFold.goOn(book, window === undefined ? diff : within(window, diff), folding);
      if (folded.type !== 'folded' || window === undefined) return folded;
      const side = runOut(window, folded.book);
      if (side !== undefined) return broken('gap', { text: `${side} left the levels that the snapshot told` });
      windows.set(folded.book, window);
      return folded;
    },
  };
}

const outermost = (side: BookSide, most: number): PriceLevel | undefined =>
  side.length < most ? undefined : side.at(side.length - 1);

const within = ({ lowestBid, highestAsk }: Window, diff: DepthDiff): DepthDiff => ({
  ...diff,
  bids: lowestBid === undefined ? diff.bids : diff.bids.filter((level) => comparePrices(level, lowestBid) >= 0),
  asks: highestAsk === undefined ? diff.asks : diff.asks.filter((level) => comparePrices(level, highestAsk) <= 0),
});

function runOut({ lowestBid, highestAsk }: Window, { bids, asks }: OrderBook): 'bids' | 'asks' | undefined {
  if (lowestBid !== undefined && bids.length <= FEW) return 'bids';
  return highestAsk !== undefined && asks.length <= FEW ? 'asks' : undefined;
}
