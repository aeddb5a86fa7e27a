import type { Observable, Subscriber, Subscription } from 'rxjs';

/** Subscribes so that errors and the end go on to the subscriber: one step, where a chain of operators would be several. */
export const passOn = <T>(
  source: Observable<T>,
  subscriber: Subscriber<unknown>,
  next: (value: T) => void,
): Subscription =>
  source.subscribe({
    next,
    error: (error) => {
      subscriber.error(error);
    },
    complete: () => {
      subscriber.complete();
    },
  });
