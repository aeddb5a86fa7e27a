import type { Observable, Subscriber, Subscription } from 'rxjs';
import { ownedBy } from '../time/ownedBy.js';

/**
 * Subscribes so that errors and the end go on to the subscriber: one step, where a chain of operators would be several. Who leaves
 * within a value has left a source that tells much at once, too.
 */
export const passOn = <T>(
  source: Observable<T>,
  subscriber: Subscriber<unknown>,
  next: (value: T) => void,
): Subscription =>
  ownedBy(source, subscriber).subscribe({
    next,
    error: (error) => {
      subscriber.error(error);
    },
    complete: () => {
      subscriber.complete();
    },
  });
