import { type Observer, Subject, type Subscription } from 'rxjs';

/**
 * A subject that gives each late observer the latest value first. A `ReplaySubject` of one, without the array that one
 * pushes to and trims for every value.
 */
export class LatestSubject<T> extends Subject<T> {
  private latest: { readonly value: T } | undefined;

  override next(value: T): void {
    this.latest = { value };
    super.next(value);
  }

  override subscribe(observer?: Partial<Observer<T>> | ((value: T) => void) | null): Subscription {
    const late = typeof observer === 'function' ? { next: observer } : (observer ?? {});
    const subscription = super.subscribe(late);
    // Once it is among the others, so that it misses nothing that the value causes.
    if (this.latest !== undefined && !subscription.closed) late.next?.(this.latest.value);
    return subscription;
  }
}
