import { Observable, type OperatorFunction, type SchedulerLike } from 'rxjs';
import type { AccountEvent, AccountReset, AccountState } from '../model/accountEvent.js';
import type { FaultNotice } from '../model/fault.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { inTurn } from '../socket/inTurn.js';
import { endsTo } from './endsTo.js';
import { type PausePolicy, defaultPause } from './pause.js';
import { makeReloader } from './reloader.js';

/** How an account's state is loaded, folded and mended by {@link accountFeed}. */
export interface AccountFeedConfig<E, S> {
  /** The channel's key; stands in the faults. */
  readonly channel: string;
  /**
   * Asks the venue for the whole state; its first value counts. Asked once a session when the subscription is confirmed
   * or the first event is there, and again after a pause if it fails. `last` is the last state there was, if any, for
   * venues that must be asked by name for what is gone from their lists.
   */
  readonly reload: (last: S | undefined) => Observable<S>;
  /** Pure. Must leave the state as it is for an event that the state already holds: a reload overlaps the stream. */
  readonly fold: (state: S, event: E) => S;
  /** Reloads a live state every so often, in ms. Default: never. */
  readonly reloadEvery?: number | undefined;
  /** While this holds of a live state it is reloaded on that schedule. Default: always. */
  readonly reloadWhile?: ((state: S) => boolean) | undefined;
  /** Events kept for a reload that is under way; beyond it the reload starts over. Default: 10,000. */
  readonly holdLimit?: number | undefined;
  readonly pause?: Partial<PausePolicy> | undefined;
  /** Each value makes a new beginning within the session: the state is stale until it is loaded again. */
  readonly resync$?: Observable<unknown> | undefined;
  readonly scheduler: SchedulerLike;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (fault: FaultNotice) => void;
}

/** One thing that happened to an account. */
export interface AccountUpdate<E, S> {
  /** Absent where only the claim changed. */
  readonly event: AccountEvent<E, S> | undefined;
  readonly state: AccountState<S>;
}

type Input<E> = ChannelEvent<readonly E[]> | { readonly type: 'resync' };

/**
 * Folds an account's events into its state. Every event is passed on at once and in order, whatever the reload does;
 * the state is `live` once a reload of the present session has come in.
 *
 *     channel   -bc-12---3--l--b4---     b begun, c confirmed, l lost
 *     reload      ---s          --t      s holds 1, t holds 1 to 4
 *     events    -r--12S--3-----r4T--     r reset; S: s with 1 and 2 folded in
 *     state     y-----S--3--!----T--     y syncing, ! stale
 *
 * - A frame of the channel holds any number of events; each is an update of its own.
 * - What the observer causes by an update (a `resync$`, say) waits until the update is out.
 *
 * @returns An operator. Share what comes out of it. Completes with the channel. Errors with what the channel errors
 *   with, with a `SubscriptionRefusedError` of `reload`, and with what `fold` throws; any other error of `reload` is
 *   reported and tried again.
 */
export function accountFeed<E, S>(
  config: AccountFeedConfig<E, S>,
): OperatorFunction<ChannelEvent<readonly E[]>, AccountUpdate<E, S>> {
  const { reload, fold, reloadEvery, reloadWhile = always, holdLimit = 10_000, resync$ } = config;
  const { scheduler, random, report, channel } = config;
  const pause = { ...defaultPause, ...config.pause };
  // Not composed of operators: the requests feed back into the fold, and what is held must not outlive its session.
  return (source) =>
    new Observable((observer) => {
      let state: AccountState<S> = { status: 'syncing' };
      let held: E[] = [];
      let isOpen = false;
      let isConfirmed = false;
      let next: AccountReset['reason'] = 'connected';

      /** One step at a time, so that all observers see all updates in one order. */
      const step = inTurn((work: () => void) => {
        if (observer.closed) return;
        try {
          work();
        } catch (error) {
          observer.error(error);
        }
      });
      const emit = (event: AccountEvent<E, S> | undefined, claim: AccountState<S> = state): void => {
        state = claim;
        observer.next({ event, state });
      };
      const doubt = (reason: Extract<AccountState<S>, { status: 'stale' }>['reason'], since: number): void => {
        if (state.status !== 'syncing') emit(undefined, { status: 'stale', value: state.value, reason, since });
      };
      const reloader = makeReloader<S>({
        channel,
        scheduler,
        random,
        report,
        pause,
        step,
        load: () => {
          // What a live state has folded already is in what is asked for now.
          if (state.status === 'live') held = [];
          return reload(state.status === 'syncing' ? undefined : state.value);
        },
        loaded: (answer) => {
          const value = held.reduce(fold, answer);
          held = [];
          keep(value);
          emit({ type: 'snapshot', value, at: scheduler.now() }, { status: 'live', value });
        },
        refused: (error) => observer.error(error),
      });
      /** Plans the next reload of a live state, unless there is one under way. */
      const keep = (value: S): void => {
        if (reloadEvery !== undefined && !reloader.isAsked() && reloadWhile(value)) reloader.ask(reloadEvery);
      };
      const hold = (event: E): void => {
        held.push(event);
        if (held.length <= holdLimit) return;
        const message = `${channel}: too many events while the state is loaded; loading it again`;
        const count = held.length;
        held = [];
        reloader.ask(0);
        report({ type: 'dropped', channel, count, message });
      };

      const begin = (at: number): void => {
        reloader.stop();
        held = [];
        isOpen = true;
        const reason = next;
        next = 'reconnected';
        emit({ type: 'reset', reason, at });
      };
      const want = (): void => {
        if (!reloader.isAsked() && state.status !== 'live') reloader.ask(0);
      };
      const receive = (event: E): void => {
        want();
        // The answer of a reload may not hold this event yet.
        if (reloader.isLoading() || state.status !== 'live') hold(event);
        const claim: AccountState<S> =
          state.status === 'live' ? { status: 'live', value: fold(state.value, event) } : state;
        if (claim.status === 'live') keep(claim.value);
        emit({ type: 'event', value: event, at: scheduler.now() }, claim);
      };
      const advance = (input: Input<E>): void => {
        switch (input.type) {
          case 'begun':
            begin(input.at);
            return;
          case 'confirmed':
            isConfirmed = true;
            want();
            return;
          case 'lost':
            reloader.stop();
            isOpen = isConfirmed = false;
            next = input.reason === 'gap' ? 'gap' : 'reconnected';
            doubt(input.reason, input.at);
            return;
          case 'message':
            for (const event of input.value) receive(event);
            return;
          case 'missed':
            doubt('gap', input.at);
            next = 'gap';
            begin(input.at);
            // Before it is confirmed a state may be older than what the stream begins with.
            if (isConfirmed) want();
            return;
          case 'resync': {
            // Without a session there is a new beginning ahead anyway.
            if (!isOpen) return;
            const at = scheduler.now();
            doubt('resync', at);
            next = 'resync';
            begin(at);
            want();
          }
        }
      };

      observer.add(reloader.end);
      emit(undefined);
      observer.add(resync$?.subscribe(() => step(() => advance({ type: 'resync' }))));
      observer.add(source.subscribe(endsTo(observer, (event) => step(() => advance(event)))));
    });
}

const always = (): boolean => true;
