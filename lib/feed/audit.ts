import {
  connect,
  defer,
  EMPTY,
  interval,
  merge,
  of,
  type Observable,
  type SchedulerLike,
  catchError,
  exhaustMap,
  ignoreElements,
  map,
  startWith,
  switchMap,
  take,
  takeWhile,
  tap,
} from 'rxjs';
import { driftOf, type Reach } from '../book/drift.js';
import type { Note } from '../book/machine/note.js';
import type { DepthSnapshot } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';
import type { BookUpdate } from './bookUpdate.js';
import { VersionRing } from './versionRing.js';

/** How often a live book is compared with a fresh snapshot. */
export interface AuditConfig {
  /** Time between two comparisons, in ms. */
  readonly every: number;
  /** How many versions of the book are remembered for a snapshot that comes late. Default: 256. */
  readonly versions?: number | undefined;
}

/** A check of live books, as a value: who names none has none of it in the bundle. */
export interface Audit {
  /** Tells audits apart: books of one channel with different audits are different books. */
  readonly key: string;
  /** Emits whenever a live book differs from a fresh snapshot. */
  compare(updates$: Observable<BookUpdate>, source: AuditSource): Observable<Note>;
}

/** What an audit may ask of the feed that it runs beside. */
export interface AuditSource {
  readonly snapshot: (() => Observable<DepthSnapshot>) | undefined;
  readonly scheduler: SchedulerLike;
}

/**
 * Compares a live book with a fresh snapshot on a schedule, and emits how many levels differ whenever some do. The book
 * is mended then.
 *
 *     updates    l-l-l-l-l-l-l-l-l-l-l     sequences 1 2 3 …
 *     snapshot        --s (of 3)           asked for every 5 frames while live
 *     audit      -------n                  the snapshot against version 3; silence if they agree
 *
 * A snapshot is compared with the version of the very same sequence, if need be one that comes only later. It says
 * nothing when there is none: the version is forgotten, or the sequence lies within a diff. Only prices are compared
 * that the book can know of. A request that fails says nothing either.
 *
 * @throws RangeError (on the stream of the book) where there is no `snapshot` to compare with.
 */
export function audit({ every, versions = 256 }: AuditConfig): Audit {
  return {
    key: `audit ${every} ${versions}`,
    compare: (updates$, { snapshot, scheduler }) => {
      if (snapshot === undefined) throw new RangeError('an audit compares with a `snapshot`, and there is none');
      return defer(() => {
        const ring = new VersionRing(versions);
        return updates$.pipe(
          tap((update) => ring.note(update)),
          connect((noted$) =>
            merge(
              noted$.pipe(ignoreElements()),
              interval(every, scheduler).pipe(
                exhaustMap(() => (ring.newest === undefined ? EMPTY : compare(snapshot, noted$, ring))),
              ),
            ),
          ),
          map((levels): Note => ({ type: 'drift', levels, text: `${levels} levels differ from a fresh snapshot` })),
        );
      });
    },
  };
}

function compare(snapshot: () => Observable<DepthSnapshot>, noted$: Observable<BookUpdate>, ring: VersionRing) {
  return defer(snapshot).pipe(
    take(1),
    switchMap((fresh) => {
      const { sequence } = fresh;
      if (sequence === undefined) return EMPTY;
      return noted$.pipe(
        startWith(undefined),
        // Later versions are waited for; a book that broke meanwhile has nothing to compare.
        takeWhile(() => (ring.newest?.sequence ?? Infinity) < sequence, true),
        map(() => match(ring, sequence)),
        switchMap((found) => (found === undefined ? EMPTY : of(driftOf(found.book, fresh, found.reach)))),
        take(1),
      );
    }),
    switchMap((levels) => (levels > 0 ? of(levels) : EMPTY)),
    catchError(() => EMPTY),
  );
}

function match(ring: VersionRing, sequence: number): { readonly book: OrderBook; readonly reach: Reach } | undefined {
  const book = ring.at(sequence);
  return book === undefined || ring.reach === undefined ? undefined : { book, reach: ring.reach };
}
