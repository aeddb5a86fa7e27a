import type { AccountReset, AccountState } from '../../model/accountEvent.js';
import { attempted, noAttempts, succeeded } from '../../model/attempts.js';
import type { LossReason } from '../../model/connection.js';
import { doubted, trusted } from '../../model/trust.js';
import { emptyPile, piled, valuesOf } from './pile.js';
import { type AccountContext, type AccountMachine, type AccountStep, stepTo } from './state.js';

/** What can happen to an account. */
export type AccountInput<E, S> =
  | { readonly type: 'begun'; readonly at: number }
  | { readonly type: 'confirmed' }
  /** All that one message tells, in order; at least one. */
  | { readonly type: 'events'; readonly values: readonly E[] }
  | { readonly type: 'missed'; readonly at: number }
  | { readonly type: 'lost'; readonly reason: LossReason | 'gap'; readonly at: number }
  /** Somebody doubts the state. */
  | { readonly type: 'resync' }
  /** The wait for question number `asked` is over. */
  | { readonly type: 'due'; readonly asked: number }
  /** The whole state, asked for under number `asked`. */
  | { readonly type: 'answered'; readonly asked: number; readonly value: S }
  /** Number `asked` got no answer. The next one waits for `atLeast` ms. */
  | { readonly type: 'failed'; readonly asked: number; readonly text: string; readonly atLeast: number };

/**
 * An account and all that keeps it right: what comes of one input. Pure. Knows neither RxJS nor a clock.
 *
 *     down ──begun──▶ syncing, stale ──answered──▶ live ──event──▶ live
 *      ▲                    ▲                       │
 *      └─────── lost ───────┴──── missed, resync ───┘
 *
 * - Every event is told at once and in order. While the whole state is asked for they are held too, and folded into the
 *   answer: it may lack them.
 * - One question is out at a time, under a number; an answer to any other number is passed over.
 */
export function advance<E, S>(
  context: AccountContext<E, S>,
  state: AccountMachine<E, S>,
  input: AccountInput<E, S>,
): AccountStep<E, S> {
  switch (input.type) {
    case 'begun':
      return begin(stepTo({ ...state, attempts: noAttempts }), input.at);
    case 'confirmed':
      return askOnce(context, stepTo({ ...state, isConfirmed: true }));
    case 'events':
      return onEvents(context, state, input.values);
    case 'missed':
      return onMissed(context, state, input.at);
    case 'lost':
      return onLost(state, input.reason, input.at);
    case 'resync':
      return onResync(context, state);
    case 'due':
      return isAsked(state, input.asked) ? load(state) : stepTo(state);
    case 'answered':
      return isAsked(state, input.asked) ? onAnswer(context, state, input.value) : stepTo(state);
    case 'failed':
      return isAsked(state, input.asked) ? onFailed(context, state, input) : stepTo(state);
  }
}

const isAsked = <E, S>({ asking, asked }: AccountMachine<E, S>, number: number): boolean =>
  asking !== 'not' && asked === number;

/** A load of this session gave it, though it may lack what could not be read of that: events are folded into it. */
const isLoaded = <S>(claim: AccountState<S>): claim is Exclude<AccountState<S>, { readonly status: 'syncing' }> =>
  claim.status === 'live' || (claim.status === 'stale' && claim.reason === 'unreadable');

/**
 * Events are told one by one, each with the state that all of them make; while the state is asked for they are held for the
 * answer.
 */
function onEvents<E, S>(
  context: AccountContext<E, S>,
  before: AccountMachine<E, S>,
  values: readonly E[],
): AccountStep<E, S> {
  const step = askOnce(context, stepTo(before));
  const { claim, asking } = step.state;
  const isHeld = asking === 'out' || !isLoaded(claim);
  const left = isHeld ? hold(context, step, values) : step;
  const folded = isLoaded(claim) ? { ...claim, value: context.fold(claim.value, values) } : claim;
  const at = context.now();
  const updates = values.map((value) => ({ event: { type: 'event', value, at } as const, state: folded }));
  const told = { ...left, state: { ...left.state, claim: folded }, updates: [...left.updates, ...updates] };
  return isLoaded(folded) ? keep(context, told, folded.value) : told;
}

function hold<E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>, events: readonly E[]): AccountStep<E, S> {
  const { channel, holdLimit } = context;
  const held = events.reduce<AccountMachine<E, S>['held']>(piled, step.state.held);
  if (held.count <= holdLimit) return { ...step, state: { ...step.state, held } };
  const message = `${channel}: too many events while the state is loaded; loading it again`;
  const state = { ...step.state, held: emptyPile, attempts: noAttempts };
  const notes = [...step.notes, { type: 'dropped', channel, count: held.count, message } as const];
  return ask(context, { ...step, state, notes });
}

/** The session is over, or lost count: there is nothing to be loaded until the next begins. */
function onLost<E, S>(state: AccountMachine<E, S>, reason: LossReason | 'gap', at: number): AccountStep<E, S> {
  const next = reason === 'gap' ? 'gap' : 'reconnected';
  const down: AccountMachine<E, S> = { ...state, isOpen: false, isConfirmed: false, asking: 'not', next };
  return { ...doubt(stepTo(down), reason, at), want: { type: 'nothing' } };
}

