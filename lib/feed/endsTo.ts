import type { Observer } from 'rxjs';

/** An observer that passes errors and the end on to another one, and does something of its own with each value. */
export const endsTo = <T>(
  observer: Pick<Observer<never>, 'error' | 'complete'>,
  next: (value: T) => void,
): Observer<T> => ({
  next,
  error: (error: unknown) => {
    observer.error(error);
  },
  complete: () => {
    observer.complete();
  },
});
