import type { DepthSnapshot } from '../../model/depthEvent.js';
import { DOUBT_LASTS, isOutrun, prove } from './belief.js';
import type { BookContext } from './context.js';
import { nothingHeld } from './held.js';
import { requestAgain } from './mending.js';
import { unnumbered } from './numbering.js';
import { isOvertaken } from './overtaken.js';
import { type Machine, type Requesting, type Step, stepTo } from './state.js';
import { takeSnapshot } from './taking.js';

/** A snapshot in the stream replaces whatever was there: it is newer than everything told before it, unless it came late. */
export function onSnapshot(context: BookContext, state: Machine, snapshot: DepthSnapshot): Step {
  if (state.phase === 'down') return stepTo(state);
  if (isOvertaken(context, state, snapshot)) {
    const { numbering } = state;
    return stepTo({ ...state, numbering: { ...numbering, behind: numbering.behind + 1 } });
  }
  if (state.phase !== 'requesting') {
    // Of snapshots alone nothing is numbered anyway.
    const begun = state.numbering === unnumbered ? state : { ...state, numbering: unnumbered };
    return takeSnapshot(context, stepTo(begun), snapshot);
  }
  context.tally.stale += state.held.count;
  const emptied: Requesting = {
    ...state,
    numbering: unnumbered,
    held: nothingHeld,
    candidate: undefined,
    outrunSince: undefined,
  };
  return takeSnapshot(context, stepTo(emptied), snapshot);
}

/**
 * A snapshot that was requested. One that is ahead of the stream is believed at once, unless there is a doubt that both are
 * of one counting. Then the stream must have come to it; and what the stream told must be in it, or a later snapshot must
 * show that its counting goes on: one of a counting that is over would be reached too, by other numbers.
 */
export function onAnswer(context: BookContext, before: Machine, snapshot: DepthSnapshot): Step {
  if (before.phase !== 'requesting') return takeSnapshot(context, stepTo(before), snapshot);
  const { outrunSince } = before;
  if (!isOutrun(context, before, snapshot)) return prove(context, { ...before, outrunSince: undefined }, snapshot);
  const elapsed = context.elapsed();
  // The stream told more, and what it told is not held any more. In the end it is the stream that is of another counting.
  return outrunSince !== undefined && elapsed - outrunSince >= DOUBT_LASTS
    ? takeSnapshot(context, stepTo({ ...before, outrunSince: undefined }), snapshot)
    : requestAgain(context, stepTo({ ...before, outrunSince: outrunSince ?? elapsed }), 'snapshot too old');
}
