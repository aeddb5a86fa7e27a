import { Observable, type Subscription } from 'rxjs';

/**
 * The source for as long as `owner` is open. A source that tells much at once is left by it within a value, too: the
 * subscription that `subscribe` returns would only be had when all has been told.
 */
export const ownedBy = <T>(source: Observable<T>, owner: Subscription): Observable<T> =>
  new Observable((subscriber) => {
    owner.add(subscriber);
    return source.subscribe(subscriber);
  });
