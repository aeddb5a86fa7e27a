import {
  EMPTY,
  ReplaySubject,
  filter,
  map,
  scan,
  switchMap,
  type Observable,
  type ObservableInput,
  type OperatorFunction,
} from 'rxjs';
import { aFunction, checkKind } from '../errors/optionRules.js';
import type { BookState } from '../model/bookState.js';
import type { OrderBook } from '../model/orderBook.js';
import { live } from './live.js';
import { connectOwned } from './shared/ownedBy.js';

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
    (states) =>
      states.pipe(
        scan<BookState, Step | undefined>(
          (before, state) => ({ state, changes: before === undefined || isLive(before.state) !== isLive(state) }),
          undefined,
        ),
        filter((step) => step?.changes === true),
        map((step) => step?.state),
        // Hears of each change before the books of its spell do, and so ends them in the same step.
        switchMap((state) => (state !== undefined && isLive(state) ? project(states.pipe(live())) : EMPTY)),
      ),
    // Whoever subscribes has the present state, and what comes while he is told of it.
    () => new ReplaySubject(1),
  );
}

interface Step {
  readonly state: BookState;
  readonly changes: boolean;
}

const isLive = ({ status }: BookState): boolean => status === 'live';
