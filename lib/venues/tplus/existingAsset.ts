import { type Observable, EMPTY, catchError, defer, ignoreElements, merge, takeUntil, tap, throwError } from 'rxjs';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { assetOf } from './asset.js';

/** The stream of an asset, by its checked name; errors where there is no such market. */
export type OfAsset = <T>(asset: string, stream: (name: string) => Observable<T>) => Observable<T>;

/**
 * Streams that are asked for beside the question whether there is such a market: the socket of one that is none would stay
 * silent. Asked once an asset; what fails for another reason says nothing.
 *
 * @param snapshot The question: errors with a `SubscriptionRefusedError` where there is none.
 */
export function existingAsset(snapshot: (asset: string) => Observable<unknown>, closed$: Observable<unknown>): OfAsset {
  const known = new Set<string>();
  const exists = (asset: string): Observable<never> =>
    defer(() => (known.has(asset) ? EMPTY : snapshot(asset))).pipe(
      tap(() => known.add(asset)),
      catchError((error: unknown) => (error instanceof SubscriptionRefusedError ? throwError(() => error) : EMPTY)),
      ignoreElements(),
      takeUntil(closed$),
    );
  return (asset, stream) => {
    const name = assetOf(asset);
    return merge(stream(name), exists(name));
  };
}
