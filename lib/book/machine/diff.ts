import type { LiveBook } from '../../model/bookState.js';
import type { DepthDiff } from '../../model/depthEvent.js';
import type { ContinuityRule } from '../continuity/rule.js';
import { isDisproved, reachCandidate } from './belief.js';
import { type BreakNote, broken as brokenBy, gapAt, goOn } from './breaks.js';
import type { BookContext } from './context.js';
import { isOfAnotherTime, isTooFar } from './lead.js';
import { requestSnapshot, requestOnce, invalidate, emptied, hold, noted } from './mending.js';
import { DOUBTED_AFTER, type Order, beginsBehind, numberedBy, orderOf, positionOf } from './numbering.js';
import { type Following, type Machine, type Requesting, type Step, stepTo } from './state.js';

/** How long diffs may go ahead of the snapshot that their stream begins with, in ms. */
const SNAPSHOT_WITHIN = 10_000;

/** A diff is folded, held, passed over or discarded; or it shows that the book is broken. */
export function onDiff(given: BookContext, state: Machine, diff: DepthDiff): Step {
  const context = diff.isCheck === true ? (given.checking ?? given) : given;
  const { rule, tally } = context;
  tally.diffs += 1;
  if (state.phase === 'down' || state.phase === 'listening') {
    // There is no book to fold into, and no snapshot is requested.
    tally.early += 1;
    const isAwaited = state.phase === 'listening' && state.mending.pending === 0 && !context.mendsItself;
    // The one that the stream begins with may have been lost: it is given its time.
    return isAwaited ? requestSnapshot(context, stepTo(state), SNAPSHOT_WITHIN) : stepTo(state);
  }
  const { numbering } = state;
  const told = orderOf(rule, numbering, diff);
  // A snapshot that it has yet to join is compared with it by time.
  const hasJoined = state.phase === 'following' && state.fresh === undefined;
  const { newest } = numbering;
  const isSetBack = newest !== undefined && told === 'next' && rule.isSetBack?.(newest, diff) === true;
  const order = isSetBack && !hasJoined ? 'anew' : told;
  const known = isSetBack || (newest === undefined && beginsBehind(numbering, diff)) ? doubted(context, state) : state;
  return known.phase === 'following' ? follow(context, known, order, diff) : waitFor(context, known, order, diff);
}

/** From now on a snapshot may be of another counting. */
const doubted = <M extends Machine>({ elapsed }: BookContext, state: M): M => ({
  ...state,
  mending: { ...state.mending, doubtedAt: elapsed() },
});

function follow(context: BookContext, before: Following, order: Order, diff: DepthDiff): Step {
  const { rule, tally } = context;
  const { book } = before.claim;
  const numbering = numberedBy(before.numbering, order, diff);
  if (order === 'anew') return doubt(context, { ...before, numbering }, diff);
  const { fresh } = before;
  // By time alone it is not known whether the snapshot holds what was lost.
  const isUnknown = order === 'repeat' || (order === 'gap' && rule.isBlind === true);
  const following = fresh === undefined || isUnknown ? order : rule.join(book, diff);
  switch (following) {
    case 'repeat':
      tally.stale += 1;
      return stepTo({ ...before, numbering });
    case 'behind':
      if (wasLost(rule, diff)) return invalidate(context, stepTo({ ...before, numbering }), 'gap', { note: tooLate });
      return passOver(context, { ...before, numbering }, order, diff);
    case 'stale':
      return passOver(context, { ...before, numbering }, order, diff);
    case 'gap':
    case 'ahead':
      return broken(context, { ...before, numbering }, gapAt(rule, book, diff), diff);
    case 'next':
    case 'joins': {
      if (fresh !== undefined && isDisproved(context, before, fresh))
        return doubt(context, { ...before, numbering }, diff);
      if (following === 'joins' && isUnlinked(before, diff))
        return broken(context, { ...before, numbering }, neverTold(diff), diff);
      const folded = goOn(context, book, diff);
      if (folded.type === 'gap') return broken(context, { ...before, numbering }, folded, diff);
      tally.applied += 1;
      const claim: LiveBook = { status: 'live', book: folded.book };
      const state: Following = {
        phase: 'following',
        claim,
        mending: before.mending,
        // The book goes by the numbers that a link to its snapshot leads to, though they lie behind what was told before.
        numbering: order === 'behind' ? numberedBy(before.numbering, 'anew', diff) : numbering,
        isClean: false,
        fresh: undefined,
      };
      return stepTo(state, { state: claim, events: [folded.read] });
    }
  }
}

