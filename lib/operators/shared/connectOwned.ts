import { Observable, Subject, type OperatorFunction } from 'rxjs';
import { ownedBy } from '../../time/ownedBy.js';

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
