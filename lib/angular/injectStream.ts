import { type Signal, computed } from '@angular/core';
import { type Observable, map } from 'rxjs';
import { aFunction, anything, checkOptions } from '../errors/optionRules.js';
import { Following } from './following.js';
import { type InjectOptions, anInjector, injectorOf } from './injectorOf.js';
import { opensNothing } from './withServer.js';

/** Where a stream stands: `loading` until its first value, then `streaming`. `idle` while nothing is asked for. */
export type StreamStatus = 'idle' | 'loading' | 'streaming' | 'complete' | 'error';

/** The latest of a stream as signals, in the shape of Angular's `Resource`. Reading one of them never throws. */
export interface StreamRef<T> {
  /** The latest value; what was given as `initial` before there is one. Stays after the stream's end. */
  readonly value: Signal<T>;
  /** Where it stands. */
  readonly status: Signal<StreamStatus>;
  /** What ended the stream. Gone as soon as another one is asked for. */
  readonly error: Signal<Error | undefined>;
  /** Whether a stream is asked for that has not said anything yet. */
  readonly isLoading: Signal<boolean>;
  /** Whether the stream has said anything. */
  hasValue(): this is StreamRef<Exclude<T, undefined>>;
  /** Subscribes anew. @returns Whether there was anything to subscribe to. */
  reload(): boolean;
}

/** How a stream is injected. */
export interface InjectStreamOptions<T> extends InjectOptions {
  /** The value before there is one, of each stream. Default: `undefined`. */
  readonly initial?: T;
  /** Whether a value must not wait for the end of a window, given the one before it. Default: only the first does not. */
  readonly urgent?: (previous: T, next: T) => boolean;
}

const rules = { injector: anInjector, initial: anything, urgent: aFunction };

/**
 * The latest of any stream: subscribed to outside of Angular's zone, shown once a window.
 *
 *     readonly tape = injectStream(() => this.exchange.trades(this.symbol()).pipe(scan(lastTwenty, [])), { initial: [] });
 *
 * Between two windows values are passed over: what must not be lost is put together in the stream, as above.
 *
 * @param stream Read from signals: another one replaces the one before and its value. `undefined` is `idle`.
 */
export function injectStream<T>(
  stream: () => Observable<T> | undefined,
  options: InjectStreamOptions<T> & { readonly initial: T },
): StreamRef<T>;
export function injectStream<T>(
  stream: () => Observable<T> | undefined,
  options?: InjectStreamOptions<T>,
): StreamRef<T | undefined>;
export function injectStream<T>(
  stream: () => Observable<T> | undefined,
  options: InjectStreamOptions<T> = {},
): StreamRef<T | undefined> {
  checkOptions('options', options, rules);
  const injector = injectorOf(injectStream, options);
  const { urgent } = options;
  const isIdle = opensNothing(injector, 'others');
  const following = new Following<Observable<T>, { readonly value: T }>({
    injector,
    request: () => (isIdle ? undefined : stream()),
    open: (stream$) => stream$.pipe(map((value) => ({ value }))),
    urgent: (known, next) => urgent?.(known.value, next.value) ?? false,
  });
  return new StreamSignals(following, options.initial);
}

class StreamSignals<T> implements StreamRef<T | undefined> {
  readonly value: Signal<T | undefined>;
  readonly status: Signal<StreamStatus>;
  readonly error: Signal<Error | undefined>;
  readonly isLoading: Signal<boolean>;
  readonly #following: Following<Observable<T>, { readonly value: T }>;

  constructor(following: Following<Observable<T>, { readonly value: T }>, initial: T | undefined) {
    this.#following = following;
    this.error = following.error;
    this.value = computed(() => {
      const heard = following.value();
      return heard === undefined ? initial : heard.value;
    });
    this.status = computed(() => this.#status());
    this.isLoading = computed(() => this.status() === 'loading');
  }

  hasValue(): this is StreamRef<Exclude<T, undefined>> {
    return this.#following.value() !== undefined;
  }

  reload(): boolean {
    if (this.#following.request === undefined) return false;
    this.#following.again();
    return true;
  }

  #status(): StreamStatus {
    const { error, isIdle, isOver, value } = this.#following;
    if (error() !== undefined) return 'error';
    if (isIdle()) return 'idle';
    if (isOver()) return 'complete';
    return value() === undefined ? 'loading' : 'streaming';
  }
}
