import {
  connect,
  defer,
  EMPTY,
  interval,
  merge,
  type Observable,
  type SchedulerLike,
  catchError,
  exhaustMap,
  filter,
  ignoreElements,
  last,
  map,
  startWith,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
  timer,
} from 'rxjs';
import type { BookPosition } from '../book/continuity/rule.js';
import { driftOf, reachOf } from '../book/drift.js';
import type { Note } from '../book/machine/note.js';
import { aCount, aFiniteNumber, checkConfig } from '../errors/optionRules.js';
import type { DepthSnapshot } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';
import type { BookUpdate } from '../model/bookUpdate.js';
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
  /** Asks the venue for the book as it is now; absent where it can't be asked. */
  readonly snapshot: (() => Observable<DepthSnapshot>) | undefined;
  readonly scheduler: SchedulerLike;
}

/**
 * Compares a live book with a fresh snapshot on a schedule, and emits how many levels differ whenever some do. The book
 * is mended then.
 *
 *     updates    l-l-l-l-l-l-l-l-l-l-l     sequences 1 2 3 …
 *     snapshot        --s (of 3)           requested every 5 frames while live
 *     audit      -------n                  the snapshot against version 3; silence if they agree
 *
 * A snapshot is compared with the version of the very same sequence, if need be one that comes only later. Where there is
 * none, that may say something too:
 *
 * - The sequence lies within a diff: nothing.
 * - It does not come within a minute or `every` ms, whichever is longer: the newest version is compared.
 * - It lies before all that is remembered and where the book stood half a minute ago, twice in a row: neither a fresh snapshot nor one out of a cache
 *   can, so that the venue's numbers are not the book's any more.
 *
 * Only prices are compared that the book can know of. A request that fails says nothing, and neither does one that the
 * book broke under.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant.
 * @throws RangeError (on the stream of the book) where there is no `snapshot` to compare with.
 */
export function audit(config: AuditConfig): Audit {
  checkConfig('config', config, { every: aFiniteNumber }, { versions: aCount });
  const { every, versions = 256 } = config;
  return {
    key: `audit ${every} ${versions}`,
    compare: (updates$, { snapshot, scheduler }) => {
      if (snapshot === undefined) throw new RangeError('an audit compares with a `snapshot`, and there is none');
      return defer(() => {
        const ring = new VersionRing(versions);
        const auditor = new Auditor(ring);
        return updates$.pipe(
          tap((update) => ring.note(update)),
          connect((noted$) =>
            merge(
              noted$.pipe(ignoreElements()),
              interval(every, scheduler).pipe(
                tap((count) => {
                  auditor.mark(count * every);
                }),
                exhaustMap(() => auditor.compare(snapshot, noted$, timer(Math.max(every, LATE_AFTER), scheduler))),
              ),
            ),
          ),
        );
      });
    },
  };
}

/** Where a book stood at a time, in ms. */
interface Mark {
  readonly at: number;
  readonly begun: DepthSnapshot | undefined;
  readonly newest: OrderBook | undefined;
}

/** What of a book no snapshot lies before: the oldest version that is remembered, and the one of half a minute ago. */
interface Known {
  readonly oldest: OrderBook | undefined;
  readonly then: OrderBook | undefined;
}

/** One audit of one book, comparison after comparison. */
class Auditor {
  /** Where the book stood; the first of them is old enough that no snapshot may lie before it. */
  #marks: readonly Mark[] = [];
  /** Of a snapshot that lies before the first mark: its sequence, and the version that the book had come to. */
  #before: { readonly sequence: number; readonly newest: OrderBook; readonly begun: DepthSnapshot } | undefined;

  constructor(private readonly ring: VersionRing) {}

  mark(at: number): void {
    const { begun, newest } = this.ring;
    const marks = [...this.#marks, { at, begun, newest }];
    const firstYoung = marks.findIndex((mark) => mark.at > at - CACHED_FOR);
    this.#marks = marks.slice(Math.max(0, firstYoung - 1));
  }

  /** @param late$ Emits when a version that has not come yet is waited for no longer. */
  compare(
    snapshot: () => Observable<DepthSnapshot>,
    noted$: Observable<BookUpdate>,
    late$: Observable<unknown>,
  ): Observable<Note> {
    const { begun, oldest } = this.ring;
    const [mark, latest] = [this.#marks.at(0), this.#marks.at(-1)];
    const isOld = mark !== undefined && latest !== undefined && latest.at - mark.at >= CACHED_FOR;
    const then = isOld && mark.begun === begun ? mark.newest : undefined;
    if (begun === undefined) return EMPTY;
    return defer(snapshot).pipe(
      take(1),
      switchMap((fresh) =>
        noted$.pipe(
          startWith(undefined),
          // Later versions are waited for; a book that broke meanwhile has nothing to compare.
          takeWhile(() => this.ring.begun === begun && isBefore(this.ring.newest, fresh), true),
          takeUntil(late$),
          last(),
          filter(() => this.ring.begun === begun),
          map(() => this.#verdict(fresh, begun, { oldest, then })),
        ),
      ),
      filter((note) => note !== undefined),
      catchError(() => EMPTY),
    );
  }

  #verdict(fresh: DepthSnapshot, begun: DepthSnapshot, { oldest, then }: Known): Note | undefined {
    const { newest } = this.ring;
    const { sequence } = fresh;
    if (sequence === undefined || newest === undefined) return undefined;
    const same = this.ring.at(sequence);
    const levels = driftOf(same ?? newest, fresh, reachOf(begun));
    const text = `${levels} levels differ from a fresh snapshot`;
    const before = this.#before;
    const isDiscarded = isBefore(fresh, begun) || isBefore(fresh, oldest);
    const isBack = same === undefined && isDiscarded && isBefore(fresh, then);
    this.#before = isBack ? { sequence, newest, begun } : undefined;
    if (!isBack) {
      const isComparable = same !== undefined || isBefore(newest, fresh);
      return isComparable && levels > 0 ? { type: 'drift', levels, text } : undefined;
    }
    // The same again, while the book goes on, comes out of a cache.
    const isAgain = before?.begun === begun && (before.sequence < sequence || before.newest === newest);
    return isAgain ? { type: 'drift', levels, text: `${text}, whose number ${sequence} is not the book's` } : undefined;
  }
}

/** A snapshot may come out of a cache that is so old, in ms. */
const CACHED_FOR = 30_000;
/** By then a wire that fell silent was found out, in ms. */
const LATE_AFTER = 60_000;

const isBefore = (one: BookPosition | undefined, other: BookPosition | undefined): boolean =>
  one?.sequence !== undefined && other?.sequence !== undefined && one.sequence < other.sequence;
