import type { AccountReset, AccountState } from '../../model/accountEvent.js';
import { attempted, noAttempts, succeeded } from '../../model/attempts.js';
import type { LossReason } from '../../model/connection.js';
import type { FaultNotice } from '../../model/fault.js';
import { invalidated, trusted } from '../../model/trust.js';
import { emptyPile, piled, valuesOf } from './pile.js';
import { type AccountContext, type AccountMachine, type AccountStep, stepTo } from './state.js';

/** What can happen to an account. */
export type AccountInput<E, S> =
  | { readonly type: 'begun'; readonly at: number }
  | { readonly type: 'confirmed' }
  /** All that one message holds, in order; at least one. */
  | { readonly type: 'events'; readonly values: readonly E[] }
  | { readonly type: 'missed'; readonly at: number }
  | { readonly type: 'lost'; readonly reason: LossReason | 'gap'; readonly at: number }
  /** Somebody asks for a mending of the state. */
  | { readonly type: 'resync' }
  /** The wait for request number `request` is over. */
  | { readonly type: 'due'; readonly request: number }
  /** The whole state, requested under number `request`. */
  | { readonly type: 'answered'; readonly request: number; readonly value: S }
  /** Number `request` got no answer. The next one waits for `atLeast` ms. */
  | { readonly type: 'failed'; readonly request: number; readonly text: string; readonly atLeast: number };

/**
 * An account and all that keeps it right: what comes of one input. Pure. Knows neither RxJS nor a clock.
 *
 *     down ──begun──▶ syncing, stale ──answered──▶ live ──event──▶ live
 *      ▲                    ▲                       │
 *      └─────── lost ───────┴ missed, resync, doubt ┘
 *
 * - Every event is emitted at once and in order. While the whole state is requested they are held too, and folded into the
 *   answer: it may lack them.
 * - One request is out at a time, under a number; an answer to any other number is passed over.
 */
export function advance<E, S>(
  context: AccountContext<E, S>,
  state: AccountMachine<E, S>,
  input: AccountInput<E, S>,
): AccountStep<E, S> {
  switch (input.type) {
    case 'begun':
      return begin(context, stepTo({ ...state, attempts: noAttempts }), input.at);
    case 'confirmed':
      return requestOnce(context, stepTo({ ...state, isConfirmed: true }));
    case 'events':
      return onEvents(context, state, input.values);
    case 'missed':
      return onMissed(context, state, input.at);
    case 'lost':
      return onLost(state, input.reason, input.at);
    case 'resync':
      return onResync(context, state);
    case 'due':
      return isPending(state, input.request) ? load(state) : stepTo(state);
    case 'answered':
      return isPending(state, input.request) ? onAnswer(context, state, input.value) : stepTo(state);
    case 'failed':
      return isPending(state, input.request) ? onFailed(context, state, input) : stepTo(state);
  }
}

const isPending = <E, S>({ phase, request }: AccountMachine<E, S>, number: number): boolean =>
  phase !== 'not' && request === number;

/** A load of this session gave it, though it may lack what could not be read of that: events are folded into it. */
const isLoaded = <S>(claim: AccountState<S>): claim is Exclude<AccountState<S>, { readonly status: 'syncing' }> =>
  claim.status === 'live' || (claim.status === 'stale' && claim.reason === 'unreadable');

/**
 * Events are emitted one by one, each with the state that all of them make; while the state is requested they are held for the
 * answer.
 */
function onEvents<E, S>(
  context: AccountContext<E, S>,
  before: AccountMachine<E, S>,
  values: readonly E[],
): AccountStep<E, S> {
  const step = requestOnce(context, stepTo(before));
  const { claim, phase } = step.state;
  const isHeld = phase === 'out' || !isLoaded(claim);
  const left = isHeld ? hold(context, step, values) : step;
  const folded = isLoaded(claim) ? { ...claim, value: context.fold(claim.value, values) } : claim;
  const at = context.now();
  const doubt = isLoaded(folded) ? context.doubtOf(folded.value, values) : undefined;
  const told = doubt === undefined ? folded : staleBy<S>(folded, 'gap', at);
  const updates = values.map((value) => ({ event: { type: 'event', value, at } as const, state: told }));
  const emitted = { ...left, state: { ...left.state, claim: told }, updates: [...left.updates, ...updates] };
  if (doubt !== undefined) return doubted(context, emitted, doubt);
  return isLoaded(folded) ? keep(context, emitted, folded.value) : emitted;
}

