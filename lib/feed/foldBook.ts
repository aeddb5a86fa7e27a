import {
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
  asyncScheduler,
  defer,
  map,
  startWith,
  tap,
} from 'rxjs';
import type { ContinuityRule } from '../book/continuity/rule.js';
import type { Fold } from '../book/fold.js';
import { aCount, aDuration, aFunction, aScheduler, aText, anObject, checkConfig } from '../errors/optionRules.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import type { BookState } from '../model/bookState.js';
import type { DepthEvent, DepthSnapshot } from '../model/depthEvent.js';
import type { FaultNotice } from '../model/fault.js';
import { within } from '../network/within.js';
import { statesOf } from './bookStreams.js';
import { type DepthChannelEvent, depthFeed } from './depthFeed.js';
import type { PausePolicy } from './pause.js';

/** What a {@link foldBook} goes by. */
export interface FoldBookConfig {
  /** How the diffs follow one another: `rangeRule`, `linkRule`, `stepRule`, …; or a rule of your own. */
  readonly rule: ContinuityRule;
  /**
   * Asks for a snapshot; its first value counts. Asked with the first diff, and again, with growing pauses, whenever the
   * book broke, and where none came within 30 s or what came is none; diffs are held meanwhile. Default: none; the book begins with a snapshot of the source, and one that broke
   * is stale until the source tells the next.
   */
  readonly snapshot?: (() => Observable<DepthSnapshot>) | undefined;
  /** What the book is called in resets and faults. Default: `book`. */
  readonly instrument?: string | undefined;
  /**
   * How the diffs are meant: `sized(…)` where sizes are not simply the new ones, `checksummed(…)` where there are checksums
   * Default: each size is the new one at its price.
   */
  readonly fold?: Fold | undefined;
  /** Cuts each side to this many levels after each fold. Default: no cut. */
  readonly depth?: number | undefined;
  /** A live book that nothing continues for this many ms goes stale until the next diff. Default: never. */
  readonly silentAfter?: number | undefined;
  /** How long to wait between two snapshots of a book that keeps breaking. Default: 250 ms, doubling, at most 8 s. */
  readonly pause?: Partial<PausePolicy> | undefined;
  /** Told what was noticed and mended: gaps, snapshots that failed or did not fit. Default: nobody. */
  readonly report?: ((fault: FaultNotice) => void) | undefined;
  /** Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike | undefined;
  /** In [0, 1); spreads the pauses. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * Folds depth events into the states of a book, and keeps it right as `exchange.book(…)` does: joins diffs to a snapshot,
 * notices what is missing, says `stale` in that step, and is live again by the next snapshot.
 *
 *     diffs       -1-2-3---5-6---    5 does not follow 3
 *     snapshot     --s     --t       s holds 1, t holds 5
 *     foldBook    y--1-2-3-!-5-6-    y syncing, ! stale (gap), otherwise live at that sequence
 *
 * Over `exchange.depth(…)` it gives the states of `exchange.book(…)`, one for each event (where a stale
 * book meets another trouble it keeps the first reason, and silence is no event). Over diffs of any other source it
 * takes a `snapshot` to begin with and to be mended by.
 *
 * @returns An operator. Emits `syncing` at once, then a state for each diff and each change of the claim. Each observer has
 *   a book of its own. Completes and errors with the source; errors with a `SubscriptionRefusedError` of `snapshot`, and
 *   with what `fold`, the rule or `report` throw. Any other error of `snapshot` is reported and tried again.
 * @throws InvalidArgumentError at once without a rule, and for what can't be meant.
 */
export function foldBook(config: FoldBookConfig): OperatorFunction<DepthEvent, BookState> {
  checkConfig('config', config, needed, others);
  const { instrument = 'book', scheduler = asyncScheduler, random = Math.random, report = ignore, snapshot } = config;
  const feed = depthFeed({
    ...config,
    channel: instrument,
    instrument,
    scheduler,
    random,
    report,
    snapshot: snapshot && (() => checked(snapshot, scheduler)),
    mend: snapshot === undefined ? 'wait' : undefined,
    resubscribe: ignore,
  });
  return (source) =>
    statesOf(
      source.pipe(
        map((value): DepthChannelEvent => ({ type: 'message', value })),
        startWith<DepthChannelEvent>({ type: 'begun', at: scheduler.now() }),
        feed,
      ),
    );
}

/** How long a snapshot may take, in ms. */
const ANSWERS_WITHIN = 30_000;

/** Whoever answers may be a program without types, or never do so. */
const checked = (snapshot: () => Observable<DepthSnapshot>, scheduler: SchedulerLike): Observable<DepthSnapshot> =>
  defer(snapshot).pipe(
    within(ANSWERS_WITHIN, { scheduler }, () => new RequestFailedError(`no answer within ${ANSWERS_WITHIN} ms`)),
    tap((answer) => {
      const { type, bids, asks } = Object(answer) as Partial<DepthSnapshot>;
      if (type !== 'snapshot' || !Array.isArray(bids) || !Array.isArray(asks))
        throw new TypeError('what came is no snapshot');
    }),
  );

const ignore = (): void => undefined;

const isRule = (value: unknown): boolean => {
  const rule = Object(value) as Partial<ContinuityRule>;
  return typeof rule.join === 'function' && typeof rule.next === 'function';
};

const needed = { rule: [isRule, 'a continuity rule'] as const };
const others = {
  snapshot: aFunction,
  instrument: aText,
  fold: anObject,
  depth: aCount,
  silentAfter: aDuration,
  pause: anObject,
  report: aFunction,
  scheduler: aScheduler,
  random: aFunction,
};
