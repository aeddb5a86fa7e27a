import { checksummed } from '../../lib/book/fold.js';
import { audit } from '../../lib/feed/audit.js';
import {
  config as rxjs,
  EMPTY,
  NEVER,
  of,
  Subject,
  throwError,
  VirtualTimeScheduler,
  type Observable,
  type SchedulerLike,
  map,
  take,
  takeWhile,
} from 'rxjs';
import { linkRule } from '../../lib/book/continuity/link.js';
import { rangeRule } from '../../lib/book/continuity/range.js';
import { emptyTally } from '../../lib/book/tally.js';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import { depthFeed, type DepthChannelEvent } from '../../lib/feed/depthFeed.js';
import type { DepthFeedConfig } from '../../lib/feed/depthFeedConfig.js';
import type { BookUpdate } from '../../lib/model/bookUpdate.js';
import type { DepthSnapshot } from '../../lib/model/depthEvent.js';
import type { Fault } from '../../lib/model/fault.js';
import { diff, snapshot } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';

const at = (sequence: number): DepthSnapshot =>
  snapshot({ sequence, bids: [[String(sequence), '1']], asks: [['1000', '1']] });
const range = (first: number, last = first) =>
  diff({ firstSequence: first, lastSequence: last, bids: [[String(last), '1']] });
