import type { Observer, Subscription } from 'rxjs';
import { FrameSubject } from '../network/frameSubject.js';

/**
 * Tells a late observer the latest value first, as a `ReplaySubject` of one does, which cuts a list with every value; and can
 * forget it. An end is all that it tells who comes after it.
 */
export class LatestSubject<T> extends FrameSubject<T> {
  #latest: T | undefined;
  #hasLatest = false;

  override next(value: T): void {
    this.#latest = value;
    this.#hasLatest = true;
    super.next(value);
  }

  /** What was told is no more. */
  discard(): void {
    this.#latest = undefined;
    this.#hasLatest = false;
  }

  override subscribe(observer?: Partial<Observer<T>> | ((value: T) => void) | null): Subscription {
    // What is told while it is told the latest it is told, too.
    const subscription = super.subscribe(observer ?? {});
    if (!this.#hasLatest || subscription.closed) return subscription;
    const latest = this.#latest as T;
    if (typeof observer === 'function') observer(latest);
    else observer?.next?.(latest);
    return subscription;
  }
}
