import { concat, defer, from, map, mergeMap, of, scan, type Observable } from 'rxjs';
import { mergeSides } from '../book/mergeSides.js';
import { check } from '../errors/checks.js';
import { aCount, anObject, anObservable, checkKind, checkOptions, checkText } from '../errors/optionRules.js';
import type { BookState } from '../model/bookState.js';
import type { OrderBook } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';

/** How deep a consolidated book is, and what its sizes are of. */
export interface ConsolidateConfig<V extends string = string> {
  /** At most this many levels of each side. Default: 20. */
  readonly depth?: number;
  /**
   * What one contract is of, by the venues whose sizes count contracts: `contractSize` of the instrument. Sums are then of
   * so much; what each venue has stays as it tells it. Default: none, all sizes are amounts.
   */
  readonly contractSizes?: Readonly<Partial<Record<V, string | undefined>>>;
}

/**
 * A price at which one venue or several have something, written as the first of them writes it. `size` is the exact sum, in
 * amounts where contracts have been told the size of.
 */
export interface ConsolidatedLevel<V extends string = string> extends PriceLevel {
  /** What each venue has there, by its own texts, in the order of the names that were given. */
  readonly venues: readonly { readonly venue: V; readonly level: PriceLevel }[];
}

/** How a book stands with the whole: in it only while `live`; `ended` when its stream has completed. */
export type ConsolidatedStatus = BookState['status'] | 'ended';

/** One book over several. A new value with each change, never changed afterwards. */
export interface ConsolidatedBook<V extends string = string> {
  /** Highest price first, asks lowest first. A bid of one venue may be above an ask of another: that is no fault. */
  readonly bids: readonly ConsolidatedLevel<V>[];
  readonly asks: readonly ConsolidatedLevel<V>[];
  /** Which books are in it, and how the others stand. */
  readonly venues: Readonly<Record<V, ConsolidatedStatus>>;
  /** When the newest change of a book in it was received, in ms; absent while none is in it. */
  readonly receivedTime: number | undefined;
}

/**
 * One book over the books of several venues, told with each change of one of them. The size of each venue is kept. A book
 * that is not live leaves it in that step and comes back when it is; what is told is only ever made of books that can be
 * trusted.
 *
 *     a            -s-1---g---2-    s syncing, g stale by a gap
 *     b            ---8-------9-
 *     consolidate  -x-yz--u---vw    drawn and tested in marbles/consolidate.txt
 *
 *     consolidate({ binance: binance$, kraken: kraken$ }).subscribe(({ bids, venues }) => …)
 *
 * Prices of the books must be in one currency, and sizes in one unit: contracts are made amounts by `contractSizes`. A book
 * with few levels says nothing of prices behind its last one, so sums there are without it. A book under two names counts
 * twice. Each change is told by itself, so the first value has the first book alone.
 *
 * @param books States of books by the name of their venue.
 * @returns An observable. Errors with any of the books: one that the others shall go on without is given a `catchError` of
 * its own. One that completes leaves, as it will not say when it is wrong; completes with the last of them.
 * @throws InvalidArgumentError at once when there is no book, `depth` is not at least 1, or `contractSizes` has a name that
 * no book has or what is no decimal above 0.
 */
export function consolidate<V extends string>(
  books: Readonly<Record<V, Observable<BookState>>>,
  config: ConsolidateConfig<V> = {},
): Observable<ConsolidatedBook<V>> {
  checkOptions('config', config, { depth: aCount, contractSizes: anObject });
  const { depth = 20, contractSizes } = config;
  checkKind('books', anObject, books);
  const venues = Object.keys(books) as V[];
  check('books', venues.length > 0, 'at least one stream of book states, by the name of its venue', venues);
  for (const venue of venues) checkKind(venue, anObservable, books[venue]);
  const units = unitsOf(venues, contractSizes);
  return defer(() =>
    from(venues).pipe(
      mergeMap((venue) => concat(books[venue], of<'ended'>('ended')).pipe(map((state) => ({ venue, state })))),
      scan(
        (states: ReadonlyMap<V, BookState | 'ended'>, { venue, state }) => new Map(states).set(venue, state),
        new Map<V, BookState | 'ended'>(),
      ),
      map((states) => bookOf(venues, states, units, depth)),
    ),
  );
}

/** What a size of 1 is of. A copy: the caller's may change. */
function unitsOf<V extends string>(
  venues: readonly V[],
  sizes: ConsolidateConfig<V>['contractSizes'],
): ReadonlyMap<V, string> {
  const units = new Map<V, string>();
  for (const [venue, size] of Object.entries<string | undefined>(sizes ?? {})) {
    const known = venues.find((name) => name === venue);
    check('contractSizes', known !== undefined, `names of these: ${venues.join(', ')}`, venue);
    if (size === undefined || known === undefined) continue;
    checkText('contractSizes', ABOVE_ZERO, 'decimal texts above 0, such as "0.01"', size);
    units.set(known, size);
  }
  return units;
}
const ABOVE_ZERO = /^(?=.*[1-9])\d+(?:\.\d+)?$/;

function bookOf<V extends string>(
  venues: readonly V[],
  states: ReadonlyMap<V, BookState | 'ended'>,
  units: ReadonlyMap<V, string>,
  depth: number,
): ConsolidatedBook<V> {
  const statusOf = (venue: V): ConsolidatedStatus => {
    const state = states.get(venue);
    return state === 'ended' ? 'ended' : (state?.status ?? 'syncing');
  };
  const books = venues.flatMap((venue): (readonly [V, OrderBook])[] => {
    const state = states.get(venue);
    return state !== undefined && state !== 'ended' && state.status === 'live' ? [[venue, state.book]] : [];
  });
  const side = (of: 'bids' | 'asks', sign: 1 | -1): readonly ConsolidatedLevel<V>[] =>
    mergeSides(
      books.map(([venue, book]) => [venue, book[of], units.get(venue)]),
      sign,
      depth,
    ).map(({ parts, ...level }) => ({
      ...level,
      venues: parts.map(({ of: venue, level: part }) => ({ venue, level: part })),
    }));
  return {
    bids: side('bids', -1),
    asks: side('asks', 1),
    venues: Object.fromEntries(venues.map((venue) => [venue, statusOf(venue)])) as Record<V, ConsolidatedStatus>,
    receivedTime: books.length === 0 ? undefined : Math.max(...books.map(([, book]) => book.receivedTime)),
  };
}
