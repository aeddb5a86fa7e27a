import type { BookState, StaleReason } from '../../model/bookState.js';
import type { DepthDiff, DepthEvent, DepthSnapshot, ResetReason } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import { type Folded, plainFold } from '../fold.js';
import { type BreakNote, broken, gapAt, isBreak } from './breaks.js';
import type { BookPosition } from '../continuity/rule.js';
import type { MachineConfig, MachineInput, MachinePort } from './port.js';
import type { Note } from './note.js';
import { meetingPoint } from './meetingPoint.js';
import { leadOf, numberedBy, numberOf, orderOf, positionOf, unnumbered, type Order } from './numbering.js';
import { isCrossed } from '../orderBook.js';
import { emptyTally } from '../tally.js';

/**
 * A book and all that keeps it right. Knows neither RxJS nor a clock: what it returns is told what happens, step by step,
 * and answers through its port within that step. The same inputs at the same times give the same answers.
 *
 *     down ──begun──▶ requesting ──snapshot──▶ live ──diff──▶ live
 *                     listening  ──(by request,  (fresh: no diff │
 *                         ▲         or in band)   folded yet)    │
 *                         └──────── gap, checksum, crossed, resync ─┘      lost: from anywhere to down
 *
 * - A book goes stale in the very step that notices a loss; its state keeps the last book that was right.
 * - One snapshot is wanted at a time, under a number; an answer to any other number is passed over.
 * - The events it tells are a stream that a fold of somebody's own can trust: reset, snapshot, diffs that continue it.
 * - Within a step it notes first, then tells, then wants. The time is asked for only where it matters: a clock costs as
 *   much as half of a fold.
 */
