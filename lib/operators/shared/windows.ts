import { Observable, timer, type MonoTypeOperatorFunction, type SchedulerLike, type Subscription } from 'rxjs';
import { steady } from '../../time/steadyScheduler.js';
import { ownedBy } from '../../time/ownedBy.js';

/** How values are held back. */
export interface WindowsConfig<T> {
  /** Length of a window, in ms. */
  readonly every: number;
  /** Values of one name share windows; no name waits for another. */
  readonly nameOf: (value: T) => string;
  /** Whether a value must not wait, given the one of its name before it. */
  readonly urgent?: ((previous: T, next: T) => boolean) | undefined;
  /** What becomes of what is held when the source is over: it waits for its window's end, or is told at once. */
  readonly atEnd: 'waits' | 'at once';
  readonly scheduler: SchedulerLike;
}

/** From one value of a name to the next that may pass. */
interface Window<T> {
  latest: T;
  isHeld: boolean;
  timer: Subscription | undefined;
}

/**
 * The first value of each name at once, then the latest at each window's end. A window is open before its value is told, so
 * that what comes while it is told waits like any other.
 */
export function windows<T>({ every, nameOf, urgent, atEnd, scheduler }: WindowsConfig<T>): MonoTypeOperatorFunction<T> {
  const time = steady(scheduler);
  // Not composed: groups of `groupBy` hold on to the source until they are over, whoever has left.
  return (source) =>
    new Observable((observer) => {
      const running = new Map<string, Window<T>>();
      let isOver = false;
      const holdsAny = (): boolean => [...running.values()].some(({ isHeld }) => isHeld);
      const open = (name: string, value: T): void => {
        const window: Window<T> = { latest: value, isHeld: false, timer: undefined };
        running.set(name, window);
        window.timer = timer(every, time).subscribe(() => {
          running.delete(name);
          if (window.isHeld) open(name, window.latest);
          if (isOver && !holdsAny()) observer.complete();
        });
        observer.next(value);
      };
      const take = (value: T): void => {
        const name = nameOf(value);
        const window = running.get(name);
        const passes = window === undefined || urgent?.(window.latest, value) === true;
        if (passes) {
          window?.timer?.unsubscribe();
          open(name, value);
        } else {
          window.latest = value;
          window.isHeld = true;
        }
      };
      observer.add(() => {
        for (const window of running.values()) window.timer?.unsubscribe();
      });
      ownedBy(source, observer).subscribe({
        next: (value) => {
          try {
            take(value);
          } catch (error) {
            observer.error(error);
          }
        },
        error: (error: unknown) => {
          observer.error(error);
        },
        complete: () => {
          isOver = true;
          if (atEnd === 'waits' && holdsAny()) return;
          for (const { isHeld, latest } of running.values()) if (isHeld) observer.next(latest);
          observer.complete();
        },
      });
    });
}
