import type { LiveBook } from '../../model/bookState.js';
import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import { type BreakNote, begin, goOn } from './breaks.js';
import type { BookContext } from './context.js';
import { diffsOf, heldOf } from './held.js';
import { meetingPoint } from './meetingPoint.js';
import { requestAgain, invalidate, isTold, noted } from './mending.js';
import type { Mending, Step } from './state.js';

/** What is held is folded into the snapshot, if the two meet. */
export function takeSnapshot(context: BookContext, step: Step, snapshot: DepthSnapshot): Step {
  const { state } = step;
  const { rule, tally } = context;
  const diffs = state.phase === 'requesting' ? diffsOf(state.held) : [];
  const from = meetingPoint(rule, state.mending, snapshot, diffs);
  // The held diffs stay: thrown away, the next snapshot would be too old for what comes after them, and so on for ever.
  if (from === undefined) return requestAgain(context, step, 'snapshot too old');
  const begun = begin(context, snapshot);
  if (begun.type === 'gap') return refuse(context, step, begun);
  tally.snapshots += 1;
  tally.stale += from;
  const joined = joinHeld(context, begun.book, diffs.slice(from));
  if (joined.type === 'live') {
    return goLive(context, step, joined.book, begun.read ?? snapshot, joined.events);
  }
  const rest = heldOf(diffs.slice(from + joined.at));
  const left: Step = state.phase === 'requesting' ? { ...step, state: { ...state, held: rest } } : step;
  return requestAgain(context, left, joined.note.text);
}

/** A snapshot that is wrong by itself. */
function refuse(context: BookContext, step: Step, note: BreakNote): Step {
  if (step.state.phase === 'following') return invalidate(context, step, note.reason, { note });
  // Where every message is a snapshot, one note says that they are bad, not one per message.
  return context.mendsItself ? step : requestAgain(context, step, note.text);
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

/** Beginning is no mending: the first break after it is mended at once. */
const joinedNow = ({ elapsed }: BookContext, mending: Mending): Mending => {
  const attempt = mending.hasJoined ? mending.attempt : 0;
  return { ...mending, attempt, pending: 0, hasJoined: true, liveSince: elapsed() };
};

function goLive(
  context: BookContext,
  step: Step,
  book: OrderBook,
  snapshot: DepthSnapshot,
  diffs: readonly DepthDiff[],
): Step {
  const { state } = step;
  const claim: LiveBook = { status: 'live', book };
  const next: Step = {
    notes: step.notes,
    state: {
      phase: 'following',
      claim,
      mending: state.isClean ? joinedNow(context, state.mending) : state.mending,
      numbering: state.numbering,
      isClean: false,
      fresh: diffs.length === 0 ? { snapshot, passed: 0, diffs } : undefined,
    },
    update: { state: claim, events: [snapshot, ...diffs] },
    want: state.isClean ? { type: 'nothing' } : step.want,
  };
  if (state.phase === 'following' || state.claim.status !== 'stale') return next;
  if (!isTold(context, state) && (state.claim.reason === 'gap' || state.claim.reason === 'crossed')) return next;
  const after = context.elapsed() - state.mending.staleSince;
  return noted(context, next, { type: 'resnapshot', after, text: `live after ${Math.round(after)} ms` });
}
