import type { BookState, StaleReason } from '../model/bookState.js';
import type { DepthDiff, DepthEvent, DepthSnapshot, ResetReason } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';
import type { Position } from './continuity/rule.js';
import type { BreakNote, MachineConfig, MachineInput, MachinePort, Note } from './machine/machine.js';
import { meetingPoint } from './machine/meetingPoint.js';
import { applyDiff, bookFrom, isCrossed } from './orderBook.js';
import { emptyTally } from './tally.js';

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
  const { rule, join, checksum, sizes, holdLimit = 10_000, tally = emptyTally() } = config;
  const fold = { depth: config.depth, tally };
  // Where each message is a whole book, the next one mends.
  const mendsItself = rule.name === 'replace';
  const mendsByRequest = config.mend === 'request' && !mendsItself;
  const first = join === 'request' ? 'requesting' : 'listening';

  /** `requesting` holds diffs and wants a snapshot by request; `listening` waits for one in the stream. */
  let phase: 'down' | 'requesting' | 'listening' | 'live' = 'down';
  let state: BookState = { status: 'syncing' };
  /** The book as folded so far; there is one while `live` only. */
  let book: OrderBook | undefined;
  /** Whether no diff was folded into it yet. */
  let isFresh = true;
  /** The last diff folded, with its sizes as they were read. */
  let read: DepthDiff;
  let held: DepthDiff[] = [];
  /** The diff that a checksum or a crossed book was noticed at, while it is held. */
  let suspect: DepthDiff | undefined;
  /** The number of the snapshot that is wanted at the moment; 0 when none is. */
  let asking = 0;
  let asked = 0;
  let attempt = 0;
  /** Diffs in a row that lay behind the newest one held. */
  let behind = 0;
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
    asked += 1;
    asking = asked;
    want(asking, attempt, atLeast, phase === 'requesting');
  };
  const askOnce = (): void => {
    if (asking === 0 && !mendsItself) ask();
  };
  const askAgain = (text: string, atLeast?: number): void => {
    say({ type: 'snapshot', attempt, text: `snapshot ${attempt}: ${text}` });
    ask(atLeast);
  };
  const settle = (): void => want((asking = 0), 0, 0, false);

  /** What a book that stops being right claims. The moment it stopped being live stays the first one. */
  const goStale = (reason: StaleReason, events: readonly DepthEvent[]): void => {
    const before = state;
    if (state.status === 'live' || (state.status === 'stale' && state.reason !== reason)) {
      const since = state.status === 'live' ? now() : state.since;
      state = { status: 'stale', book: state.book, reason, since };
    }
    if (state !== before || events.length > 0) tell(state, events);
  };
  /** All that was folded and held is void, but for what is kept. */
  const fall = (reason: ResetReason, to: typeof phase, said?: Note, kept: DepthDiff[] = []): void => {
    const { instrument } = config;
    const events: DepthEvent[] = isClean ? [] : [{ type: 'reset', instrument, reason, receivedTime: now() }];
    tally.early += held.length;
    held = kept;
    suspect = book = undefined;
    isClean = true;
    phase = to;
    settle();
    if (said !== undefined) say(said);
    goStale(reason === 'connected' ? 'disconnected' : reason === 'overflow' ? 'gap' : reason, events);
  };
  /** The book is not to be trusted any more, and what mends it is asked for once; a diff that told is held for that. */
  const breakBook = (reason: ResetReason, said?: Note, diff?: DepthDiff): void => {
    if (mendsByRequest) fall(reason, 'requesting', said, diff && [diff]);
    else {
      if (diff !== undefined) tally.early += 1;
      fall(reason, 'listening', said);
    }
    if (reason !== 'gap') suspect = diff;
    askOnce();
  };
  /** It was us who asked for a new subscription: how often, and by when it must have helped, goes on counting. */
  const isOwnBeginning = (): boolean => config.mend === 'resubscribe' && asking !== 0 && book === undefined;

  const broken = (
    reason: BreakNote['reason'],
    expected?: number | string,
    received?: number,
    text = expected === undefined ? reason : `${reason}, expected ${expected}, got ${received ?? 'another'}`,
  ): BreakNote => ({ type: 'gap', reason, expected, received, text });
  const gapAt = ({ sequence }: Position, diff: DepthDiff): BreakNote => {
    const isLink = rule.name === 'link';
    const expected = isLink || sequence === undefined ? sequence : sequence + 1;
    return broken('gap', expected, isLink ? diff.previousSequence : (diff.firstSequence ?? diff.lastSequence));
  };
  /** The nets below the rule: the venue's checksum, where one is told, and a best bid not below the best ask. */
  const judged = (next: OrderBook, expected: number | string | undefined): OrderBook | BreakNote => {
    if (checksum !== undefined && expected !== undefined) {
      const holds = checksum(next, expected);
      tally[holds ? 'checksumsHeld' : 'checksumsFailed'] += 1;
      if (!holds) return broken('checksum', expected);
    }
    return isCrossed(next) ? broken('crossed') : next;
  };
  const folded = (onto: OrderBook, diff: DepthDiff): OrderBook | BreakNote => {
    const sized = sizes === undefined ? diff : sizes(onto, diff);
    if (typeof sized === 'string') return broken('gap', undefined, undefined, sized);
    read = sized;
    const next = judged(applyDiff(onto, read, fold), diff.checksum);
    if (!isBreak(next)) tally.applied += 1;
    else if (next.reason === 'crossed') tally.crossed += 1;
    return next;
  };

  const goLive = (next: OrderBook, events: readonly DepthEvent[]): void => {
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
      suspect = undefined;
      liveSince = now();
      settle();
    }
    held = [];
    phase = 'live';
    isFresh = events.length === 1;
    goOn(next, events);
  };
  const goOn = (next: OrderBook, events: readonly DepthEvent[]): void => {
    book = next;
    state = { status: 'live', book };
    tell(state, events);
  };

  const onDiff = (diff: DepthDiff): void => {
    tally.diffs += 1;
    if (book === undefined) {
      hold(diff);
      return;
    }
    const following = isFresh ? rule.join(book, diff) : rule.next(book, diff);
    if (following === 'stale') {
      tally.stale += 1;
      return;
    }
    const next = following === 'gap' || following === 'ahead' ? gapAt(book, diff) : folded(book, diff);
    if (isBreak(next)) breakBook(next.reason, next, diff);
    else {
      isFresh = false;
      goOn(next, [read]);
    }
  };
  /** There is no book to fold into: the diff is held for the snapshot, or given up where none is asked for. */
  const hold = (diff: DepthDiff): void => {
    if (phase !== 'requesting') {
      tally.early += 1;
      return;
    }
    const newest = held.at(-1);
    const last: Position = { sequence: newest?.lastSequence, venueTime: newest?.venueTime };
    const following = newest && rule.next(last, diff);
    behind = following === 'stale' ? behind + 1 : 0;
    if (following === 'stale' && behind < DOUBTED_AFTER) {
      tally.stale += 1;
      return;
    }
    if (following === 'gap' || following === 'stale') {
      // No snapshot can join what lies before the loss and go on past it.
      tally.early += held.length;
      held = [];
      say(gapAt(last, diff));
    } else if (held.length >= holdLimit) {
      // A block at a time: cheaper than one by one, and one note for many.
      const count = Math.ceil(holdLimit / 8);
      tally.early += count;
      held.splice(0, count);
      say({ type: 'dropped', count, text: `gave up ${count} held diffs` });
    }
    held.push(diff);
    // The first held diff shows that the stream flows: a snapshot asked for now is not older than it.
    askOnce();
  };

  /** What is held is folded into the snapshot, if the two meet. */
  const onSnapshot = (snapshot: DepthSnapshot): void => {
    const from = meetingPoint(rule, snapshot, held, suspect);
    // The buffer stays: thrown away, the next snapshot would be too old for what comes after it, and so on for ever.
    if (from === undefined) {
      askAgain('too old');
      return;
    }
    let next = judged(bookFrom(snapshot, fold), snapshot.checksum);
    if (isBreak(next)) {
      if (book !== undefined) breakBook(next.reason, next);
      // Where every message is a snapshot, one note says that they are bad, not one per message.
      else if (!mendsItself) askAgain(next.text);
      return;
    }
    tally.snapshots += 1;
    tally.stale += from;
    const events: DepthEvent[] = [snapshot];
    // What is held continues from one diff to the next: it was held by that rule.
    for (const diff of held.slice(from)) {
      const onto = folded(next, diff);
      if (isBreak(onto)) {
        held = held.slice(from + events.length - 1);
        suspect = diff;
        askAgain(`a held diff: ${onto.text}`);
        return;
      }
      events.push(read);
      next = onto;
    }
    goLive(next, events);
  };

  /**
   * A message is missing. Where diffs are numbered the next one tells; where nothing does, the book is as good as broken.
   * One that waits for a snapshot in the stream may have missed just that.
   */
  const onMissed = (): void => {
    if (phase === 'listening') {
      askOnce();
      return;
    }
    if (!['none', 'watermark', 'increasing'].includes(rule.name)) return;
    const missing = broken('gap', undefined, undefined, 'a message is missing');
    if (book !== undefined) breakBook('gap', missing);
    else if (held.length > 0) {
      tally.early += held.length;
      held = [];
      say(missing);
      ask();
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
        held = [];
        onSnapshot(input);
        break;
      case 'answered':
        // An answer that comes after the session it was asked in, or after a newer question, is nobody's.
        if (input.asked === asking) onSnapshot(input.snapshot);
        break;
      case 'failed':
        if (input.asked === asking) askAgain(input.text, input.atLeast);
        break;
      case 'begun':
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
      case 'lost': {
        const isGap = input.reason === 'gap';
        if (phase === 'down') break;
        if (isGap && isOwnBeginning()) phase = 'down';
        else fall(isGap ? 'gap' : 'disconnected', 'down', isGap ? broken('gap') : undefined);
        break;
      }
      case 'reset':
        // A snapshot follows by itself, or is asked for.
        if (phase === 'down') break;
        fall(input.reason, first);
        if (first === 'requesting') ask();
        break;
      case 'missed':
        onMissed();
        break;
      case 'silence':
        // The book stays: if nothing was lost, the next diff continues it.
        if (state.status === 'live') goStale('silent', []);
        break;
      case 'resync':
        // One that is being mended already goes on being mended.
        // Where it is planned nothing is wrong, and no pause is due.
        if (book !== undefined && input.isPlanned === true) attempt = 0;
        if (book !== undefined) breakBook('resync');
        else if (phase !== 'down') askOnce();
    }
  };
}

/** So many diffs in a row that lie behind what is held say that what is held is not of this book. */
const DOUBTED_AFTER = 3;

const isBreak = (judged: OrderBook | BreakNote): judged is BreakNote => 'type' in judged;
