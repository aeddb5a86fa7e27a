import {
  DestroyRef,
  type Injector,
  type Signal,
  type WritableSignal,
  computed,
  effect,
  signal,
  untracked,
} from '@angular/core';
import { type Observable, type Subscription, defer, map } from 'rxjs';
import { asError } from './asError.js';
import { PUBLISHER, type Publisher } from './publisher.js';

/** What is followed, and how. */
export interface FollowingConfig<R, T> {
  readonly injector: Injector;
  /** What is wanted, read from signals; `undefined`: nothing. */
  readonly request: () => R | undefined;
  /** Whether two requests ask for the same. Default: they are the same value. */
  readonly same?: (a: R, b: R) => boolean;
  /** The stream of a request. Subscribed to outside of the zone; what it throws is an error of the stream. */
  readonly open: (request: R) => Observable<T>;
  /** What is known before the stream says anything. Default: nothing. */
  readonly before?: (request: R) => T | undefined;
  /** What the next value is to be taken for, given what was known. Default: itself. */
  readonly next?: (value: T, known: T | undefined) => T;
  /** Whether a value must not wait for the end of a window. Default: none but the first. */
  readonly urgent?: (known: T, value: T) => boolean;
  /** What is left of the last value once the stream is over, or was left. Default: all of it. */
  readonly after?: (known: T) => T;
}

/** What was asked for. A new value for each request, and for the same one when it is asked again. */
interface Requested<R> {
  readonly request: R | undefined;
  /** Of the request itself, which could not be read. */
  readonly error: Error | undefined;
  readonly turn: number;
}

/** What was heard of it so far. */
interface Heard<R, T> {
  readonly requested: Requested<R>;
  readonly value: T | undefined;
  readonly error: Error | undefined;
  readonly isOver: boolean;
}

/**
 * One stream after the other as signals: whatever the request asks for is subscribed to, and left as soon as it asks for
 * something else or the injector is destroyed. What was heard of one request is never read under the next.
 */
export class Following<R, T> {
  readonly isIdle: Signal<boolean>;
  readonly value: Signal<T | undefined>;
  readonly error: Signal<Error | undefined>;
  /** Whether nothing follows: by an error, since the stream is complete, or since the injector is destroyed. */
  readonly isOver: Signal<boolean>;
  /** Whether its injector is destroyed. */
  readonly isLeft: Signal<boolean>;

  readonly #config: FollowingConfig<R, T>;
  readonly #publisher: Publisher;
  readonly #turn = signal(0);
  readonly #requested: Signal<Requested<R>>;
  readonly #heard: WritableSignal<Heard<R, T> | undefined> = signal(undefined);
  readonly #isLeft = signal(false);

  constructor(config: FollowingConfig<R, T>) {
    const { injector } = config;
    this.#config = config;
    this.#publisher = injector.get(PUBLISHER);
    this.#requested = computed(() => this.#ask(), { equal: (a, b) => this.#isSame(a, b) });
    const heard = computed(() => this.#present());
    this.isIdle = computed(() => this.#requested().request === undefined && this.#requested().error === undefined);
    this.value = computed(() => heard().value);
    this.error = computed(() => heard().error);
    this.isOver = computed(() => heard().isOver);
    this.isLeft = this.#isLeft.asReadonly();
    // Whoever still holds the signals of what was destroyed must not take its last value for one that is followed.
    injector.get(DestroyRef).onDestroy(() => {
      this.#isLeft.set(true);
    });
    effect(
      (onCleanup) => {
        const requested = this.#requested();
        const { request } = requested;
        if (request === undefined) return;
        const running = untracked(() => this.#follow(requested, request));
        onCleanup(() => {
          running.unsubscribe();
          this.#publisher.discard(this);
        });
      },
      { injector },
    );
  }

  /** What is asked for now, outside of any signal's sight. Nothing by who has left. */
  get request(): R | undefined {
    return untracked(this.#isLeft) ? undefined : untracked(this.#requested).request;
  }

  /** Asks for the same anew. */
  again(): void {
    this.#turn.update((turn) => turn + 1);
  }

  #ask(): Requested<R> {
    const turn = this.#turn();
    try {
      return { request: this.#config.request(), error: undefined, turn };
    } catch (error) {
      return { request: undefined, error: asError(error), turn };
    }
  }

  #isSame(a: Requested<R>, b: Requested<R>): boolean {
    const { same = Object.is } = this.#config;
    if (a.turn !== b.turn || a.error !== b.error) return false;
    if (a.request === undefined || b.request === undefined) return a.request === b.request;
    return same(a.request, b.request);
  }

  #present(): Heard<R, T> {
    const requested = this.#requested();
    const last = this.#heard();
    const heard = last?.requested === requested ? last : this.#nothing(requested);
    if (!this.#isLeft() || heard.isOver) return heard;
    const { after = itself } = this.#config;
    return { ...heard, value: heard.value === undefined ? undefined : after(heard.value), isOver: true };
  }

  #nothing(requested: Requested<R>): Heard<R, T> {
    const { request, error } = requested;
    const value = request === undefined ? undefined : this.#config.before?.(request);
    return { requested, value, error, isOver: error !== undefined };
  }

  #follow(requested: Requested<R>, request: R): Subscription {
    const { open, next = itself, urgent = never, after = itself } = this.#config;
    let known = this.#nothing(requested).value;
    const show = (value: T | undefined, isUrgent: boolean, isOver = false, error?: Error): void => {
      known = value;
      const apply = (): void => {
        this.#heard.set({ requested, value, error, isOver });
      };
      if (isUrgent) this.#publisher.showNow(this, apply);
      else this.#publisher.show(this, apply);
    };
    const end = (error?: Error): void => {
      show(known === undefined ? undefined : after(known), true, true, error);
    };
    // What is thrown by what was handed in ends the stream, like an error of its own.
    const judged$ = defer(() => open(request)).pipe(
      map((heard) => {
        const value = next(heard, known);
        return { value, isUrgent: known === undefined || urgent(known, value) };
      }),
    );
    return this.#publisher.outside(judged$).subscribe({
      next: ({ value, isUrgent }) => {
        show(value, isUrgent);
      },
      error: (error: unknown) => {
        end(asError(error));
      },
      complete: () => {
        end();
      },
    });
  }
}

const itself = <T>(value: T): T => value;
const never = (): boolean => false;
