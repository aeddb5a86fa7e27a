import { type Injector, type Signal, DestroyRef, computed } from '@angular/core';
import { bestLevels } from '../book/bestLevels.js';
import { sameLevel, sameLevels } from '../book/sameLevel.js';
import { topOf } from '../book/topOf.js';
import type { BookLevels } from '../model/bookLevels.js';
import type { BookState } from '../model/bookState.js';
import type { OrderBook } from '../model/orderBook.js';
import type { TopOfBook } from '../model/topOfBook.js';
import { aCount, checkKind } from '../errors/optionRules.js';
import { CLOCK, type Clock } from './clock.js';
import type { Following } from './following.js';
import { type HeardState, type TrustRef, TrustSignals } from './trustRef.js';

/** The book of a symbol as signals, in the shape of Angular's `Resource`. */
export interface BookRef extends TrustRef<BookState> {
  /**
   * The last book that was right, live or stale: what a screen shows, beside what says whether it is. To act on, take
   * `live()`.
   */
  readonly book: Signal<OrderBook | undefined>;
  /** The book while it can be trusted, and at no other time. */
  readonly live: Signal<OrderBook | undefined>;
  /** Best bid and ask of `book()` with mid and spread; changes when one of them does. */
  readonly top: Signal<TopOfBook | undefined>;
  /** The best levels of both sides of `book()`; another value when one of them changes. @param count From 1. */
  levels(count: number): BookLevels | undefined;
  /** How long ago the last change of `book()` was received, in ms. Ticks while somebody reads it. */
  readonly age: Signal<number | undefined>;
  /** Whether there is a book, live or stale. */
  hasValue(): this is BookRef & { readonly book: Signal<OrderBook> };
  /**
   * Has the book mended by hand, by a new snapshot; where its stream is over, subscribes anew.
   *
   * @returns Whether anything was asked for that can be loaded again.
   */
  reload(): boolean;
}

/** A state, and how old it was when it came. */
export interface ArrivedBook extends HeardState<BookState> {
  /** By what `SteadyScheduler.elapsed` counts. */
  readonly at: number;
  readonly age: number;
}

/** What a {@link BookRef} needs beside what it follows. */
export interface BookRefConfig<R> {
  readonly injector: Injector;
  readonly ageEvery: number;
  readonly resync: (request: R) => void;
}

export class BookSignals<R> extends TrustSignals<R, BookState, ArrivedBook> implements BookRef {
  readonly book: Signal<OrderBook | undefined>;
  readonly live: Signal<OrderBook | undefined>;
  readonly top: Signal<TopOfBook | undefined>;
  readonly age: Signal<number | undefined>;

  readonly #config: BookRefConfig<R>;
  readonly #levels = new Map<number, Signal<BookLevels | undefined>>();
  #ticks: Signal<number> | undefined;

  constructor(following: Following<R, ArrivedBook>, config: BookRefConfig<R>) {
    super(following);
    this.#config = config;
    this.book = computed(() => bookOf(this.state()));
    this.live = computed(() => (this.state().status === 'live' ? this.book() : undefined));
    this.top = computed(() => mapped(this.book(), topOf), { equal: sameTop });
    const clock = config.injector.get(CLOCK);
    this.age = computed(() => this.#age(clock));
  }

  levels(count: number): BookLevels | undefined {
    let levels = this.#levels.get(count);
    if (levels === undefined) {
      checkKind('count', aCount, count);
      levels = computed(() => mapped(this.book(), (book) => bestLevels(book, count)), { equal: sameBest });
      this.#levels.set(count, levels);
    }
    return levels();
  }

  hasValue(): this is BookRef & { readonly book: Signal<OrderBook> } {
    return this.book() !== undefined;
  }

  reload(): boolean {
    const { request } = this.following;
    if (request === undefined) return false;
    if (this.isOver) this.following.again();
    else this.#config.resync(request);
    return true;
  }

  #age(clock: Clock): number | undefined {
    const arrived = this.following.value();
    const book = arrived && bookOf(arrived.state);
    if (arrived === undefined || book === undefined) return undefined;
    this.#tick(clock)?.();
    // At least as long as it is here, whatever the clock was set to meanwhile.
    return Math.max(clock.time.now() - book.receivedTime, clock.time.elapsed() - arrived.at + arrived.age);
  }

  /** Nothing ticks where nobody reads an age, nor for who has left. */
  #tick(clock: Clock): Signal<number> | undefined {
    const { injector, ageEvery } = this.#config;
    if (this.#ticks === undefined && !this.following.isLeft()) {
      this.#ticks = clock.hold(ageEvery);
      injector.get(DestroyRef).onDestroy(() => {
        clock.release(ageEvery);
      });
    }
    return this.#ticks;
  }
}

const bookOf = (state: BookState): OrderBook | undefined => (state.status === 'syncing' ? undefined : state.book);

const mapped = <T, U>(value: T | undefined, of: (value: T) => U): U | undefined =>
  value === undefined ? undefined : of(value);

/** Of two instruments no two tops are the same. */
const sameTop = (a: TopOfBook | undefined, b: TopOfBook | undefined): boolean =>
  a === b || (a?.instrument === b?.instrument && sameLevel(a?.bid, b?.bid) && sameLevel(a?.ask, b?.ask));
const sameBest = (a: BookLevels | undefined, b: BookLevels | undefined): boolean =>
  a?.instrument === b?.instrument &&
  sameLevels(a?.bids ?? [], b?.bids ?? []) &&
  sameLevels(a?.asks ?? [], b?.asks ?? []);
