import { scanLevels } from '../lib/codec/scanLevels.js';
import type { DepthSnapshot } from '../lib/model/depthEvent.js';
import { bookFrom } from '../lib/book/orderBook.js';
import { WholeDepth } from '../lib/venues/binance/frames.js';
import { loadFrames, padded } from './frames.js';
import { retained } from './heap.js';

/** Levels a side of the books that are held. */
export const SIZES = [20, 1_000, 5_000] as const;
const BOOKS = 50;

/**
 * What a book keeps alive, in bytes.
 *
 * @param bookOf Makes one of the text of a snapshot, which is in one piece, as what came over a wire is.
 */
export function heldByBook(levels: number, bookOf: (text: string) => unknown): number {
  const [first] = [...loadFrames().snapshots.values()];
  if (first === undefined) throw new Error('no snapshot');
  const texts = Array.from({ length: BOOKS }, (_, index) =>
    JSON.stringify({ ...padded(first, levels), lastUpdateId: index + 1 }),
  );
  // What the code itself keeps from its first run is no book's.
  for (const text of texts) bookOf(text);
  return retained(() => texts.map((text) => bookOf(Buffer.from(text).toString()))) / BOOKS;
}

/** A book of ours, as a snapshot's text makes it. */
export function ourBook(text: string): unknown {
  const decoded = WholeDepth.decode(
    scanLevels(text, 'bids', 'asks', (frame) => frame as Record<string, unknown>) ?? JSON.parse(text),
  );
  if (decoded._tag === 'Left') throw new Error('unreadable');
  const { bids, asks, lastUpdateId } = decoded.right;
  const snapshot: DepthSnapshot = {
    type: 'snapshot',
    instrument: 'X',
    sequence: lastUpdateId,
    bids,
    asks,
    receivedTime: 0,
  };
  return bookFrom(snapshot);
}
