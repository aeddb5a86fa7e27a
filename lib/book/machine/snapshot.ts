import type { LiveBook } from '../../model/bookState.js';
import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import { plainFold } from '../fold.js';
import { type BreakNote, begin, goOn } from './breaks.js';
import type { BookContext } from './context.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { diffsOf, heldOf, nothingHeld } from './held.js';
import { isBehind, isNumbered, isReached, isTooFar } from './lead.js';
import { meetingPoint } from './meetingPoint.js';
import { requestAgain, requestSnapshot, invalidate, isTold, noted } from './mending.js';
import { isOvertaken } from './overtaken.js';
import { isBeforePast, mayBePast, numberOf, positionOf, unnumbered } from './numbering.js';
import { type Candidate, type Fresh, type Machine, type Mending, type Requesting, type Step, stepTo } from './state.js';

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

/** So long after a doubt a snapshot is held to be of the stream's counting again, in ms: no cache is that old. */
const DOUBT_LASTS = 30_000;

const isDoubted = ({ elapsed }: BookContext, { mending }: Machine): boolean =>
  elapsed() - mending.doubtedAt < DOUBT_LASTS;

/** Whether what the stream told of a snapshot that was believed says that it is of another counting. */
export const isDisproved = (context: BookContext, state: Machine, { snapshot, diffs }: Fresh): boolean =>
  diffs.length > 0 &&
  context.fold === plainFold &&
  isDoubted(context, state) &&
  evidenceOf(context.rule, snapshot, diffs) === 'contradicts';

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

/** So often the same one must come, which is older than its stream: there is nothing newer. */
const SAME = 3;

/**
 * By times alone it can't be seen whether a change lies between a snapshot and the first that is held. It was requested after
 * that one was told, and so holds it: one that is older is a stale one. Nor is any joined by what is held while what comes lies
 * behind that: a clock may have been set back.
 */
function prove(context: BookContext, state: Requesting, snapshot: DepthSnapshot): Step {
  if (context.rule.name !== 'watermark') return judge(context, state, snapshot);
  const { held, unproven, numbering } = state;
  const least = numbering.behind > 0 ? held.newest : held.oldest;
  const isOlderThan = (diff: DepthDiff | undefined): boolean =>
    diff !== undefined && isBehind(snapshot, positionOf(diff));
  if (isOlderThan(least)) {
    const number = numberOf(snapshot);
    const times = unproven?.number === number ? (unproven?.times ?? 0) + 1 : 1;
    return times >= SAME
      ? judge(context, { ...state, unproven: undefined }, snapshot)
      : requestAgain(context, stepTo({ ...state, unproven: { number, times } }), 'snapshot older than the stream');
  }
  const proven: Requesting = { ...state, unproven: undefined };
  const isChained = held.newest?.previousEventId !== undefined;
  return isChained && isOlderThan(held.newest)
    ? awaitNext(context, proven, snapshot)
    : judge(context, proven, snapshot);
}

/**
 * What is held goes on past the snapshot, by a time that may be of a clock that was set back meanwhile: then it would be
 * folded into what holds it already, and has gone on since. Where each change names the one before it, whoever hears the stream
 * go on from there has it all folded in, and a later snapshot needs none of it. Where none does, the next change would tell no
 * more, and might be long in coming.
 */
function awaitNext(context: BookContext, state: Requesting, snapshot: DepthSnapshot): Step {
  const candidate = isDoubted(context, state) ? candidateOf(context, state, snapshot) : { snapshot, isProven: true };
  return requestSnapshot(context, stepTo({ ...state, candidate }));
}

function judge(context: BookContext, state: Requesting, snapshot: DepthSnapshot): Step {
  const { rule, elapsed } = context;
  const { mending, numbering } = state;
  const now = elapsed();
  const isFar = isAhead(context, state, snapshot) && isTooFar(rule, snapshot, numbering);
  if (!isFar && !isDoubted(context, state)) return takeSnapshot(context, stepTo(state), snapshot);
  const evidence = evidenceIn(context, state, snapshot);
  if (evidence === 'agrees') return takeSnapshot(context, stepTo(state), snapshot);
  const doubted = isFar ? { ...state, mending: { ...mending, doubtedAt: now } } : state;
  if (evidence === 'contradicts') return requestAgain(context, stepTo(doubted), 'snapshot of another numbering');
  const waiting: Requesting = { ...doubted, candidate: candidateOf(context, state, snapshot, isFar) };
  const reached = reachCandidate(context, stepTo(waiting), waiting);
  return reached.state.phase === 'following' || reached.want !== undefined
    ? reached
    : requestAgain(context, reached, 'snapshot ahead of the stream');
}

/**
 * The snapshot that was not believed yet is, once the stream has come to it; or it is given up, where the stream says other
 * things or lost what came next. Another one is requested already.
 */
export function reachCandidate(context: BookContext, step: Step, state: Requesting): Step {
  const { candidate, held } = state;
  if (candidate === undefined || isAhead(context, state, candidate.snapshot)) return step;
  const { snapshot, isProven } = candidate;
  const evidence = evidenceIn(context, state, snapshot);
  // Whatever becomes of it, it is not tried with every diff.
  const without: Step = { ...step, state: { ...state, candidate: undefined } };
  if (evidence === 'contradicts' || meetingPoint(context.rule, state.mending, snapshot, diffsOf(held)) === undefined)
    return without;
  return evidence === 'agrees' || isProven ? takeSnapshot(context, without, snapshot) : step;
}

/** What the stream says of a snapshot. Numbers that only the present counting told speak for it by themselves. */
function evidenceIn({ rule, fold }: BookContext, state: Requesting, snapshot: DepthSnapshot): Evidence {
  const { held, numbering, candidate } = state;
  const { newest } = numbering;
  if (newest === undefined || !isReached(rule, snapshot, newest)) return 'none';
  const isKnown = !mayBePast(numbering, numberOf(snapshot));
  // One that was reached only later was ahead of the stream, and doubted.
  if (isKnown && candidate?.snapshot !== snapshot) return 'agrees';
  const evidence = fold === plainFold ? evidenceOf(rule, snapshot, held.count > 0 ? diffsOf(held) : [newest]) : 'none';
  return isKnown && evidence === 'contradicts' ? 'none' : evidence;
}

/**
 * Whether the stream came further than the snapshot by diffs that are not held. Where something is held, a rule that knows
 * a loss tells by itself; one that does not must not go back behind what was ever told of this counting.
 */
function isOutrun({ rule }: BookContext, { held, passed, numbering }: Requesting, snapshot: DepthSnapshot): boolean {
  if (!isNumbered(rule)) return false;
  const isBlind = rule.isBlind === true;
  const last = held.count === 0 ? numbering.newest : isBlind ? passed : undefined;
  return (last !== undefined && isBehind(snapshot, positionOf(last))) || (isBlind && isBeforePast(numbering, snapshot));
}

/**
 * Of two whose counting goes on the later one is of the present counting more surely, if the stream has come to it. One that is
 * too far ahead of that shows nothing of the other's.
 */
const candidateOf = (context: BookContext, state: Requesting, snapshot: DepthSnapshot, isFar = false): Candidate => {
  const before = state.candidate?.snapshot;
  if (before === undefined || !isBehind(before, snapshot)) return { snapshot, isProven: false };
  return { snapshot: isAhead(context, state, snapshot) ? before : snapshot, isProven: !isFar };
};

const isAhead = ({ rule }: BookContext, { numbering: { newest } }: Requesting, snapshot: DepthSnapshot): boolean =>
  newest === undefined || !isReached(rule, snapshot, newest);

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
