import type { BookState } from 'millrace';
import type { OrderCommand, OrderReport } from 'millrace/testing';
import { type Observable, type SchedulerLike, asyncScheduler, concatMap, map, merge, scan } from 'rxjs';
import { type QuotingConfig, nothing, quotesFor } from './quotes.js';
import { type MessageBudget, type WorkingOrders, afterReport, noOrders, towards } from './workingOrders.js';

/** What the market maker lives on. Interfaces only: whether they are live, simulated, replayed or drawn is not its business. */
export interface MarketMakerConfig extends QuotingConfig, MessageBudget {
  readonly book$: Observable<BookState>;
  /** What became of its orders. */
  readonly reports$: Observable<OrderReport>;
  readonly scheduler?: SchedulerLike;
}

interface Step {
  readonly book: BookState;
  readonly known: WorkingOrders;
  readonly commands: readonly OrderCommand[];
}

/**
 * Quotes both sides around the microprice, leans against its position, and takes all back in the step in which the book can't
 * be trusted.
 *
 *     book$      -l---------s------l--
 *     reports$   --aa---f-----cc------
 *     commands   -bs----bs--cc-----bs-    b and s place, c takes back
 *
 * Nothing but a fold: what it knows is in its state, what it decides is in `quotesFor` and `towards`, pure functions both.
 */
export function marketMaker({
  book$,
  reports$,
  scheduler = asyncScheduler,
  ...config
}: MarketMakerConfig): Observable<OrderCommand> {
  const decide = (book: BookState, known: WorkingOrders): Step => {
    const wanted = book.status === 'live' ? quotesFor(book, known.position, config) : nothing;
    return { book, ...towards(known, wanted, config.size, config, scheduler.now()) };
  };
  const start: Step = { book: { status: 'syncing' }, known: noOrders, commands: [] };
  return merge(
    // First, so that a report is heard that comes within a step of the book.
    reports$.pipe(
      map(
        (report) =>
          ({ book, known }: Step) =>
            decide(book, afterReport(known, report)),
      ),
    ),
    book$.pipe(
      map(
        (book) =>
          ({ known }: Step) =>
            decide(book, known),
      ),
    ),
  ).pipe(
    scan((step, next) => next(step), start),
    concatMap(({ commands }) => commands),
  );
}