/**
 * A diff names the one before it, and nothing came before it in this session. Its snapshot bears no name: what lies between
 * the two may be lost.
 */
const isUnlinked = ({ numbering: { newest } }: Following, { previousEventId }: DepthDiff): boolean =>
  newest === undefined && previousEventId !== undefined;

const neverTold = ({ previousEventId = '' }: DepthDiff): BreakNote =>
  brokenBy('gap', { text: `event ${previousEventId}, the one before, never told` });

/**
 * Whether a diff that comes behind a later one was missing until then, with nothing to tell of that: the book has not what it
 * changed, and what is folded since may have changed the same. Where diffs are numbered, or name the one before, its loss was
 * told, or it came in its place and comes again.
 */
const wasLost = (rule: ContinuityRule, { previousEventId }: DepthDiff): boolean =>
  rule.isBlind === true && previousEventId === undefined;

const tooLate: BreakNote = brokenBy('gap', { text: 'a change that came too late' });

const broken = (context: BookContext, state: Following, note: BreakNote, diff: DepthDiff): Step =>
  invalidate(context, stepTo(state), note.reason, { note, diff });

/** Before the first diff is folded, the snapshot may be newer than the stream by a few. */
function passOver(context: BookContext, state: Following, order: Order, diff: DepthDiff): Step {
  const { fresh } = state;
  if (fresh === undefined) {
    context.tally.stale += 1;
    return stepTo(state);
  }
  const passed = fresh.passed + 1;
  // What the stream itself begins with comes before what goes on from it.
  const isOver = context.mend !== 'request' && passed >= DOUBTED_AFTER;
  const { book } = state.claim;
  if (isOver || isOfAnotherTime(book, positionOf(diff)) || isTooFar(context.rule, book, state.numbering, passed))
    return doubt(context, state, diff);
  context.tally.stale += 1;
  return stepTo({ ...state, fresh: { ...fresh, passed, diffs: diffsAfter(fresh.diffs, order, diff) } });
}

/** So many diffs that were passed over are remembered: the last ones tell as much. */
const REMEMBERED = 32;

/** What a snapshot that holds the last of them must have: no loss in it, and none that came late. */
function diffsAfter(diffs: readonly DepthDiff[], order: Order, diff: DepthDiff): readonly DepthDiff[] {
  if (order === 'behind' || order === 'repeat') return diffs;
  return order === 'gap' ? [diff] : [...diffs.slice(1 - REMEMBERED), diff];
}

/** The numbers of stream and book don't belong together; a snapshot is believed only when the stream has reached it. */
function doubt(context: BookContext, state: Following, diff: DepthDiff): Step {
  // It was no book that was live for a while, though it claimed so.
  const { mending } = doubted(context, state);
  const before = { ...state, mending: { ...mending, liveSince: Infinity } };
  return broken(context, before, gapAt(context.rule, state.claim.book, diff), diff);
}

/** There is no book to fold into: the diff is held for the snapshot. */
function waitFor(context: BookContext, before: Requesting, order: Order, diff: DepthDiff): Step {
  const { tally } = context;
  const state: Requesting = { ...before, numbering: numberedBy(before.numbering, order, diff) };
  if (order === 'behind' && wasLost(context.rule, diff)) return lostBefore(context, before, state, order, diff);
  if (order === 'repeat' || order === 'behind') {
    tally.stale += 1;
    return stepTo(state);
  }
  const held = hold(context, order === 'next' ? stepTo(state) : lostBefore(context, before, state, order, diff), diff);
  const reached = held.state.phase === 'requesting' ? reachCandidate(context, held, held.state) : held;
  if (reached.state.phase !== 'requesting') return reached;
  // The first held diff shows that the stream flows: a snapshot requested now is not older than it.
  return requestOnce(context, reached);
}

/** No snapshot can join what lies before a loss and go on past it. */
function lostBefore(
  context: BookContext,
  { numbering: { newest } }: Requesting,
  state: Requesting,
  order: 'behind' | 'gap' | 'anew',
  diff: DepthDiff,
): Step {
  if (newest === undefined || (order !== 'anew' && state.held.count === 0)) return stepTo(state);
  context.tally.early += state.held.count;
  // Of what goes by time alone no snapshot says whether it lies before the loss.
  const candidate = context.rule.isBlind === true ? undefined : state.candidate;
  const rest: Requesting = { ...state, ...emptied(state.numbering), candidate };
  const left = order === 'anew' ? doubted(context, { ...rest, candidate: undefined }) : rest;
  return noted(context, stepTo(left), order === 'behind' ? tooLate : gapAt(context.rule, positionOf(newest), diff));
}
