import { nextAttempt } from '../../model/attempts.js';
import type { BookState, StaleReason } from '../../model/bookState.js';
import type { DepthDiff, DepthEvent, ResetReason } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import { doubted } from '../../model/trust.js';
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

/** Wants a snapshot. A book that was live for long enough counts its attempts from the first. */
export function ask({ elapsed, stableAfter }: BookContext, step: Step, atLeast = 0): Step {
  const { phase, mending } = step.state;
  const attempt = nextAttempt(mending.attempt, elapsed() - mending.liveSince, stableAfter);
  const asked = mending.asked + 1;
  return {
    ...step,
    state: { ...step.state, mending: { ...mending, attempt, asked, asking: asked, liveSince: Infinity } },
    want: { type: phase === 'requesting' ? 'request' : 'resubscribe', asked, attempt, atLeast },
  };
}

/** The same, unless one is wanted already. */
export const askOnce = (context: BookContext, step: Step): Step =>
  step.state.mending.asking === 0 && !context.mendsItself ? ask(context, step) : step;

/** Wants another one than was had. */
export const askAgain = (context: BookContext, step: Step, text: string, atLeast?: number): Step =>
  ask(context, noted(context, step, { type: 'snapshot', attempt: step.state.mending.attempt, text }), atLeast);

/** It was us who asked for a new subscription: how often, and by when it must have helped, goes on counting. */
export const isOwnBeginning = ({ mend }: BookContext, { mending }: Machine): boolean =>
  mend === 'resubscribe' && mending.asking > 0;

/** What a book that stops being right claims. */
export const staleClaim = ({ now }: BookContext, claim: BookState, reason: StaleReason): BookState =>
  doubted<{ readonly book: OrderBook }, StaleReason>(claim, reason, now());

/** All that was folded and held is void, and nothing is wanted any more. */
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
  const claim = staleClaim(context, state.claim, reason === 'connected' ? 'disconnected' : reason);
  const mending = { ...state.mending, asking: 0 };
  const common = { claim, mending, numbering: state.numbering, isClean: true };
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

/** The book is not to be trusted any more, and what mends it is asked for; a diff that told is held for that. */
export function breakBook(
  context: BookContext,
  step: Step,
  reason: ResetReason,
  { note, diff }: { readonly note?: BreakNote; readonly diff?: DepthDiff } = {},
): Step {
  const said = note === undefined ? step : noted(context, step, note);
  const isRequested = context.mend === 'request' && !context.mendsItself;
  const fallen = fall(context, said, reason, isRequested ? 'requesting' : 'listening');
  return askOnce(context, diff === undefined ? fallen : hold(context, fallen, diff));
}

/** The diff waits for a snapshot, or is given up where none is requested. */
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
  const dropped = noted(context, step, { type: 'dropped', count: held.count, text: 'too many held' });
  return { ...dropped, state: { ...state, ...emptied(state.numbering), held: heldWith(nothingHeld, diff) } };
}

/** Nothing is held of what came by now. */
export const emptied = ({ newest }: Numbering): Pick<Requesting, 'held' | 'told'> => ({
  held: nothingHeld,
  told: newest,
});
