import { type Observable, Subscription } from 'rxjs';
import type { BookState, LiveBook } from '../../model/bookState.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import { type DepthMessage, bookMessage, diffMessage, resetMessage } from '../wire/depth.js';
import type { Source } from './source.js';

/** A book of the exchange, in the two shapes that ride on one feed. */
export interface BookSourceConfig {
  readonly instrument: string;
  readonly state$: Observable<BookState>;
  readonly event$: Observable<DepthEvent>;
  readonly send: (message: DepthMessage) => void;
  /** It is over: with an error, or complete. */
  readonly over: (error?: unknown) => void;
}

/**
 * Sends a book on: whole where it begins, then its diffs, and at once that it counts no more. Both shapes ride on one feed,
 * and the state is heard first: it is that of after the event.
 */
export class BookSource implements Source {
  #state: BookState = { status: 'syncing' };
  /** What was told last lets who heard it have the book as it stands. */
  #isEmitted = false;
  /** The state whose book was sent whole: diffs that came with it are in it. */
  #whole: BookState | undefined;
  /** The answer to who joins, and the state it is of: many may join at once. */
  #answer: { readonly state: BookState; readonly message: DepthMessage } | undefined;

  constructor(private readonly config: BookSourceConfig) {}

  run(): Subscription {
    const { state$, event$, over } = this.config;
    const running = new Subscription();
    running.add(
      state$.subscribe({
        next: (state) => {
          this.#hear(state);
        },
        error: over,
        complete: over,
      }),
    );
    running.add(
      event$.subscribe({
        next: (event) => {
          this.#pass(event);
        },
        // Told by the state already.
        error: ignored,
      }),
    );
    return running;
  }

  isLive(): boolean {
    return this.#state.status === 'live';
  }

  joined(): object {
    const state = this.#state;
    if (this.#answer?.state === state) return this.#answer.message;
    const message =
      state.status === 'live'
        ? bookMessage(state.book)
        : resetMessage(this.config.instrument, state.status === 'stale' ? state.reason : 'disconnected');
    this.#answer = { state, message };
    return message;
  }

  #hear(state: BookState): void {
    const before = this.#state;
    this.#state = state;
    if (state.status === 'stale') {
      // Of these no event tells.
      if (this.#isEmitted && (state.reason === 'silent' || state.reason === 'lagging')) this.#reset(state.reason);
    } else if (state.status === 'live' && before.status === 'stale' && before.reason === 'lagging') this.#begin(state);
  }

  #begin(state: LiveBook): void {
    this.#whole = state;
    this.#isEmitted = true;
    this.config.send(bookMessage(state.book));
  }

  #pass(event: DepthEvent): void {
    const state = this.#state;
    if (event.type === 'reset') this.#reset(event.reason);
    else if (state.status !== 'live' || this.#whole === state) return;
    else if (event.type === 'snapshot' || !this.#isEmitted) this.#begin(state);
    else this.config.send(diffMessage(event, state.book));
  }

  #reset(reason: Parameters<typeof resetMessage>[1]): void {
    this.#isEmitted = false;
    this.config.send(resetMessage(this.config.instrument, reason));
  }
}

const ignored = (): void => undefined;
