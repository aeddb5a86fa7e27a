import { Observable, Subject, type OperatorFunction, type Subscription } from 'rxjs';

/**
 * The source for as long as `owner` is open. A source that tells much at once is left by it within a value, too: the
 * subscription that `subscribe` returns would only be had when all has been told.
 */
export const ownedBy = <T>(source: Observable<T>, owner: Subscription): Observable<T> =>
  new Observable((subscriber) => {
    owner.add(subscriber);
    return source.subscribe(subscriber);
  });

/** RxJS's `connect`, which leaves a source that tells much at once within a value, too. */
export const connectOwned =
  <T, R>(
    selector: (values: Observable<T>) => Observable<R>,
    connector: () => Subject<T> = () => new Subject<T>(),
  ): OperatorFunction<T, R> =>
  (source) =>
    new Observable((observer) => {
      const values = connector();
      selector(values.asObservable()).subscribe(observer);
      ownedBy(source, observer).subscribe(values);
    });
