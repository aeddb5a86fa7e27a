import type { LiveBook } from '../../model/bookState.js';
import type { DepthDiff, DepthEvent, DepthSnapshot } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import { type BreakNote, begin, goOn } from './breaks.js';
import type { BookContext } from './context.js';
import { diffsOf, heldOf, nothingHeld } from './held.js';
import { isBehind, isReached, isTooFar } from './lead.js';
import { meetingPoint } from './meetingPoint.js';
import { askAgain, breakBook, noted } from './mending.js';
import { unnumbered } from './numbering.js';
import { type Candidate, type Machine, type Passed, type Requesting, type Step, stepTo } from './state.js';

/** A snapshot in the stream replaces whatever was there: it is newer than everything told before it. */
export function onSnapshot(context: BookContext, state: Machine, snapshot: DepthSnapshot): Step {
  if (state.phase === 'down') return stepTo(state);
  if (state.phase !== 'requesting') return takeSnapshot(context, stepTo({ ...state, numbering: unnumbered }), snapshot);
  context.tally.stale += state.held.count;
  const emptied: Requesting = { ...state, numbering: unnumbered, held: nothingHeld, candidate: undefined };
  return takeSnapshot(context, stepTo(emptied), snapshot);
}

/**
 * A snapshot that was asked for. One that is ahead of the stream is believed at once, unless there is a doubt that both are
 * of one counting. Then it waits for the stream to reach it, and for a later snapshot that shows that its counting goes on:
 * one of a counting that is over would be reached too, by other numbers.
 */
export function onAnswer(context: BookContext, state: Machine, snapshot: DepthSnapshot): Step {
  if (state.phase !== 'requesting' || !isAhead(context, state, snapshot) || !isDoubted(state, snapshot)) {
    return takeSnapshot(context, stepTo(state), snapshot);
  }
  const candidate = candidateOf(state.candidate, snapshot);
  const doubts = Math.max(state.mending.doubts, 1);
  const step = stepTo({ ...state, candidate, mending: { ...state.mending, doubts } });
  return candidate.isProven && !isAhead(context, state, candidate.snapshot)
    ? takeSnapshot(context, step, candidate.snapshot)
    : askAgain(context, step, 'snapshot ahead of the stream');
}

const candidateOf = (before: Candidate | undefined, snapshot: DepthSnapshot): Candidate =>
  before !== undefined && isBehind(before.snapshot, snapshot)
    ? { snapshot: before.snapshot, isProven: true }
    : { snapshot, isProven: false };

const isAhead = ({ rule }: BookContext, { held: { newest } }: Requesting, snapshot: DepthSnapshot): boolean =>
  newest === undefined || !isReached(rule, snapshot, newest);

const isDoubted = ({ mending, held }: Requesting, snapshot: DepthSnapshot): boolean =>
  mending.doubts > 0 || (held.newest !== undefined && isTooFar(snapshot, passedOf(held), held.newest));

const passedOf = ({ oldest, count }: { readonly oldest: DepthDiff | undefined; readonly count: number }): Passed => ({
  first: oldest,
  count,
  since: 0,
});

/** What is held is folded into the snapshot, if the two meet. */
export function takeSnapshot(context: BookContext, step: Step, snapshot: DepthSnapshot): Step {
  const { state } = step;
  const { rule, tally } = context;
  const diffs = state.phase === 'requesting' ? diffsOf(state.held) : [];
  const from = meetingPoint(rule, snapshot, diffs);
  // The held diffs stay: thrown away, the next snapshot would be too old for what comes after them, and so on for ever.
  if (from === undefined) return askAgain(context, step, 'snapshot too old');
  const begun = begin(context, snapshot);
  if (begun.type === 'gap') return refuse(context, step, begun);
  tally.snapshots += 1;
  tally.stale += from;
  const joined = joinHeld(context, begun.book, diffs.slice(from));
  if (joined.type === 'live') return goLive(context, step, joined.book, [snapshot, ...joined.events]);
  const rest = heldOf(diffs.slice(from + joined.at));
  const left: Step = state.phase === 'requesting' ? { ...step, state: { ...state, held: rest } } : step;
  return askAgain(context, left, joined.note.text);
}

/** A snapshot that is wrong by itself. */
function refuse(context: BookContext, step: Step, note: BreakNote): Step {
  if (step.state.phase === 'following') return breakBook(context, step, note.reason, { note });
  // Where every message is a snapshot, one note says that they are bad, not one per message.
  return context.mendsItself ? step : askAgain(context, step, note.text);
}

/** The book after all that is held, or the first of it that breaks the book. */
type Joined =
  | { readonly type: 'live'; readonly book: OrderBook; readonly events: readonly DepthDiff[] }
  | { readonly type: 'broken'; readonly at: number; readonly note: BreakNote };

/** They continue from one to the next: they were held by the rule. */
function joinHeld(context: BookContext, begun: OrderBook, diffs: readonly DepthDiff[]): Joined {
  const events: DepthDiff[] = [];
  let book = begun;
  for (const diff of diffs) {
    const folded = goOn(context, book, diff);
    if (folded.type === 'gap') return { type: 'broken', at: events.length, note: folded };
    context.tally.applied += 1;
    events.push(folded.read);
    book = folded.book;
  }
  return { type: 'live', book, events };
}

function goLive(context: BookContext, step: Step, book: OrderBook, events: readonly DepthEvent[]): Step {
  const { state } = step;
  const isFresh = events.length === 1;
  const claim: LiveBook = { status: 'live', book };
  const doubts = isFresh ? state.mending.doubts : 0;
  // Beginning is no mending: the first break after it is mended at once.
  const attempt = state.mending.hasJoined ? state.mending.attempt : 0;
  const joined = { ...state.mending, attempt, doubts, asking: 0, hasJoined: true, liveSince: context.elapsed() };
  const next: Step = {
    ...step,
    state: {
      phase: 'following',
      claim,
      mending: state.isClean ? joined : { ...state.mending, doubts },
      numbering: state.numbering,
      isClean: false,
      passed: isFresh ? passedOf(state.phase === 'requesting' ? state.held : nothingHeld) : undefined,
    },
    update: { state: claim, events },
    want: state.isClean ? { type: 'nothing' } : step.want,
  };
  if (state.phase === 'following' || state.claim.status !== 'stale') return next;
  const after = context.now() - state.claim.since;
  return noted(context, next, { type: 'resnapshot', after, text: `live after ${Math.round(after)} ms` });
}
