import { nextAttempt } from '../../model/attempts.js';
import type { StaleReason } from '../../model/bookState.js';
import type { DepthDiff, DepthEvent, ResetReason } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import { invalidated } from '../../model/trust.js';
import type { BreakNote, Note } from './note.js';
import type { BookContext } from './context.js';
import { heldWith, levelsIn, nothingHeld } from './held.js';
import type { Numbering } from './numbering.js';
import type { Machine, Requesting, Step } from './state.js';

const NO_EVENTS: readonly DepthEvent[] = [];

/** A step with one more note. */
export function noted(context: BookContext, step: Step, note: Note): Step {
  if (note.type === 'gap' && note.reason === 'gap') context.tally.gaps += 1;
  return { ...step, notes: [...step.notes, note] };
}

/**
 * Whether a break is told, and its mending: of a book that each message mends, and that breaks again and again before it has held,
 * the first, the second, the fourth and so on.
 */
export const isTold = ({ mendsItself }: BookContext, { mending: { attempt } }: Machine): boolean =>
  !mendsItself || (attempt & (attempt - 1)) === 0;

/** A step with one more break. */
function withBreak(context: BookContext, step: Step, note: BreakNote): Step {
  const reported = noted(context, step, note);
  if (!context.mendsItself) return reported;
  const { mending } = step.state;
  const attempt = nextAttempt(mending.attempt, context.elapsed() - mending.liveSince, context.stableAfter);
  const state = { ...step.state, mending: { ...mending, attempt } };
  return { ...step, state, notes: isTold(context, state) ? reported.notes : step.notes };
}

/** Wants a snapshot. A book that was live for long enough counts its attempts from the first. */
export function requestSnapshot({ elapsed, stableAfter }: BookContext, step: Step, atLeast = 0): Step {
  const { phase, mending } = step.state;
  const attempt = nextAttempt(mending.attempt, elapsed() - mending.liveSince, stableAfter);
  const request = mending.request + 1;
  return {
    ...step,
    state: { ...step.state, mending: { ...mending, attempt, request, pending: request, liveSince: Infinity } },
    want: { type: phase === 'requesting' ? 'request' : 'resubscribe', request, attempt, atLeast },
  };
}

/** The same, unless one is wanted already. */
export const requestOnce = (context: BookContext, step: Step): Step =>
  step.state.mending.pending === 0 && !context.mendsItself ? requestSnapshot(context, step) : step;

/** Wants another one than was had. */
export const requestAgain = (context: BookContext, step: Step, text: string, atLeast?: number): Step =>
  requestSnapshot(
    context,
    noted(context, step, { type: 'snapshot', attempt: step.state.mending.attempt, text }),
    atLeast,
  );

/** It was us who requested a new subscription: how often, and by when it must have helped, goes on counting. */
export const isOwnBeginning = ({ mend }: BookContext, { mending }: Machine): boolean =>
  mend === 'resubscribe' && mending.pending > 0;

/** What a book that stops being right claims, and since when. */
export function untrusted(
  { now, elapsed }: BookContext,
  { claim, mending }: Machine,
  reason: StaleReason,
): Pick<Machine, 'claim' | 'mending'> {
  return {
    claim: invalidated<{ readonly book: OrderBook }, StaleReason>(claim, reason, now()),
    mending: claim.status === 'live' ? { ...mending, staleSince: elapsed() } : mending,
  };
}

/** All that was folded and held is discarded, and nothing is wanted any more. */
export function fall(
  context: BookContext,
  step: Step,
  reason: ResetReason,
  phase: 'down' | 'listening' | 'requesting',
): Step {
  const { instrument, now, tally } = context;
  const { state } = step;
  const events: readonly DepthEvent[] = state.isClean
    ? NO_EVENTS
    : [{ type: 'reset', instrument, reason, receivedTime: now() }];
  if (state.phase === 'requesting') tally.early += state.held.count;
  const { claim, mending } = untrusted(context, state, reason === 'connected' ? 'disconnected' : reason);
  const common = { claim, mending: { ...mending, pending: 0 }, numbering: state.numbering, isClean: true };
  return {
    ...step,
    state:
      phase === 'requesting'
        ? { ...common, phase, ...emptied(state.numbering), candidate: undefined, outrunSince: undefined }
        : { ...common, phase },
    update: claim !== state.claim || events.length > 0 ? { state: claim, events } : undefined,
    want: { type: 'nothing' },
  };
}

/** The book is not to be trusted any more, and what mends it is requested; a diff that showed it is held for that. */
export function invalidate(
  context: BookContext,
  step: Step,
  reason: ResetReason,
  { note, diff }: { readonly note?: BreakNote; readonly diff?: DepthDiff } = {},
): Step {
  const reported = note === undefined ? step : withBreak(context, step, note);
  const isRequested = context.mend === 'request' && !context.mendsItself;
  const fallen = fall(context, reported, reason, isRequested ? 'requesting' : 'listening');
  return requestOnce(context, diff === undefined ? fallen : hold(context, fallen, diff));
}

/** The diff waits for a snapshot, or is discarded where none is requested. */
export function hold(context: BookContext, step: Step, diff: DepthDiff): Step {
  const { state } = step;
  const { tally, holdLimit, holdLevels } = context;
  if (state.phase !== 'requesting') {
    tally.early += 1;
    return step;
  }
  const { held } = state;
  if (held.count < holdLimit && held.levels + levelsIn(diff) <= holdLevels) {
    return { ...step, state: { ...state, held: heldWith(held, diff) } };
  }
  tally.early += held.count;
  const discarded = noted(context, step, { type: 'dropped', count: held.count, text: 'too many held' });
  return { ...discarded, state: { ...state, ...emptied(state.numbering), held: heldWith(nothingHeld, diff) } };
}

/** Nothing is held of what came by now. */
export const emptied = ({ newest }: Numbering): Pick<Requesting, 'held' | 'passed'> => ({
  held: nothingHeld,
  passed: newest,
});
