import {
  Observable,
  type OperatorFunction,
  type Subscriber,
  type Subscription,
  defer,
  scan,
  take,
  throwIfEmpty,
  timer,
} from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';
import { reportRefused } from '../../socket/reportRefused.js';
import { inTurn } from '../../time/inTurn.js';
import { type SteadyScheduler, steady } from '../../time/steadyScheduler.js';
import type { FoldContext } from '../foldContext.js';
import { passOn } from '../passOn.js';
import { type PausePolicy, defaultPause, pauseBefore } from '../pause.js';
import { type AccountContext, type AccountStep, type AccountUpdate, type AccountWant, firstStep } from './state.js';
import { type AccountInput, advance } from './step.js';

export type { AccountUpdate };

/** How an account's state is loaded, and when it is loaded again. */
export interface AccountLoading<S, E = unknown> {
  /**
   * Asks the venue for the whole state; its first value counts. Asked once a session when the subscription is confirmed
   * or the first event is there, and again after a pause if it fails. `last` is the last state there was, if any, for
   * venues that must be asked by name for what is gone from their lists; `passed` are the newest events that are no part of it
   * and were discarded, since the load has them all: what comes late may be older than they are.
   */
  readonly reload: (last: S | undefined, passed: readonly E[]) => Observable<S>;
  /**
   * Whether nothing that matters was left out of what was loaded. A state that is not whole is `stale` (`unreadable`) until a
   * reload is; events are folded into it all the same. Default: always.
   */
  readonly isWhole?: (() => boolean) | undefined;
  /** Reloads a live state every so often, in ms. Default: never. */
  readonly reloadEvery?: number | undefined;
  /** While this holds of a live state it is reloaded on that schedule. Default: always. */
  readonly reloadWhile?: ((state: S) => boolean) | undefined;
  readonly pause?: Partial<PausePolicy> | undefined;
  /** Each value makes a new beginning within the session: the state is stale until it is loaded again. */
  readonly resync$?: Observable<unknown> | undefined;
}

/** How events are folded into an account's state. */
export interface AccountFolding<E, S> {
  /** Pure. Must leave the state as it is for an event that the state already holds: a reload overlaps the stream. */
  readonly fold: (state: S, event: E) => S;
  /**
   * The same for all events of one message, where what `fold` copies is too much to be copied for each of hundreds.
   * Default: `fold`, one after the other.
   */
  readonly foldAll?: ((state: S, events: readonly E[]) => S) | undefined;
  /**
   * Why nothing but the venue can say what the state is after these events, which are folded into it; told as a fault. The state
   * is stale then until it is loaded again. Default: they say it.
   */
  readonly doubtOf?: ((state: S, events: readonly E[]) => string | undefined) | undefined;
  /** Events kept for a reload that is under way; beyond it the reload starts over. Default: 10,000. */
  readonly holdLimit?: number | undefined;
}

/** How an account's state is loaded, folded and mended by {@link accountFeed}. */
export interface AccountFeedConfig<E, S>
  extends Omit<FoldContext, 'resubscribe'>, AccountLoading<S, E>, AccountFolding<E, S> {}

/**
 * Folds an account's events into its state. Every event is passed on at once and in order, whatever the reload does;
 * the state is `live` once a reload of the present session has come in.
 *
 *     channel   -bc-12---3--l--b4---     b begun, c confirmed, l lost
 *     reload      ---s          --t      s holds 1, t holds 1 to 4
 *     events    -r--12S--3-----r4T--     r reset; S: s with 1 and 2 folded in
 *     state     y-----S--3--!----T--     y syncing, ! stale
 *
 * - A frame of the channel holds any number of events; each is an update of its own, with the state that all of them make.
 * - What the observer causes by an update (a `resync$`, say) waits until the update is out.
 *
 * @returns An operator. Share what comes out of it. Completes with the channel. Errors with what the channel errors
 *   with, with a `SubscriptionRefusedError` of `reload`, and with what `fold` throws; any other error of `reload` is
 *   reported and tried again.
 */
export function accountFeed<E, S>(
  config: AccountFeedConfig<E, S>,
): OperatorFunction<ChannelEvent<readonly E[]>, AccountUpdate<E, S>> {
  return (source) => new Observable((observer) => new AccountFeed(config, observer).run(source));
}