/** A frame is missing, and nothing tells what it said. */
function onMissed<E, S>(context: AccountContext<E, S>, state: AccountMachine<E, S>, at: number): AccountStep<E, S> {
  if (state.isConfirmed) return beginAgain(context, state, 'gap', at);
  // Before it is confirmed a state may be older than what the stream begins with.
  return begin(doubt(stepTo({ ...state, next: 'gap' }), 'gap', at), at);
}

/** Without a session there is a new beginning ahead anyway. */
const onResync = <E, S>(context: AccountContext<E, S>, state: AccountMachine<E, S>): AccountStep<E, S> =>
  state.isOpen ? beginAgain(context, state, 'resync', context.now()) : stepTo(state);

/** A new beginning within the session. A question that is to be asked yet will do for it, too. */
function beginAgain<E, S>(
  context: AccountContext<E, S>,
  state: AccountMachine<E, S>,
  reason: 'gap' | 'resync',
  at: number,
): AccountStep<E, S> {
  const begun = begin(doubt(stepTo({ ...state, next: reason }), reason, at), at);
  const isPlanned = state.asking === 'planned' && !isLoaded(state.claim);
  return isPlanned
    ? { ...begun, state: { ...begun.state, asking: 'planned' }, want: undefined }
    : askOnce(context, begun);
}

/** The question goes out. What a live state has folded already is in what is asked for now. */
function load<E, S>(state: AccountMachine<E, S>): AccountStep<E, S> {
  const { claim, asked, held } = state;
  const out: AccountMachine<E, S> = { ...state, asking: 'out', held: isLoaded(claim) ? emptyPile : held };
  return {
    ...stepTo(out),
    want: { type: 'load', asked, last: claim.status === 'syncing' ? undefined : claim.value },
  };
}

/** The whole state, with all that was held folded in. */
function onAnswer<E, S>(context: AccountContext<E, S>, before: AccountMachine<E, S>, answer: S): AccountStep<E, S> {
  const value = context.fold(answer, valuesOf(before.held));
  const attempts = succeeded(before.attempts, context.elapsed());
  const state: AccountMachine<E, S> = { ...before, asking: 'not', held: emptyPile, attempts };
  const told = tell(
    stepTo(state),
    { type: 'snapshot', value, at: context.now() },
    claimOf(context, before.claim, value),
  );
  return keep(context, { ...told, want: { type: 'nothing' } }, value);
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
  return ask(context, { ...stepTo(state), notes }, atLeast);
}

/** What was held is void, and what was asked for too. */
function begin<E, S>(step: AccountStep<E, S>, at: number): AccountStep<E, S> {
  const { state } = step;
  const begun: AccountMachine<E, S> = {
    ...state,
    isOpen: true,
    asking: 'not',
    held: emptyPile,
    next: 'reconnected',
  };
  const reset: AccountReset = { type: 'reset', reason: state.next, at };
  return { ...tell({ ...step, state: begun }, reset), want: { type: 'nothing' } };
}

/** Asks for the whole state where it is not live, and not asked for already. */
const askOnce = <E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>): AccountStep<E, S> =>
  step.state.asking === 'not' && !isLoaded(step.state.claim) ? ask(context, step) : step;

/** Asks for the whole state, by one more attempt. */
function ask<E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>, atLeast = 0): AccountStep<E, S> {
  const attempts = attempted(step.state.attempts, context.elapsed(), context.stableAfter);
  const asked = step.state.asked + 1;
  return {
    ...step,
    state: { ...step.state, asking: 'planned', asked, attempts },
    want: { type: 'wait', asked, attempt: attempts.count, atLeast },
  };
}

/** Plans the next load of a live state, unless one is planned or out. Nothing is wrong with it: that is a first attempt. */
function keep<E, S>(context: AccountContext<E, S>, step: AccountStep<E, S>, value: S): AccountStep<E, S> {
  const { reloadEvery, reloadWhile } = context;
  if (reloadEvery === undefined || step.state.asking !== 'not' || !reloadWhile(value)) return step;
  return ask(context, { ...step, state: { ...step.state, attempts: noAttempts } }, reloadEvery);
}

const doubt = <E, S>(
  step: AccountStep<E, S>,
  reason: Extract<AccountState<S>, { readonly status: 'stale' }>['reason'],
  at: number,
): AccountStep<E, S> => {
  const claim = doubted<{ readonly value: S }, typeof reason>(step.state.claim, reason, at);
  return claim === step.state.claim ? step : tell(step, undefined, claim);
};

/** One more update, and what is claimed from then on. */
const tell = <E, S>(
  step: AccountStep<E, S>,
  event: AccountStep<E, S>['updates'][number]['event'],
  claim: AccountState<S> = step.state.claim,
): AccountStep<E, S> => ({
  ...step,
  state: { ...step.state, claim },
  updates: [...step.updates, { event, state: claim }],
});