const digits = <T>(of: (n: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Array.from({ length: 10 }, (_, n) => [String(n), of(n)]));

const BEGUN: DepthChannelEvent = { type: 'begun', at: 0 };
const LOST: DepthChannelEvent = { type: 'lost', reason: 'closed', at: 0 };
/** A digit is the diff of that sequence. */
const CHANNEL: Readonly<Record<string, DepthChannelEvent>> = {
  b: BEGUN,
  c: { type: 'confirmed', at: 0 },
  l: LOST,
  // A frame with two diffs, one with none, one with a snapshot.
  F: { type: 'message', value: [range(3), range(4)] },
  E: { type: 'message', value: [] },
  S: { type: 'message', value: at(5) },
  // The diff 3, but one that crosses the book.
  X: { type: 'message', value: diff({ firstSequence: 3, lastSequence: 3, bids: [['1000', '1']] }) },
  ...digits((n) => ({ type: 'message', value: range(n) })),
};
const SNAPSHOTS = digits(at);
const CLAIMS = { y: 'syncing', ...digits(String) };

/** A live book as its sequence, anything else in words. */
const claim = ({ state }: BookUpdate): string =>
  state.status === 'live'
    ? String(state.book.sequence)
    : state.status === 'stale'
      ? `${state.reason}@${state.since}`
      : state.status;

function feedOf({ scheduler }: { readonly scheduler: SchedulerLike }, fields: Partial<DepthFeedConfig> = {}) {
  const faults: Fault[] = [];
  const tally = emptyTally();
  const operator = depthFeed({
    resubscribe: () => undefined,
    channel: 'depth',
    instrument: 'BTCUSDT',
    rule: rangeRule,
    snapshot: () => NEVER,
    scheduler,
    random: () => 0,
    tally,
    report: (fault) => faults.push({ ...fault, venue: 'acme', at: scheduler.now() }),
    ...fields,
  });
  return { operator, faults, tally };
}

/** Answers the n-th request with the n-th observable; one more is an error. */
function inTurn(...answers: readonly Observable<DepthSnapshot>[]): () => Observable<DepthSnapshot> {
  let asked = 0;
  return () => {
    const answer = answers[asked];
    asked += 1;
    if (answer === undefined) throw new SubscriptionRefusedError('acme', 'depth', `request ${asked} was not expected`);
    return answer;
  };
}

describe('depthFeed', () => {
  it(
    'joins, goes stale with a gap in the same step, is mended by one request',
    marbles((helpers) => {
      const { hot, cold, expectObservable, expectSubscriptions, flush } = helpers;
      const channel = hot('  -b-12-3--5--6---7', CHANNEL);
      const first = cold('      --(1|)', SNAPSHOTS);
      const firstSubs = '    ---^-!';
      const second = cold('           -----5', SNAPSHOTS);
      const secondSubs = '   ---------^----!';
      const expected = '     yy---23--g----6-7';
      const { operator, faults, tally } = feedOf(helpers, { snapshot: inTurn(first, second) });

      const claim$ = channel.pipe(operator, map(claim));

      expectObservable(claim$).toBe(expected, { ...CLAIMS, g: 'gap@9' });
      expectSubscriptions(channel.subscriptions).toBe('^');
      expectSubscriptions(first.subscriptions).toBe(firstSubs);
      expectSubscriptions(second.subscriptions).toBe(secondSubs);
      flush();
      expect(faults).toMatchObject([
        { type: 'gap', venue: 'acme', channel: 'depth', at: 9, reason: 'gap', expected: 4, received: 5 },
        { type: 'resnapshot', at: 14, after: 5 },
      ]);
      expect(tally).toMatchObject({ snapshots: 2, diffs: 6, stale: 2, applied: 4, gaps: 1, early: 0 });
    }),
  );

  it(
    'emits events that a fold of anybody can trust: reset, snapshot, and the diffs that continue it',
    marbles((helpers) => {
      const channel = helpers.hot('-b-12-3-5-6', CHANNEL);
      const first = helpers.cold('    --1', SNAPSHOTS);
      const second = helpers.cold('        ----5', SNAPSHOTS);
      const expected = '           er---a3-g---m';
      const { operator } = feedOf(helpers, { snapshot: inTurn(first, second) });

      const told$ = channel.pipe(
        operator,
        map(({ events }) => events.map((e) => (e.type === 'reset' ? e.reason : e.type + claimOf(e))).join(' ')),
      );

      helpers.expectObservable(told$).toBe(expected, {
        e: '',
        r: 'connected',
        a: 'snapshot1 diff2',
        3: 'diff3',
        g: 'gap',
        m: 'snapshot5 diff6',
      });
    }),
  );

  it(
    'asks as soon as the subscription is confirmed',
    marbles((helpers) => {
      const channel = helpers.hot('-b-c----2', CHANNEL);
      const answer = helpers.cold('   --1', SNAPSHOTS);
      const subs = '               ---^-!';
      const expected = '           yy---1--2';
      const { operator } = feedOf(helpers, { snapshot: inTurn(answer) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, CLAIMS);
      helpers.expectSubscriptions(answer.subscriptions).toBe(subs);
    }),
  );

  it(
    'folds each event of a frame, and none of an empty one',
    marbles((helpers) => {
      const channel = helpers.hot('-b-2-E-F---5', CHANNEL);
      const expected = '           yy-2---(34)5';
      const { operator } = feedOf(helpers, { snapshot: () => of(at(1)) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, CLAIMS);
    }),
  );

  it(
    'asks again while the snapshot is older than what is held, ever more slowly',
    marbles((helpers) => {
      const channel = helpers.hot('-b5', CHANNEL);
      const asked: number[] = [];
      const expected = '           yy 15875ms 5';
      const { operator, faults } = feedOf(helpers, {
        snapshot: () => of(at(asked.push(helpers.scheduler.now()) < 9 ? 3 : 4)),
      });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, CLAIMS);
      helpers.flush();
      const pauses = asked.map((time, i) => time - (asked[i - 1] ?? 2));
      expect(pauses).toEqual([0, 125, 250, 500, 1_000, 2_000, 4_000, 4_000, 4_000]);
      expect(faults.map(({ type }) => type)).toEqual(Array.from({ length: 8 }, () => 'snapshot'));
    }),
  );

  it(
    'tries a failed request again, no sooner than the venue asks, and keeps what is held',
    marbles((helpers) => {
      const channel = helpers.hot('-b1', CHANNEL);
      const expected = '           yy 60625ms 1';
      const asked: number[] = [];
      const answers = inTurn(
        throwError(() => new RequestFailedError('no route')),
        throwError(() => new RequestFailedError('banned', 418, 60_000)),
        EMPTY,
        of(at(0)),
      );
      const { operator, faults } = feedOf(helpers, {
        snapshot: () => {
          asked.push(helpers.scheduler.now());
          return answers();
        },
      });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, CLAIMS);
      helpers.flush();
      expect(asked).toEqual([2, 127, 60_127, 60_627]);
      expect(faults.map((fault) => fault.type === 'snapshot' && [fault.attempt, fault.message])).toEqual([
        [1, 'depth: request failed: no route'],
        [2, 'depth: request failed with status 418: banned'],
        [3, 'depth: no answer'],
      ]);
    }),
  );

  it(
    'tries again when making the request throws',
    marbles((helpers) => {
      const channel = helpers.hot('-b1', CHANNEL);
      const expected = '           yy 125ms 1';
      let asked = 0;
      const { operator } = feedOf(helpers, {
        snapshot: () => {
          asked += 1;
          if (asked === 1) throw new TypeError('bad url');
          return of(at(0));
        },
      });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, CLAIMS);
    }),
  );

  it(
    'ends with the refusal when the venue refuses the instrument',
    marbles((helpers) => {
      const refused = new SubscriptionRefusedError('acme', 'depth', 'Invalid symbol.');
      const channel = helpers.hot('-b-c', CHANNEL);
      const answer = helpers.cold('   --#', SNAPSHOTS, refused);
      const expected = '           yy---#';
      const { operator, faults } = feedOf(helpers, { snapshot: () => answer });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, CLAIMS, refused);
      helpers.expectSubscriptions(channel.subscriptions).toBe('^----!');
      helpers.flush();
      expect(faults).toMatchObject([{ type: 'refused', channel: 'depth', message: refused.message }]);
    }),
  );

  it(
    'lets go of a request with its session and joins the next one anew',
    marbles((helpers) => {
      const channel = helpers.hot('-b1--l---b-1-2--l--b', CHANNEL);
      const first = helpers.cold('  ------9', SNAPSHOTS);
      const firstSubs = '          --^--!';
      const second = helpers.cold('          -1', SNAPSHOTS);
      const secondSubs = '         -----------^!';
      const expected = '           yy----------12--d';
      const { operator, tally, faults } = feedOf(helpers, { snapshot: inTurn(first, second) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, { ...CLAIMS, d: 'disconnected@16' });
      helpers.expectSubscriptions(first.subscriptions).toBe(firstSubs);
      helpers.expectSubscriptions(second.subscriptions).toBe(secondSubs);
      helpers.flush();
      expect(tally).toMatchObject({ diffs: 3, early: 1, stale: 1, applied: 1, snapshots: 1 });
      expect(faults).toEqual([]);
    }),
  );

  it(
    'cuts a pause short when the session is lost',
    marbles((helpers) => {
      const channel = helpers.hot('-b5---l----b6', CHANNEL);
      const expected = '           yy----------6';
      const { operator } = feedOf(helpers, { snapshot: inTurn(of(at(3)), of(at(5))) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, CLAIMS);
    }),
  );

  it(
    'says how long it was not live',
    marbles((helpers) => {
      const channel = helpers.hot('-b2---l---b-7', CHANNEL);
      const expected = '           yy2---d-----7';
      const { operator, faults } = feedOf(helpers, { snapshot: inTurn(of(at(1)), of(at(6))) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, { ...CLAIMS, d: 'disconnected@6' });
      helpers.flush();
      expect(faults).toEqual([
        {
          type: 'resnapshot',
          venue: 'acme',
          channel: 'depth',
          at: 12,
          after: 6,
          message: 'depth: live after 6 ms',
        },
      ]);
    }),
  );

  it(
    'subscribes anew where that mends, and again when no snapshot comes with it',
    marbles((helpers) => {
      const frame = { rule: linkRule, snapshot: undefined } as const;
      const channel = helpers.hot('-b-S-3 21ms S', CHANNEL);
      const expected = '           yy-5-g 21ms 5';
      const times: number[] = [];
      const resubscribe = (): void => void times.push(helpers.scheduler.now());
      const { operator, faults } = feedOf(helpers, { ...frame, resubscribe, answerWithin: 10, pause: { base: 6 } });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, { ...CLAIMS, g: 'gap@5' });
      helpers.flush();
      expect(times).toEqual([5, 18]);
      expect(faults.map(({ type }) => type)).toEqual(['gap', 'snapshot', 'resnapshot']);
    }),
  );

  it('survives a resubscription that ends and begins the session in the same step', () => {
    const channel = new Subject<DepthChannelEvent>();
    const claims: string[] = [];
    const { operator } = feedOf(
      { scheduler: new VirtualTimeScheduler() },
      {
        rule: linkRule,
        snapshot: undefined,
        resubscribe: () => {
          channel.next(LOST);
          channel.next(BEGUN);
          channel.next({ type: 'message', value: at(9) });
        },
      },
    );
    channel.pipe(operator, map(claim)).subscribe((text) => claims.push(text));
    channel.next(BEGUN);
    channel.next({ type: 'message', value: at(1) });
    channel.next({ type: 'message', value: range(5) });
    expect(claims).toEqual(['syncing', 'syncing', '1', 'gap@0', 'disconnected@0', '9']);
  });

  it(
    'is mended by hand',
    marbles((helpers) => {
      const channel = helpers.hot('-b1', CHANNEL);
      const resync$ = helpers.hot('----r');
      const first = helpers.cold(' 0', SNAPSHOTS);
      const second = helpers.cold('    --5', SNAPSHOTS);
      const expected = '           yy1-r-5';
      const { operator } = feedOf(helpers, { resync$, snapshot: inTurn(first, second) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$, '--------!').toBe(expected, { ...CLAIMS, r: 'resync@4' });
      helpers.expectSubscriptions(resync$.subscriptions).toBe('^-------!');
    }),
  );

  it(
    'never claims a crossed book',
    marbles((helpers) => {
      const channel = helpers.hot('-b2-X--4', CHANNEL);
      const first = helpers.cold(' 1', SNAPSHOTS);
      const second = helpers.cold('    -----4', SNAPSHOTS);
      const expected = '           yy2-x----4';
      const { operator, faults } = feedOf(helpers, { snapshot: inTurn(first, second) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, { ...CLAIMS, x: 'crossed@4' });
      helpers.flush();
      expect(faults[0]).toMatchObject({ type: 'gap', reason: 'crossed' });
    }),
  );

  it(
    'goes stale in silence, and is live with the next diff without a request',
    marbles((helpers) => {
      const channel = helpers.hot('-b2----E---------3---4', CHANNEL);
      const expected = '           yy2---------s----3---4----t';
      const { operator, faults } = feedOf(helpers, { silentAfter: 5, snapshot: inTurn(of(at(1))) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, { ...CLAIMS, s: 'silent@12', t: 'silent@26' });
      helpers.flush();
      expect(faults).toEqual([]);
    }),
  );

  it('watches for silence no more when who heard that it is live was the last one to leave', () => {
    const scheduler = new VirtualTimeScheduler(undefined, 1_000);
    const channel = new Subject<DepthChannelEvent>();
    const { operator } = feedOf({ scheduler }, { silentAfter: 5_000, snapshot: inTurn(of(at(1))) });
    channel
      .pipe(
        operator,
        takeWhile(({ state }) => state.status !== 'live'),
      )
      .subscribe();
    for (const name of ['b', '2']) channel.next(CHANNEL[name] as DepthChannelEvent);
    scheduler.flush();

    expect(scheduler.actions.filter(({ closed }) => !closed)).toEqual([]);
  });

  it(
    'takes no diff that it passes over for a sign of life',
    marbles((helpers) => {
      const channel = helpers.hot('-b2-2-2-2-2-2-', CHANNEL);
      const expected = '           yy2----s------';
      const { operator, faults } = feedOf(helpers, { silentAfter: 5, snapshot: inTurn(of(at(1))) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe(expected, { ...CLAIMS, s: 'silent@7' });
      helpers.flush();
      expect(faults).toEqual([]);
    }),
  );

  it('goes on when an observer throws at each update, within the step of a gap too', () => {
    const told: unknown[] = [];
    // RxJS tells what an observer throws by a timer of the platform.
    jest.useFakeTimers();
    rxjs.onUnhandledError = (error) => told.push(error);
    const scheduler = new VirtualTimeScheduler();
    const channel = new Subject<DepthChannelEvent>();
    const { operator, tally } = feedOf({ scheduler }, { snapshot: inTurn(of(at(1)), of(at(4))) });
    const heard: string[] = [];

    const subscription = channel.pipe(operator).subscribe((update) => {
      heard.push(claim(update));
      throw new Error('an observer of its own');
    });
    for (const name of ['b', '2', '3', '5', '6']) channel.next(CHANNEL[name] as DepthChannelEvent);
    scheduler.flush();
    subscription.unsubscribe();
    jest.runAllTimers();
    jest.useRealTimers();
    rxjs.onUnhandledError = null;

    expect(heard).toEqual(['syncing', 'syncing', '2', '3', 'gap@0', '5', '6']);
    expect(tally).toMatchObject({ applied: 4, gaps: 1 });
    expect(told).toHaveLength(heard.length);
  });

  it(
    'stops asking and watching when nobody observes any more',
    marbles((helpers) => {
      const channel = helpers.hot('-b-1-------2', CHANNEL);
      const answer = helpers.cold('   ------1', SNAPSHOTS);
      const answerSubs = '         ---^--!';
      const expected = '           yy----';
      const until = '              ------!';
      const { operator, tally } = feedOf(helpers, { silentAfter: 2, snapshot: inTurn(answer) });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$, until).toBe(expected, CLAIMS);
      helpers.expectSubscriptions(channel.subscriptions).toBe(until.replace('-', '^'));
      helpers.expectSubscriptions(answer.subscriptions).toBe(answerSubs);
      helpers.flush();
      expect(tally).toMatchObject({ diffs: 1, early: 1 });
    }),
  );

  it(
    'asks for nothing when an observer leaves with the very emission that told the gap',
    marbles((helpers) => {
      const channel = helpers.hot('-b2-5', CHANNEL);
      const expected = '           yy2-(g|)';
      let asked = 0;
      const { operator } = feedOf(helpers, {
        snapshot: () => {
          asked += 1;
          return of(at(1));
        },
      });

      const claim$ = channel.pipe(operator, map(claim), take(4));

      helpers.expectObservable(claim$).toBe(expected, { ...CLAIMS, g: 'gap@4' });
      helpers.expectSubscriptions(channel.subscriptions).toBe('^---!');
      helpers.flush();
      expect(asked).toBe(1);
    }),
  );

  it(
    'completes and errors with its channel',
    marbles(({ cold, expectObservable, ...helpers }) => {
      const { operator } = feedOf(helpers);

      expectObservable(cold('-b1|', CHANNEL).pipe(operator, map(claim))).toBe('yy-|', CLAIMS);
      expectObservable(cold('-b1#', CHANNEL).pipe(operator, map(claim))).toBe('yy-#', CLAIMS);
      expectObservable(cold('|', CHANNEL).pipe(operator, map(claim))).toBe('(y|)', CLAIMS);
      expectObservable(cold('-', CHANNEL).pipe(operator, map(claim))).toBe('y', CLAIMS);
    }),
  );

  it(
    'errors when the checksum test throws',
    marbles((helpers) => {
      const bad = new TypeError('no such side');
      const channel = helpers.cold<DepthChannelEvent>('-bS', {
        b: BEGUN,
        S: { type: 'message', value: { ...at(5), checksum: 1 } },
      });
      const { operator } = feedOf(helpers, {
        fold: checksummed(() => {
          throw bad;
        }),
      });

      helpers.expectObservable(channel.pipe(operator, map(claim))).toBe('yy#', CLAIMS, bad);
    }),
  );

  it(
    'has a book of its own for each observer',
    marbles((helpers) => {
      const channel = helpers.hot('-b2--b-7', CHANNEL);
      const answers = inTurn(of(at(1)), of(at(6)), of(at(6)));
      const { operator } = feedOf(helpers, { snapshot: answers });

      const claim$ = channel.pipe(operator, map(claim));

      helpers.expectObservable(claim$).toBe('yy2--d-7', { ...CLAIMS, d: 'disconnected@5' });
      helpers.expectObservable(claim$, '---^').toBe('---y-y-7', CLAIMS);
    }),
  );

  it('errors where an audit has no snapshot to compare with', () => {
    const { operator } = feedOf(
      { scheduler: new VirtualTimeScheduler() },
      { snapshot: undefined, audit: audit({ every: 1_000 }) },
    );
    const errors: unknown[] = [];
    NEVER.pipe(operator).subscribe({ error: (error) => errors.push(error) });
    expect(errors).toEqual([new RangeError('an audit compares with a `snapshot`, and there is none')]);
  });

  it(
    'begins with the first frame and is mended by a request where it is told so',
    marbles((helpers) => {
      const channel = helpers.hot('-bS-6-8---9', CHANNEL);
      const answer = helpers.cold('      --8', SNAPSHOTS);
      const answerSubs = '         ------^-!';
      const expected = '           yy5-6-g-8-9';
      const { operator } = feedOf(helpers, { snapshot: inTurn(answer), join: 'frame' });

      helpers.expectObservable(channel.pipe(operator, map(claim))).toBe(expected, { ...CLAIMS, g: 'gap@6' });
      helpers.expectSubscriptions(answer.subscriptions).toBe(answerSubs);
    }),
  );

  it(
    'is late no more where it begins anew without a loss, unless it is told so again',
    marbles((helpers) => {
      const whole = (sequence: number): DepthChannelEvent => ({ type: 'message', value: at(sequence) });
      const L: DepthChannelEvent = { type: 'late', isLate: true, at: 4 };
      const channel = helpers.hot('-b1L-b-2-bL3', { ...CHANNEL, L, ...digits(whole) });
      const expected = '           yy1g-d-2-e-l';
      const { operator } = feedOf(helpers, { snapshot: undefined });

      helpers
        .expectObservable(channel.pipe(operator, map(claim)))
        .toBe(expected, { ...CLAIMS, g: 'lagging@4', d: 'disconnected@4', e: 'disconnected@9', l: 'lagging@9' });
    }),
  );

  it(
    'begins with a request and is mended by subscribing anew where it is told so',
    marbles((helpers) => {
      const channel = helpers.hot('-bc----6-8--S', CHANNEL);
      const answer = helpers.cold('  ---5', SNAPSHOTS);
      const answerSubs = '         --^--!';
      const expected = '           yy---5-6-g--5';
      const times: number[] = [];
      const { operator } = feedOf(helpers, {
        snapshot: inTurn(answer),
        mend: 'resubscribe',
        resubscribe: () => times.push(helpers.scheduler.now()),
      });

      helpers.expectObservable(channel.pipe(operator, map(claim))).toBe(expected, { ...CLAIMS, g: 'gap@9' });
      helpers.expectSubscriptions(answer.subscriptions).toBe(answerSubs);
      helpers.flush();
      expect(times).toEqual([9]);
    }),
  );
});

function claimOf(event: {
  readonly sequence?: number | undefined;
  readonly lastSequence?: number | undefined;
}): string {
  return String(event.sequence ?? event.lastSequence);
}
