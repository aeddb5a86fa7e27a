import { type Observable, type Subscription } from 'rxjs';
import type { AccountEvent } from '../../model/accountEvent.js';
import type { Trust } from '../../model/trust.js';
import { patchOf } from '../wire/patch.js';
import { type Renaming, encoded } from '../wire/plain.js';
import type { Source } from './source.js';

type State = Trust<{ readonly value: unknown }, string>;

/** A state of the exchange that is its venue's own, in one of the shapes that it is told in. */
export interface ClaimSourceConfig {
  /** States as they are; or events, of which one who comes late is told the state at once. */
  readonly claims:
    | { readonly kind: 'states'; readonly state$: Observable<State> }
    | { readonly kind: 'events'; readonly event$: Observable<AccountEvent<unknown, unknown>> };
  readonly rename: Renaming;
  readonly send: (message: object) => void;
  readonly over: (error?: unknown) => void;
}

/**
 * Sends on what is claimed of a state: whole at first and to who joins, then what changed. Of a stream of events each event
 * goes with what the state is after it; that it went stale, of which no event tells, is looked for (`look`).
 */
export class ClaimSource implements Source {
  #state: State = { status: 'syncing' };
  /** What was sent last: changes are told of it. */
  #sent: unknown;
  #hasSent = false;
  #answer: { readonly state: State; readonly message: object } | undefined;

  constructor(private readonly config: ClaimSourceConfig) {}

  run(): Subscription {
    const { claims, over } = this.config;
    if (claims.kind === 'states') {
      return claims.state$.subscribe({
        next: (state) => {
          this.#emit(state);
        },
        error: over,
        complete: over,
      });
    }
    return claims.event$.subscribe({
      next: (event) => {
        this.#emit(this.#looked(event), event);
      },
      error: over,
      complete: over,
    });
  }

  isLive(): boolean {
    this.look();
    return this.#state.status === 'live';
  }

  joined(): object {
    this.look();
    const state = this.#state;
    if (this.#answer?.state === state) return this.#answer.message;
    const { rename } = this.config;
    const known = state.status === 'syncing' ? {} : { v: encoded(state.value, rename) };
    const message = { t: 'a', ...known, ...claimOf(state) };
    this.#answer = { state, message };
    return message;
  }

  /** Tells it where a state that is told by its events alone has gone stale. */
  look(): void {
    if (this.config.claims.kind === 'states') return;
    const state = this.#looked();
    if (state.status !== this.#state.status) this.#emit(state);
  }

  /** The state as it is by now: an observer who comes late is told it, unless it can't be trusted. */
  #looked(latest?: AccountEvent<unknown, unknown>): State {
    const { claims } = this.config;
    const before = this.#state;
    if (claims.kind === 'states') return before;
    const heard: AccountEvent<unknown, unknown>[] = [];
    claims.event$.subscribe({ next: (event) => heard.push(event), error: ignored }).unsubscribe();
    const [present] = heard;
    if (present?.type === 'snapshot') return { status: 'live', value: present.value };
    // Loaded, and not whole: what is known is there, and not to be trusted.
    if (latest?.type === 'snapshot') return { status: 'stale', value: latest.value, reason: 'unreadable', since: 0 };
    if (before.status === 'syncing' || (before.status === 'stale' && latest?.type !== 'reset')) return before;
    const isOurs = latest?.type === 'reset' && (latest.reason === 'gap' || latest.reason === 'resync');
    return { status: 'stale', value: before.value, reason: isOurs ? latest.reason : 'closed', since: 0 };
  }

  #emit(state: State, event?: AccountEvent<unknown, unknown>): void {
    const { send, over } = this.config;
    this.#state = state;
    try {
      send({ t: 'a', ...this.#change(state), ...claimOf(state), ...this.#eventOf(event) });
    } catch (error) {
      over(error);
    }
  }

  #change(state: State): object {
    if (state.status === 'syncing') return {};
    const { rename } = this.config;
    const { value } = state;
    const patch = this.#hasSent ? patchOf(this.#sent, value, rename) : undefined;
    const change = this.#hasSent ? patch && { p: patch } : { v: encoded(value, rename) };
    this.#hasSent = true;
    this.#sent = value;
    return change ?? {};
  }

  /** What a snapshot holds is what is known. */
  #eventOf(event: AccountEvent<unknown, unknown> | undefined): object {
    if (event === undefined) return {};
    const { type } = event;
    if (type === 'snapshot') return { x: { type } };
    if (type === 'reset') return { x: { type, reason: event.reason } };
    return { x: { type, value: encoded(event.value, this.config.rename) } };
  }
}

const claimOf = (state: State): object =>
  state.status === 'stale' ? { s: state.status, y: state.reason } : { s: state.status };

const ignored = (): void => undefined;