/** Events leave open what the state is: it begins again. */
function doubted<E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>, doubt: string): AccountStep<E, S> {
  const again = beginAgain(context, step.state, 'gap', context.now());
  const updates = [...step.updates, ...again.updates];
  return { ...again, updates, notes: [...step.notes, doubtNote(context, doubt)] };
}

const doubtNote = <E, S>({ channel }: AccountContext<E, S>, doubt: string): FaultNotice => ({
  type: 'venue',
  message: `${channel}: ${doubt}; the state is loaded again`,
});

function hold<E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>, events: readonly E[]): AccountStep<E, S> {
  const { channel, holdLimit } = context;
  const held = events.reduce<AccountMachine<E, S>['held']>(piled, step.state.held);
  if (held.count <= holdLimit) return { ...step, state: { ...step.state, held } };
  const message = `${channel}: too many events while the state is loaded; loading it again`;
  const state = { ...step.state, held: emptyPile, passed: held, attempts: noAttempts };
  const notes = [...step.notes, { type: 'dropped', channel, count: held.count, message } as const];
  return requestState(context, { ...step, state, notes });
}

/** The session is over, or lost count: there is nothing to be loaded until the next begins. */
function onLost<E, S>(state: AccountMachine<E, S>, reason: LossReason | 'gap', at: number): AccountStep<E, S> {
  const next = reason === 'gap' ? 'gap' : 'reconnected';
  const down: AccountMachine<E, S> = { ...state, isConfirmed: false, phase: 'not', next };
  return { ...invalidate(stepTo(down), reason, at), want: { type: 'nothing' } };
}

/** A frame is missing, and nothing tells what it said. */
function onMissed<E, S>(context: AccountContext<E, S>, state: AccountMachine<E, S>, at: number): AccountStep<E, S> {
  if (state.isConfirmed) return beginAgain(context, state, 'gap', at);
  // Before it is confirmed a state may be older than what the stream begins with.
  return begin(context, invalidate(stepTo({ ...state, next: 'gap' }), 'gap', at), at);
}

/**
 * A load is ahead anyway where there is no session, and where its subscription was not confirmed yet: made now it would be older
 * than what the stream begins with.
 */
function onResync<E, S>(context: AccountContext<E, S>, state: AccountMachine<E, S>): AccountStep<E, S> {
  const isAhead = !state.isConfirmed && state.phase === 'not' && !isLoaded(state.claim);
  return isAhead ? stepTo(state) : beginAgain(context, state, 'resync', context.now());
}

/** A new beginning within the session. A request that is to go out yet will do for it, too. */
function beginAgain<E, S>(
  context: AccountContext<E, S>,
  state: AccountMachine<E, S>,
  reason: 'gap' | 'resync',
  at: number,
): AccountStep<E, S> {
  const begun = begin(context, invalidate(stepTo({ ...state, next: reason }), reason, at), at);
  const isPlanned = state.phase === 'planned' && !isLoaded(state.claim);
  return isPlanned
    ? { ...begun, state: { ...begun.state, phase: 'planned' }, want: undefined }
    : requestOnce(context, begun);
}

/** The request goes out. What a live state has folded already is in what is requested now. */
function load<E, S>(state: AccountMachine<E, S>): AccountStep<E, S> {
  const { claim, request, held, passed } = state;
  const out: AccountMachine<E, S> = { ...state, phase: 'out', held: isLoaded(claim) ? emptyPile : held };
  return {
    ...stepTo(out),
    want: {
      type: 'load',
      request,
      last: claim.status === 'syncing' ? undefined : claim.value,
      passed: valuesOf(passed),
    },
  };
}

