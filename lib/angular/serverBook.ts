import { type Injector, PendingTasks } from '@angular/core';
import { type Observable, defer, filter, finalize, map, take, takeUntil, tap, timer } from 'rxjs';
import type { BookState } from '../model/bookState.js';
import type { BookTransfer } from './bookTransfer.js';
import { CLOCK } from './clock.js';
import { SERVER, isServer } from './withServer.js';

/**
 * The states of a book where they are shown. In a browser they are what they are, and the first live one ends what a server
 * left there. A server has its page wait for that one, hands it over and leaves.
 */
export function serverBook(
  state$: Observable<BookState>,
  transfer: BookTransfer,
  request: unknown,
  injector: Injector,
): Observable<BookState> {
  if (!isServer(injector)) {
    return state$.pipe(
      tap(({ status }) => {
        if (status === 'live') transfer.discard(request);
      }),
    );
  }
  const { within, levels } = injector.get(SERVER);
  return defer(() => {
    const done = injector.get(PendingTasks).add();
    return state$.pipe(
      filter((state) => state.status === 'live'),
      take(1),
      takeUntil(timer(within, injector.get(CLOCK).time)),
      map((state) => transfer.give(request, state, levels)),
      finalize(done),
    );
  });
}
