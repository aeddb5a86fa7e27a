import {
  EMPTY,
  Observable,
  ReplaySubject,
  defer,
  distinctUntilChanged,
  map,
  switchMap,
  type ObservableInput,
  type OperatorFunction,
} from 'rxjs';
import { aFunction, checkKind } from '../errors/optionRules.js';
import type { BookState } from '../model/bookState.js';
import type { OrderBook } from '../model/orderBook.js';
import { inTurn } from '../time/inTurn.js';
import { live } from './live.js';
import { connectOwned } from './shared/connectOwned.js';

/**
 * Runs a pipeline over the books for as long as they can be trusted: it is subscribed anew whenever the book becomes live, and
 * unsubscribed in the step in which it is no more. What the pipeline remembered (averages, windows, orders it thinks it has)
 * does not outlive the book it was made from; what must be undone goes into its `finalize`.
 *
 *     states                        -s-a-b-g---c-d-|    s syncing, g stale by a gap
 *     whileLive(count the books)    ---1-2-----1-2-|    drawn and tested in marbles/whileLive.txt
 *
 *     book$.pipe(whileLive((books$) => books$.pipe(map(quotesFor), finalize(withdraw))))
 *
 * @param project Makes the pipeline of one live spell. Its books begin with the one that became live, or with the
 *   present one for whoever subscribes to them later in the spell; they complete only with the source.
 * @throws InvalidArgumentError where `project` is no function.
 * @returns An operator. Completes when the source has and the pipeline, if one runs, does. Errors with either, or with what
 *   `project` throws.
 */
export function whileLive<R>(
  project: (books$: Observable<OrderBook>) => ObservableInput<R>,
): OperatorFunction<BookState, R> {
  checkKind('project', aFunction, project);
  return connectOwned(
    (states) => {
      const spell$ = oneByOne(() => project(states.pipe(live())));
      return states.pipe(
        map(({ status }) => status === 'live'),
        distinctUntilChanged(),
        // Hears of each change before the books of its spell do, and so ends them in the same step.
        switchMap((isLive) => (isLive ? spell$ : EMPTY)),
      );
    },
    // Whoever subscribes has the present state, and what comes while he is told of it.
    () => new ReplaySubject(1),
  );
}

/**
 * A spell that is over before it was begun whole, since what it told first ended it, is undone (its `finalize` too) before
 * the next begins: RxJS undoes it when it is subscribed whole.
 */
function oneByOne<R>(begin: () => ObservableInput<R>): Observable<R> {
  const inItsTurn = inTurn((subscribe: () => void) => {
    subscribe();
  });
  return new Observable((spell) => {
    inItsTurn(() => {
      if (!spell.closed) defer(begin).subscribe(spell);
    });
  });
}