export function bookMachine(
  config: MachineConfig,
  { now, tell, note, want }: MachinePort,
): (input: MachineInput) => void {
  const { rule, join, mend, fold = plainFold, tally = emptyTally() } = config;
  const { holdLimit = 10_000, holdLevels = 200_000 } = config;
  const folding = { ...config, tally };
  // Where each message is a whole book, the next one mends.
  const mendsItself = rule.name === 'replace';
  const first = join === 'request' ? 'requesting' : 'listening';

  /** `requesting` holds diffs and wants a snapshot by request; `listening` waits for one in the stream. */
  let phase: 'down' | 'requesting' | 'listening' | 'live' = 'down';
  let state: BookState = { status: 'syncing' };
  /** The book as folded so far; there is one while `live` only. */
  let book: OrderBook | undefined;
  /** Whether no diff was folded into it yet. */
  let isFresh = true;
  let held: DepthDiff[] = [];
  let heldLevels = 0;
  /** How far the numbers of the stream have come, in this session. */
  let numbering = unnumbered;
  /** The diffs that the snapshot holds already: the first of them, how many, and how many came after it. */
  let firstPassed: DepthDiff | undefined;
  let paced = 0;
  let passed = 0;
  /** How often in a row snapshot and stream did not seem to be of one counting. */
  let doubts = 0;
  /** A snapshot ahead of all that is held, and whether a later one has shown that its counting goes on. */
  let candidate: DepthSnapshot | undefined;
  let isProven = false;
  /** The number of the snapshot that is wanted at the moment; 0 when none is. */
  let asking = 0;
  let asked = 0;
  let attempt = 0;
  let liveSince = Infinity;
  /** Whether there was a live book in this session. */
  let hasJoined = false;
  /** Whether a reset was told and nothing since. */
  let isClean = false;

  const say = (said: Note): void => {
    if (said.type === 'gap' && said.reason === 'gap') tally.gaps += 1;
    note(said);
  };

  /** Wants a snapshot. A book that was live for long enough counts its attempts from the first. */
  const ask = (atLeast = 0): void => {
    attempt = now() - liveSince >= config.stableAfter ? 1 : attempt + 1;
    liveSince = Infinity;
    asking = asked += 1;
    want(asking, attempt, atLeast, phase === 'requesting');
  };
  const askOnce = (): void => {
    if (asking === 0 && !mendsItself) ask();
  };
  const askAgain = (text: string, atLeast?: number): void => {
    say({ type: 'snapshot', attempt, text });
    ask(atLeast);
  };
  const settle = (): void => want((asking = 0), 0, 0, false);
  /** It was us who asked for a new subscription: how often, and by when it must have helped, goes on counting. */
  const isOwnBeginning = (): boolean => mend === 'resubscribe' && asking > 0;

  /** What a book that stops being right claims. The moment it stopped being live stays the first one. */
  const goStale = (reason: StaleReason, events: readonly DepthEvent[]): void => {
    const before = state;
    if (state.status === 'live' || (state.status === 'stale' && state.reason !== reason)) {
      const since = state.status === 'live' ? now() : state.since;
      state = { status: 'stale', book: state.book, reason, since };
    }
    if (state !== before || events.length > 0) tell(state, events);
  };
  const letGo = (): void => {
    tally.early += held.length;
    release();
  };
  const release = (): void => {
    held = [];
    heldLevels = 0;
  };
  /** All that was folded and held is void. */
  const fall = (reason: ResetReason, to: typeof phase): void => {
    const { instrument } = config;
    const events: DepthEvent[] = isClean ? [] : [{ type: 'reset', instrument, reason, receivedTime: now() }];
    letGo();
    book = candidate = undefined;
    isClean = true;
    phase = to;
    settle();
    goStale(reason === 'connected' ? 'disconnected' : reason, events);
  };
  /** The book is not to be trusted any more, and what mends it is asked for; a diff that told is held for that. */
  const breakBook = (reason: ResetReason, said?: Note, diff?: DepthDiff): void => {
    if (said) say(said);
    fall(reason, mend === 'request' && !mendsItself ? 'requesting' : 'listening');
    if (diff) keep(diff);
    askOnce();
  };
  /** The numbers of stream and book don't belong together; a snapshot is believed only when the stream has reached it. */
  const doubt = (said: Note, diff: DepthDiff): void => {
    doubts += 1;
    // It was no book that was live for a while, though it claimed so.
    liveSince = Infinity;
    breakBook('gap', said, diff);
  };

  const goLive = (): void => {
    // A book that was only silent was not broken: it has one to fold into.
    if (state.status === 'stale' && book === undefined) {
      const after = now() - state.since;
      say({ type: 'resnapshot', after, text: `live after ${after} ms` });
    }
    if (isClean) {
      // Beginning is no mending: the first break after it is mended at once.
      if (!hasJoined) attempt = 0;
      hasJoined = true;
      isClean = false;
      liveSince = now();
      settle();
    }
    candidate = undefined;
    passed = 0;
    [firstPassed, paced] = [held[0], held.length];
    release();
    phase = 'live';
  };
  const claim = (next: OrderBook, events: readonly DepthEvent[]): void => {
    book = next;
    state = { status: 'live', book };
    tell(state, events);
  };

  /** The net below the rule and the venue's own: a best bid not below the best ask. */
  const goOn = (from: OrderBook | DepthSnapshot, diff: DepthDiff): Folded | BreakNote => {
    const folded = fold(from, diff, folding);
    if (isBreak(folded) || !isCrossed(folded[0])) return folded;
    if (!('type' in from)) tally.crossed += 1;
    return broken('crossed');
  };

  const onDiff = (diff: DepthDiff): void => {
    tally.diffs += 1;
    if (book === undefined && phase !== 'requesting') {
      // There is no book to fold into, and no snapshot is asked for.
      tally.early += 1;
      return;
    }
    const last = numbering.newest;
    const order = orderOf(rule, numbering, diff);
    numbering = numberedBy(numbering, order, diff);
    if (order === 'repeat') tally.stale += 1;
    else if (book === undefined) hold(diff, order, last);
    else if (order === 'anew') doubt(gapAt(rule, book, diff), diff);
    else follow(book, diff, order);
  };
  const follow = (from: OrderBook, diff: DepthDiff, order: Order): void => {
    const following = isFresh ? rule.join(from, diff) : order;
    if (following === 'stale' || following === 'behind') {
      passOver(from, diff);
      return;
    }
    const isLost = following === 'gap' || following === 'ahead';
    const folded = isLost ? gapAt(rule, from, diff) : goOn(from, diff);
    if (isBreak(folded)) breakBook(folded.reason, folded, diff);
    else {
      const [next, read] = folded;
      tally.applied += 1;
      isFresh = false;
      doubts = 0;
      claim(next, [read]);
    }
  };
  /** Before the first diff is folded, the snapshot may be newer than the stream by a few. */
  const passOver = (from: OrderBook, diff: DepthDiff): void => {
    if (isFresh) {
      paced += 1;
      passed += 1;
      firstPassed ??= diff;
      if (passed > ROOM || isFar(from, firstPassed, diff, paced)) {
        doubt(gapAt(rule, from, diff), diff);
        return;
      }
    }
    tally.stale += 1;
  };

  /** There is no book to fold into: the diff is held for the snapshot. */
  const hold = (diff: DepthDiff, order: Order, last: DepthDiff | undefined): void => {
    if (order === 'behind') {
      tally.stale += 1;
      return;
    }
    if (last !== undefined && (order === 'anew' || (order === 'gap' && held.length > 0))) {
      // No snapshot can join what lies before the loss and go on past it.
      letGo();
      say(gapAt(rule, positionOf(last), diff));
      if (order === 'anew') {
        doubts += 1;
        candidate = undefined;
      }
    }
    keep(diff);
    if (candidate !== undefined && isProven && isReached(candidate, diff)) {
      onSnapshot(candidate);
      return;
    }
    // The first held diff shows that the stream flows: a snapshot asked for now is not older than it.
    askOnce();
  };
  const keep = (diff: DepthDiff): void => {
    if (phase !== 'requesting') {
      tally.early += 1;
      return;
    }
    const levels = diff.bids.length + diff.asks.length;
    if (held.length >= holdLimit || heldLevels + levels > holdLevels) {
      say({ type: 'dropped', count: held.length, text: 'too many held' });
      letGo();
    }
    held.push(diff);
    heldLevels += levels;
  };
  const isReached = (snapshot: DepthSnapshot, diff: DepthDiff): boolean =>
    endsAt(snapshot, diff) || rule.join(snapshot, diff) !== 'stale';

  /**
   * A snapshot that is ahead of the stream is believed at once, unless there is a doubt that both are of one counting. Then
   * it waits for the stream to reach it, and for a later snapshot that shows that its counting goes on: one of a counting
   * that is over would be reached too, by other numbers.
   */
  const onAnswer = (snapshot: DepthSnapshot): void => {
    if (!isAhead(snapshot) || !isDoubted(snapshot)) onSnapshot(snapshot);
    else {
      doubts = Math.max(doubts, 1);
      isProven = candidate !== undefined && isBehind(candidate, snapshot);
      if (!isProven) candidate = snapshot;
      if (candidate !== undefined && !isAhead(candidate)) onSnapshot(candidate);
      else askAgain('snapshot ahead of the stream');
    }
  };
  const isAhead = (snapshot: DepthSnapshot): boolean => {
    const newest = held.at(-1);
    return newest === undefined || !isReached(snapshot, newest);
  };
  const isDoubted = (snapshot: DepthSnapshot): boolean => {
    const [oldest] = held;
    return doubts > 0 || (oldest !== undefined && isFar(snapshot, oldest, held.at(-1) ?? oldest, held.length));
  };
  /** What is held is folded into the snapshot, if the two meet. */
  const onSnapshot = (snapshot: DepthSnapshot): void => {
    const from = meetingPoint(rule, snapshot, held);
    // The buffer stays: thrown away, the next snapshot would be too old for what comes after it, and so on for ever.
    if (from === undefined) {
      askAgain('snapshot too old');
      return;
    }
    const begun = goOn(snapshot, { ...snapshot, type: 'diff', bids: [], asks: [] });
    if (isBreak(begun)) {
      if (book !== undefined) breakBook(begun.reason, begun);
      // Where every message is a snapshot, one note says that they are bad, not one per message.
      else if (!mendsItself) askAgain(begun.text);
      return;
    }
    let [next] = begun;
    tally.snapshots += 1;
    tally.stale += from;
    const events: DepthEvent[] = [snapshot];
    // What is held continues from one diff to the next: it was held by that rule.
    for (const diff of held.slice(from)) {
      const folded = goOn(next, diff);
      if (isBreak(folded)) {
        held.splice(0, from + events.length - 1);
        askAgain(folded.text);
        return;
      }
      tally.applied += 1;
      events.push(folded[1]);
      [next] = folded;
    }
    goLive();
    isFresh = events.length === 1;
    if (!isFresh) doubts = 0;
    claim(next, events);
  };

  /**
   * A message is missing. Where diffs are numbered the next one tells; where nothing does, the book is as good as broken.
   * One that waits for a snapshot in the stream may have missed just that.
   */
  const onMissed = (): void => {
    const missing = broken('gap', undefined, undefined, 'message missing');
    if (phase === 'listening') askOnce();
    else if (rule.isBlind) {
      if (book !== undefined) breakBook('gap', missing);
      else if (held.length > 0) {
        letGo();
        say(missing);
        ask();
      }
    }
  };

  tell(state, []);
  return (input) => {
    switch (input.type) {
      case 'diff':
        onDiff(input);
        break;
      case 'snapshot':
        // In the stream it replaces whatever was there: it is newer than everything told before it.
        if (phase === 'down') break;
        tally.stale += held.length;
        release();
        candidate = undefined;
        numbering = unnumbered;
        onSnapshot(input);
        break;
      case 'answered':
        // An answer that comes after the session it was asked in, or after a newer question, is nobody's.
        if (input.asked === asking) onAnswer(input.snapshot);
        break;
      case 'failed':
        if (input.asked === asking) askAgain(input.text, input.atLeast);
        break;
      case 'begun':
        numbering = unnumbered;
        doubts = 0;
        if (isOwnBeginning()) phase = 'listening';
        else {
          fall('connected', first);
          attempt = 0;
          hasJoined = false;
        }
        break;
      case 'confirmed':
        if (phase === 'requesting') askOnce();
        break;
      case 'lost':
        if (phase === 'down') break;
        if (input.reason !== 'gap') fall('disconnected', 'down');
        else if (isOwnBeginning()) phase = 'down';
        else {
          say(broken('gap'));
          fall('gap', 'down');
        }
        break;
      case 'reset':
        // A snapshot follows by itself, or is asked for.
        if (phase === 'down') break;
        numbering = unnumbered;
        fall(input.reason, first);
        if (first === 'requesting') askOnce();
        break;
      case 'missed':
        onMissed();
        break;
      case 'silence':
        // The book stays: if nothing was lost, the next diff continues it.
        if (state.status === 'live') goStale('silent', []);
        break;
      case 'resync':
        if (book !== undefined) {
          // Where it is planned nothing is wrong, and no pause is due.
          if (input.isPlanned) attempt = 0;
          breakBook('resync');
        }
        // One that is being mended already goes on being mended.
        else if (phase !== 'down') askOnce();
    }
  };
}

const isBehind = (one: BookPosition, other: BookPosition): boolean => (numberOf(one) ?? 0) < (numberOf(other) ?? 0);
const endsAt = (snapshot: DepthSnapshot, diff: DepthDiff): boolean =>
  numberOf(snapshot) !== undefined && numberOf(snapshot) === numberOf(positionOf(diff));

/** Whether a stream that came from `first` to `last` by so many diffs will not reach the snapshot soon. */
const isFar = (snapshot: BookPosition, first: DepthDiff, last: DepthDiff, count: number): boolean =>
  count >= PACED_BY && leadOf(snapshot, first, last, count) > FAR;

/** So many diffs in a row show at what pace the stream comes nearer to a snapshot. */
const PACED_BY = 3;
/** Many times more diffs than a snapshot is ahead of its stream: Binance's were by up to 14, guessed as 46 by the pace. */
const FAR = 100;
/** By so many diffs a snapshot may be newer than the stream that goes on from it. */
const ROOM = 32;
