import { type BookLevels, type OrderBook, groupLevels } from 'millrace';
import { of } from 'rxjs';

/** The best levels of a book, put together at multiples of a step; without one as they are. */
export function grouped(book: OrderBook, step: string | undefined, depth: number): Pick<BookLevels, 'bids' | 'asks'> {
  if (step === undefined) return { bids: book.bids.slice(depth), asks: book.asks.slice(depth) };
  let levels: BookLevels | undefined;
  of(book)
    .pipe(groupLevels({ step, depth }))
    .subscribe((made) => {
      levels = made;
    });
  return levels ?? { bids: [], asks: [] };
}

/** `10` times the tick, and so on, as texts: `0.1`, `1`, `10`. @param decimals Of a price. */
export const stepsOf = (decimals: number): readonly string[] =>
  [1, 2, 3].map((power) =>
    power >= decimals ? `1${'0'.repeat(power - decimals)}` : `0.${'0'.repeat(decimals - power - 1)}1`,
  );
