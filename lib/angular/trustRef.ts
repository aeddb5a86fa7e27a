import { type Signal, computed } from '@angular/core';
import type { Live, Stale, Syncing } from '../model/trust.js';
import type { Following } from './following.js';

/** What is known of something, or how little. */
export type Trusted = Syncing | Live | Stale<string>;

/**
 * Where it stands: `idle` while nothing is asked for, `error` once its stream has ended with one, else as its state says.
 */
export type TrustStatus = 'idle' | 'syncing' | 'live' | 'stale' | 'error';

/** What says whether it can be trusted, as signals. Reading one of them never throws. */
export interface TrustRef<S extends Trusted> {
  /** What is known. `syncing` too while nothing is asked for. Once its stream is over nothing is `live`. */
  readonly state: Signal<S | Syncing>;
  /** The same in a word. */
  readonly status: Signal<TrustStatus>;
  /** The state while it is stale, with reason and since when; else `undefined`. */
  readonly stale: Signal<Extract<S, { readonly status: 'stale' }> | undefined>;
  /** What ended the stream: the venue's refusal, for instance. Gone as soon as something else is asked for. */
  readonly error: Signal<Error | undefined>;
  /** Whether something is asked for and nothing is known yet. */
  readonly isLoading: Signal<boolean>;
}

/** Something said to be followed, of which a state was heard. */
export interface HeardState<S> {
  readonly state: S;
}

const SYNCING: Syncing = { status: 'syncing' };

/** The signals of a {@link TrustRef} out of what follows it. */
export class TrustSignals<R, S extends Trusted, T extends HeardState<S> = HeardState<S>> implements TrustRef<S> {
  readonly state: Signal<S | Syncing>;
  readonly status: Signal<TrustStatus>;
  readonly stale: Signal<Extract<S, { readonly status: 'stale' }> | undefined>;
  readonly error: Signal<Error | undefined>;
  readonly isLoading: Signal<boolean>;

  constructor(protected readonly following: Following<R, T>) {
    this.error = following.error;
    this.state = computed(() => following.value()?.state ?? SYNCING);
    this.status = computed(() => this.#status());
    this.stale = computed(() => staleOf(this.state()));
    this.isLoading = computed(() => this.status() === 'syncing' && !following.isOver());
  }

  /** Whether it can be asked again: it is over, and nothing else would. */
  protected get isOver(): boolean {
    return this.following.request !== undefined && this.following.isOver();
  }

  #status(): TrustStatus {
    if (this.following.error() !== undefined) return 'error';
    return this.following.isIdle() ? 'idle' : this.state().status;
  }
}

const isStale = <S extends Trusted>(state: S | Syncing): state is Extract<S, { readonly status: 'stale' }> =>
  state.status === 'stale';
const staleOf = <S extends Trusted>(state: S | Syncing): Extract<S, { readonly status: 'stale' }> | undefined =>
  isStale(state) ? state : undefined;
