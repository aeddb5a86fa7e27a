import { DestroyRef, type FactoryProvider, InjectionToken, type Signal, inject, signal } from '@angular/core';
import { type Subscription, interval } from 'rxjs';
import { type SteadyScheduler, steady } from '../time/steadyScheduler.js';
import { CONFLATION } from './withConflation.js';
import { PUBLISHER, type Publisher } from './publisher.js';

/** Ticks that all who hold one of the same length share. */
interface Ticking {
  readonly count: Signal<number>;
  readonly running: Subscription;
  holders: number;
}

/** Ticks while somebody holds them; a turn of the page for each, however many books tell their age. */
export class Clock {
  readonly #ticking = new Map<number, Ticking>();
  readonly #publisher: Publisher;

  constructor(
    publisher: Publisher,
    readonly time: SteadyScheduler,
  ) {
    this.#publisher = publisher;
  }

  /** A signal that changes every so many ms, until it is released as often as it was held. */
  hold(every: number): Signal<number> {
    const ticking = this.#ticking.get(every) ?? this.#start(every);
    ticking.holders += 1;
    return ticking.count;
  }

  release(every: number): void {
    const ticking = this.#ticking.get(every);
    if (ticking === undefined) return;
    ticking.holders -= 1;
    if (ticking.holders > 0) return;
    ticking.running.unsubscribe();
    this.#ticking.delete(every);
  }

  close(): void {
    for (const { running } of this.#ticking.values()) running.unsubscribe();
    this.#ticking.clear();
  }

  #start(every: number): Ticking {
    const count = signal(0);
    const running = this.#publisher.outside(interval(every, this.time)).subscribe((tick) => {
      this.#publisher.show(count, () => {
        count.set(tick + 1);
      });
    });
    const ticking = { count: count.asReadonly(), running, holders: 0 };
    this.#ticking.set(every, ticking);
    return ticking;
  }
}

function makeClock(): Clock {
  const clock = new Clock(inject(PUBLISHER), steady(inject(CONFLATION).scheduler));
  inject(DestroyRef).onDestroy(() => {
    clock.close();
  });
  return clock;
}

export const CLOCK = new InjectionToken<Clock>('millrace clock', { providedIn: 'root', factory: makeClock });

/** One for each `provideMillrace`, as its publisher. */
export const clockProvider: FactoryProvider = { provide: CLOCK, useFactory: makeClock };