/** The whole state, with all that was held folded in. */
function onAnswer<E, S>(context: AccountContext<E, S>, before: AccountMachine<E, S>, answer: S): AccountStep<E, S> {
  const held = valuesOf(before.held);
  const value = context.fold(answer, held);
  const doubt = context.doubtOf(value, held);
  if (doubt !== undefined) {
    const emptied = stepTo(discarded(context, before));
    return requestState(context, { ...emptied, notes: [doubtNote(context, doubt)] });
  }
  const attempts = succeeded(before.attempts, context.elapsed());
  const state: AccountMachine<E, S> = { ...before, phase: 'not', held: emptyPile, passed: emptyPile, attempts };
  const emitted = emit(
    stepTo(state),
    { type: 'snapshot', value, at: context.now() },
    claimOf(context, before.claim, value),
  );
  return keep(context, { ...emitted, want: { type: 'nothing' } }, value);
}

/** What was loaded is right where it is whole. */
function claimOf<E, S>({ isWhole, now }: AccountContext<E, S>, before: AccountState<S>, value: S): AccountState<S> {
  if (isWhole()) return trusted({ value });
  const since = before.status === 'stale' ? before.since : now();
  return { status: 'stale', value, reason: 'unreadable', since };
}

function onFailed<E, S>(
  context: AccountContext<E, S>,
  state: AccountMachine<E, S>,
  { text, atLeast }: { readonly text: string; readonly atLeast: number },
): AccountStep<E, S> {
  const { channel } = context;
  const message = `${channel}: the state could not be loaded: ${text}`;
  const notes = [{ type: 'snapshot', channel, attempt: state.attempts.count, message } as const];
  return requestState(context, { ...stepTo(state), notes }, atLeast);
}

/** What was held is discarded: the next load has it all. No more of it is remembered than may be held. */
function discarded<E, S>({ holdLimit }: AccountContext<E, S>, state: AccountMachine<E, S>): AccountMachine<E, S> {
  const { held, passed } = state;
  const isTooMuch = passed.count + held.count > holdLimit;
  return { ...state, held: emptyPile, passed: isTooMuch ? held : valuesOf(held).reduce<typeof held>(piled, passed) };
}

/** What was held is discarded, and what was requested too. */
function begin<E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>, at: number): AccountStep<E, S> {
  const { state } = step;
  const begun: AccountMachine<E, S> = { ...discarded(context, state), phase: 'not', next: 'reconnected' };
  const reset: AccountReset = { type: 'reset', reason: state.next, at };
  return { ...emit({ ...step, state: begun }, reset), want: { type: 'nothing' } };
}

/** Requests the whole state where it is not live, and not requested already. */
const requestOnce = <E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>): AccountStep<E, S> =>
  step.state.phase === 'not' && !isLoaded(step.state.claim) ? requestState(context, step) : step;

/** Requests the whole state, by one more attempt. */
function requestState<E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>, atLeast = 0): AccountStep<E, S> {
  const attempts = attempted(step.state.attempts, context.elapsed(), context.stableAfter);
  const request = step.state.request + 1;
  return {
    ...step,
    state: { ...step.state, phase: 'planned', request, attempts },
    want: { type: 'wait', request, attempt: attempts.count, atLeast },
  };
}

/** Plans the next load of a live state, unless one is planned or out. Nothing is wrong with it: that is a first attempt. */
function keep<E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>, value: S): AccountStep<E, S> {
  const { reloadEvery, reloadWhile } = context;
  if (reloadEvery === undefined || step.state.phase !== 'not' || !reloadWhile(value)) return step;
  return requestState(context, { ...step, state: { ...step.state, attempts: noAttempts } }, reloadEvery);
}

type StaleReason<S> = Extract<AccountState<S>, { readonly status: 'stale' }>['reason'];

const staleBy = <S>(claim: AccountState<S>, reason: StaleReason<S>, at: number): AccountState<S> =>
  invalidated<{ readonly value: S }, StaleReason<S>>(claim, reason, at);

const invalidate = <E, S>(step: AccountStep<E, S>, reason: StaleReason<S>, at: number): AccountStep<E, S> => {
  const claim = staleBy(step.state.claim, reason, at);
  return claim === step.state.claim ? step : emit(step, undefined, claim);
};

/** One more update, and what is claimed from then on. */
const emit = <E, S>(
  step: AccountStep<E, S>,
  event: AccountStep<E, S>['updates'][number]['event'],
  claim: AccountState<S> = step.state.claim,
): AccountStep<E, S> => ({
  ...step,
  state: { ...step.state, claim },
  updates: [...step.updates, { event, state: claim }],
});
