import { DestroyRef, InjectionToken, NgZone, type FactoryProvider, inject } from '@angular/core';
import { type Observable, type SchedulerLike, type Subscription, timer } from 'rxjs';
import { steady } from '../time/steadyScheduler.js';
import { CONFLATION } from './withConflation.js';
import { streamOutside } from './outsideZone.js';

/**
 * Brings what was heard outside of Angular's zone to its signals: everything of a window together, in one entry into the
 * zone. The first value after a quiet window goes through at once.
 */
export class Publisher {
  /** How the latest of each that waits is shown. */
  readonly #waiting = new Map<object, () => void>();
  readonly #zone: NgZone;
  readonly #every: number;
  readonly #scheduler: SchedulerLike;
  #window: Subscription | undefined;
  #isEntering = false;

  constructor(zone: NgZone, every: number, scheduler: SchedulerLike) {
    this.#zone = zone;
    this.#every = every;
    this.#scheduler = steady(scheduler);
  }

  /** Shows something of an owner at the window's end, in the place of what of the same owner waits. */
  show(owner: object, apply: () => void): void {
    this.#waiting.set(owner, apply);
    if (this.#every === 0 || this.#window === undefined) this.#enter();
  }

  /**
   * Shows something now. Many books may go stale in one step, so the zone is entered after it: signals have their values
   * at once, the page follows with the next turn of the clock.
   */
  showNow(owner: object, apply: () => void): void {
    this.#waiting.delete(owner);
    apply();
    if (this.#isEntering) return;
    if (this.#every === 0) {
      this.#enter();
      return;
    }
    this.#isEntering = true;
    this.#wait(0);
  }

  /** What of an owner waits is void. */
  discard(owner: object): void {
    this.#waiting.delete(owner);
  }

  /** The same stream, subscribed to and left outside of the zone. */
  outside<T>(source: Observable<T>): Observable<T> {
    return streamOutside(source, this.#zone);
  }

  close(): void {
    this.#window?.unsubscribe();
    this.#waiting.clear();
  }

  #enter(): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#isEntering = false;
    if (this.#every > 0) this.#wait(this.#every);
    this.#zone.run(() => {
      for (const apply of all) apply();
    });
  }

  #wait(ms: number): void {
    this.#window?.unsubscribe();
    this.#window = this.outside(timer(ms, this.#scheduler)).subscribe(() => {
      this.#window = undefined;
      if (this.#isEntering || this.#waiting.size > 0) this.#enter();
    });
  }
}

function makePublisher(): Publisher {
  const { every, scheduler } = inject(CONFLATION);
  const publisher = new Publisher(inject(NgZone), every, scheduler);
  inject(DestroyRef).onDestroy(() => {
    publisher.close();
  });
  return publisher;
}

export const PUBLISHER = new InjectionToken<Publisher>('millrace publisher', {
  providedIn: 'root',
  factory: makePublisher,
});

/** One for each `provideMillrace`, since each may say how long a window is. */
export const publisherProvider: FactoryProvider = { provide: PUBLISHER, useFactory: makePublisher };