/** One running account: a scan of what happens to it, and what its steps want done. */
class AccountFeed<E, S> {
  readonly #config: AccountFeedConfig<E, S>;
  readonly #observer: Subscriber<AccountUpdate<E, S>>;
  readonly #time: SteadyScheduler;
  readonly #pause: PausePolicy;
  readonly #context: AccountContext<E, S>;
  /** Where the inputs go that the scan takes. */
  #inputs: Subscriber<AccountInput<E, S>> | undefined;
  /** What an observer or an answer says within a step waits until the step is done. */
  readonly #dispatch = inTurn((input: AccountInput<E, S>) => {
    this.#inputs?.next(input);
  });
  /** The wait or the request that is under way. */
  #pending: Subscription | undefined;

  constructor(config: AccountFeedConfig<E, S>, observer: Subscriber<AccountUpdate<E, S>>) {
    const { channel, fold: foldOne, reloadEvery, reloadWhile = always, isWhole = always, holdLimit = 10_000 } = config;
    const { doubtOf = never } = config;
    this.#config = config;
    this.#observer = observer;
    const time = steady(config.scheduler);
    this.#time = time;
    this.#pause = { ...defaultPause, ...config.pause };
    const { stableAfter } = this.#pause;
    const fold = config.foldAll ?? ((state: S, events: readonly E[]): S => events.reduce(foldOne, state));
    const [now, elapsed] = [() => time.now(), () => time.elapsed()];
    this.#context = { channel, fold, doubtOf, reloadEvery, reloadWhile, isWhole, holdLimit, stableAfter, now, elapsed };
  }

  run(source: Observable<ChannelEvent<readonly E[]>>): void {
    const observer = this.#observer;
    observer.add(() => {
      this.#pending?.unsubscribe();
    });
    const inputs$ = new Observable<AccountInput<E, S>>((inputs) => {
      this.#inputs = inputs;
    });
    const first = firstStep<E, S>();
    observer.add(
      inputs$.pipe(scan(({ state }, input) => advance(this.#context, state, input), first)).subscribe({
        next: (step) => {
          this.#perform(step);
        },
        error: (error: unknown) => {
          observer.error(error);
        },
      }),
    );
    this.#perform(first);
    observer.add(
      this.#config.resync$?.subscribe(() => {
        this.#dispatch({ type: 'resync' });
      }),
    );
    observer.add(
      passOn(source, observer, (event) => {
        if (event.type === 'message') {
          if (event.value.length > 0) this.#dispatch({ type: 'events', values: event.value });
        } else if (event.type !== 'late') this.#dispatch(event);
      }),
    );
  }

  /** All effects of a step, in their order. */
  #perform({ notes, updates, want }: AccountStep<E, S>): void {
    try {
      for (const note of notes) this.#config.report(note);
      for (const update of updates) this.#observer.next(update);
      if (want !== undefined) this.#request(want);
    } catch (error) {
      this.#observer.error(error);
    }
  }

  #request(want: AccountWant<E, S>): void {
    this.#pending?.unsubscribe();
    if (want.type === 'nothing' || this.#observer.closed) return;
    const { request } = want;
    if (want.type === 'wait') {
      const wait = Math.max(pauseBefore(want.attempt, this.#pause, this.#config.random), want.atLeast);
      this.#pending = timer(wait, this.#time).subscribe(() => {
        this.#dispatch({ type: 'due', request });
      });
      return;
    }
    this.#pending = defer(() => this.#config.reload(want.last, want.passed))
      .pipe(
        take(1),
        throwIfEmpty(() => NOTHING),
      )
      .subscribe({
        next: (value) => {
          this.#dispatch({ type: 'answered', request, value });
        },
        error: (error: unknown) => {
          this.#failed(request, error);
        },
      });
  }

  #failed(request: number, error: unknown): void {
    if (reportRefused(error, this.#config)) {
      this.#observer.error(error);
      return;
    }
    const text = error instanceof Error ? error.message : NOTHING;
    const atLeast = error instanceof RequestFailedError ? (error.retryAfter ?? 0) : 0;
    this.#dispatch({ type: 'failed', request, text, atLeast });
  }
}

/** What is reported of a request that was not answered, and of errors without words. */
const NOTHING = 'it came to nothing';

const always = (): boolean => true;
const never = (): undefined => undefined;
