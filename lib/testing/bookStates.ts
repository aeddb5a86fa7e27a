import { asyncScheduler, map, scan, type Observable } from 'rxjs';
import { aFunction, anObject, checkKind } from '../errors/optionRules.js';
import type { BookState, StaleReason } from '../model/bookState.js';
import type { OrderBook } from '../model/orderBook.js';
import { book, liveState, staleState, syncingState, type SnapshotFields } from './builders.js';

/**
 * One step in the life of a book: a new book, which may be written short (`'99x5 | 101x4'`), why it went stale, or that there
 * is none yet.
 */
export type BookStep = OrderBook | SnapshotFields | WrittenBook | StaleReason | 'syncing';
/** Levels as {@link book} takes them. */
type WrittenBook = `${string}|${string}`;

/**
 * Books for a strategy, drawn: `bookStates(hot, 's-a--g--b', { s: 'syncing', a: { bids: […] }, g: 'gap', b: … })`.
 * A book is live, a reason makes the book before it stale from that frame on.
 *
 * @param create The `hot` or `cold` of the test.
 */
export function bookStates(
  create: (marbles: string, values: Record<string, BookStep>) => Observable<BookStep>,
  marbles: string,
  steps: Readonly<Record<string, BookStep>>,
): Observable<BookState> {
  checkKind('create', aFunction, create);
  checkKind('steps', anObject, steps);
  return create(marbles, { ...steps }).pipe(
    scan<BookStep, { readonly state: BookState; readonly book?: OrderBook }>(
      (before, step) => {
        if (step === 'syncing') return { state: syncingState };
        if (typeof step !== 'string' || isBook(step)) {
          const next = typeof step !== 'string' && 'bestBid' in step ? step : book(step);
          return { state: liveState(next), book: next };
        }
        if (before.book === undefined) throw new Error(`no book was drawn yet that could go stale (${step})`);
        return {
          state: staleState(before.book, { reason: step, since: asyncScheduler.now() }),
          book: before.book,
        };
      },
      { state: syncingState },
    ),
    map(({ state }) => state),
  );
}

const isBook = (step: string): step is WrittenBook => step.includes('|');
