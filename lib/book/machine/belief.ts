import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { ContinuityRule } from '../continuity/rule.js';
import { plainFold } from '../fold.js';
import type { BookContext } from './context.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { diffsOf } from './held.js';
import { isBehind, isNumbered, isOfAnotherTime, isReached, isTooFar } from './lead.js';
import { meetingPoint } from './meetingPoint.js';
import { requestAgain, requestSnapshot } from './mending.js';
import { isBeforePast, type Numbering, mayBePast, numberOf, positionOf } from './numbering.js';
import { type Candidate, type Fresh, type Machine, type Requesting, type Step, stepTo } from './state.js';
import { takeSnapshot } from './taking.js';

/** So long after a doubt a snapshot is held to be of the stream's counting again, in ms: no cache is that old. */
export const DOUBT_LASTS = 30_000;

const isDoubted = ({ elapsed }: BookContext, { mending }: Machine): boolean =>
  elapsed() - mending.doubtedAt < DOUBT_LASTS;

/** Whether what the stream told of a snapshot that was believed says that it is of another counting. */
export const isDisproved = (context: BookContext, state: Machine, { snapshot, diffs }: Fresh): boolean =>
  diffs.length > 0 &&
  context.fold === plainFold &&
  isDoubted(context, state) &&
  evidenceOf(context.rule, snapshot, diffs) === 'contradicts';

/** So often the same one must come, which is older than its stream: there is nothing newer. */
const SAME = 3;

/**
 * By times alone it can't be seen whether a change lies between a snapshot and the first that is held. It was requested after
 * that one was told, and so holds it: one that is older is a stale one. Nor is any joined by what is held while what comes lies
 * behind that: a clock may have been set back.
 */
export function prove(context: BookContext, state: Requesting, snapshot: DepthSnapshot): Step {
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
  const isFar = isAhead(context, state, snapshot) && isFarFrom(numbering, rule, snapshot);
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

/** By time alone a stream that was quiet before may be as far behind as it likes: what it tells next says more. */
const isFarFrom = (numbering: Numbering, rule: ContinuityRule, snapshot: DepthSnapshot): boolean =>
  isTooFar(rule, snapshot, numbering) ||
  (numbering.newest !== undefined &&
    snapshot.sequence !== undefined &&
    isOfAnotherTime(snapshot, positionOf(numbering.newest)));

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

/**
 * What the stream says of a snapshot. Numbers that only the present counting told speak for it where what was told of its levels
 * does not speak against it: of the one before not all was heard, and a cache may be from ahead of that.
 */
function evidenceIn({ rule, fold }: BookContext, state: Requesting, snapshot: DepthSnapshot): Evidence {
  const { held, numbering, candidate } = state;
  const { newest } = numbering;
  if (newest === undefined || !isReached(rule, snapshot, newest)) return 'none';
  const evidence = fold === plainFold ? evidenceOf(rule, snapshot, held.count > 0 ? diffsOf(held) : [newest]) : 'none';
  // One that was reached only later was ahead of the stream, and doubted.
  const isKnown = candidate?.snapshot !== snapshot && !mayBePast(numbering, numberOf(snapshot));
  return evidence === 'none' && isKnown ? 'agrees' : evidence;
}

/**
 * Whether the stream came further than the snapshot by diffs that are not held. Where something is held, a rule that knows
 * a loss tells by itself; one that does not must not go back behind what was ever told of this counting.
 */
export function isOutrun(
  { rule }: BookContext,
  { held, passed, numbering }: Requesting,
  snapshot: DepthSnapshot,
): boolean {
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
