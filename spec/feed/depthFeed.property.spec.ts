import fc from 'fast-check';
import { defer, finalize, map, Subject, throwError, timer, VirtualTimeScheduler, type Observable } from 'rxjs';
import { linkRule } from '../../lib/book/continuity/link.js';
import { rangeRule } from '../../lib/book/continuity/range.js';
import type { ContinuityRule } from '../../lib/book/continuity/rule.js';
import { stepRule } from '../../lib/book/continuity/step.js';
import { emptyTally } from '../../lib/book/tally.js';
import { depthFeed, type DepthChannelEvent } from '../../lib/feed/depthFeed.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { DepthDiff, DepthEvent, DepthSnapshot } from '../../lib/model/depthEvent.js';
import type { Fault } from '../../lib/model/fault.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';
import { diff, level, snapshot } from '../../lib/testing/builders.js';

const TICK = 10;
/** Long enough for eight answers that all fail, each after 80 ms, and the pauses between them: 1,345 ms. */
const CLEAN_TICKS = 140;
/** Schedules per rule. */
const RUNS = Number(process.env['SCHEDULES'] ?? 700);

/** One change of one level at the venue. `skip` are sequences that other instruments took. */
interface Change {
  readonly side: 'bids' | 'asks';
  readonly price: number;
  readonly size: number;
  readonly skip: number;
}
/** What happens to the diff of one tick on its way. */
interface Tick {
  readonly changes: readonly Change[];
  readonly fate:
    'arrives' | 'is lost' | 'repeats' | 'is overtaken' | 'crosses' | 'comes with a disconnect' | 'is silent';
}
/** What happens to a request: it takes `ms`, is `lag` changes behind when it is answered, or fails. */
interface Answer {
  readonly ms: number;
  readonly lag: number;
  readonly fails: boolean;
}

type Side = ReadonlyMap<number, number>;
interface Sides {
  readonly bids: Side;
  readonly asks: Side;
}

/** The venue: the truth after every change, told by code that shares nothing with the fold under test. */
class Venue {
  private readonly levels = { bids: new Map([[1, 1]]), asks: new Map([[9_999, 1]]) };
  /** By sequence, in its order. */
  private readonly history = new Map<number, Sides>();
  private sequence = 1_000;

  constructor(private readonly rule: ContinuityRule) {
    this.remember();
  }

  /** Changes the book and tells one diff of it. */
  change(changes: readonly Change[]): DepthDiff {
    const previousSequence = this.sequence;
    let firstSequence: number | undefined;
    const told = { bids: new Map<number, number>(), asks: new Map<number, number>() };
    for (const { side, price, size, skip } of changes) {
      this.sequence += this.rule.name === 'link' ? 1 + skip : 1;
      firstSequence ??= this.sequence;
      if (size === 0) this.levels[side].delete(price);
      else this.levels[side].set(price, size);
      told[side].set(price, size);
      this.remember();
    }
    return diff({
      firstSequence,
      lastSequence: this.sequence,
      ...(this.rule.name === 'link' ? { previousSequence } : {}),
      bids: texts(told.bids),
      asks: texts(told.asks),
    });
  }

  snapshot(lag: number): DepthSnapshot {
    const [sequence, sides] = [...this.history].at(-1 - Math.min(lag, this.history.size - 1)) ?? [];
    return sides === undefined ? snapshot() : snapshot({ sequence, ...sorted(sides) });
  }

  /** The book of that sequence, as text. */
  truth(sequence: number): string | undefined {
    const sides = this.history.get(sequence);
    if (sides === undefined) return undefined;
    const { bids, asks } = sorted(sides);
    return `${bids.join(' ')}|${asks.join(' ')}`;
  }

  private remember(): void {
    this.history.set(this.sequence, { bids: new Map(this.levels.bids), asks: new Map(this.levels.asks) });
  }
}

const sorted = ({ bids, asks }: Sides): Record<'bids' | 'asks', [string, string][]> => ({
  bids: texts(bids).sort(([a], [b]) => Number(b) - Number(a)),
  asks: texts(asks).sort(([a], [b]) => Number(a) - Number(b)),
});
const texts = (levels: Side): [string, string][] => [...levels].map(([price, size]) => [String(price), String(size)]);
const lines = (levels: Iterable<PriceLevel>): string =>
  Array.from(levels, ({ exact }) => [exact.price, exact.size].join()).join(' ');

/** What somebody makes of the clean stream who folds it into bare maps and checks nothing. */
class NaiveFold {
  private bids = new Map<number, string>();
  private asks = new Map<number, string>();

  take(events: readonly DepthEvent[]): void {
    for (const event of events) {
      if (event.type !== 'diff') {
        this.bids = new Map();
        this.asks = new Map();
      }
      if (event.type === 'reset') continue;
      for (const side of ['bids', 'asks'] as const) {
        for (const { price, exact } of event[side]) {
          if (exact.size === '0') this[side].delete(price);
          else this[side].set(price, exact.size);
        }
      }
    }
  }

  get text(): string {
    const bids = [...this.bids].sort(([a], [b]) => b - a);
    const asks = [...this.asks].sort(([a], [b]) => a - b);
    return `${bids.join(' ')}|${asks.join(' ')}`;
  }
}

interface Schedule {
  readonly ticks: readonly Tick[];
  /** The n-th is that of the n-th request; the ones after are fresh and quick. */
  readonly answers: readonly Answer[];
}
interface Outcome {
  readonly claims: readonly BookState['status'][];
  readonly faults: readonly Fault[];
  readonly requests: number;
  readonly sessions: number;
}

/** Plays a schedule and then clean ticks, and checks every claim when it is made. */
function play(rule: ContinuityRule, { ticks, answers }: Schedule): Outcome {
  const scheduler = new VirtualTimeScheduler(undefined, Infinity);
  const venue = new Venue(rule);
  const naive = new NaiveFold();
  const channel = new Subject<DepthChannelEvent>();
  const claims: BookState['status'][] = [];
  const faults: Fault[] = [];
  const tally = emptyTally();
  // Collected and not thrown: what an observer throws never reaches this function.
  const wrong: string[] = [];
  let requests = 0;
  let underWay = 0;
  let sessions = 0;

  const request = (): Observable<DepthSnapshot> =>
    defer(() => {
      const { ms, lag, fails } = answers[requests] ?? { ms: 5, lag: 0, fails: false };
      requests += 1;
      underWay += 1;
      if (underWay !== 1) wrong.push(`${underWay} requests at once`);
      if (fails) return throwError(() => new Error('500'));
      return timer(ms, scheduler).pipe(map(() => venue.snapshot(lag)));
    }).pipe(
      finalize(() => {
        underWay -= 1;
      }),
    );

  const subscription = channel
    .pipe(
      depthFeed({
        resubscribe: () => undefined,
        channel: 'depth',
        instrument: 'BTCUSDT',
        rule,
        snapshot: request,
        silentAfter: 25,
        pause: { base: 20, cap: 160, stableAfter: 200 },
        scheduler,
        random: () => 0.5,
        tally,
        report: (fault) => faults.push({ ...fault, venue: 'acme', at: scheduler.now() }),
      }),
    )
    .subscribe(({ state, events }) => {
      claims.push(state.status);
      naive.take(events);
      if (state.status !== 'live') return;
      const { bids, asks, sequence = NaN } = state.book;
      const text = `${lines(bids)}|${lines(asks)}`;
      if (text !== venue.truth(sequence)) wrong.push(`at ${sequence} claimed ${text}`);
      if (text !== naive.text) wrong.push(`at ${sequence} folded ${naive.text}, claimed ${text}`);
    });

  let up = false;
  let overtaken: DepthDiff | undefined;
  const deliver = (value: DepthDiff): void => channel.next({ type: 'message', value });
  const run = ({ changes, fate }: Tick): void => {
    const at = scheduler.now();
    if (!up) {
      up = true;
      sessions += 1;
      channel.next({ type: 'begun', at });
    }
    if (fate === 'is silent') {
      channel.next({ type: 'confirmed', at });
      return;
    }
    const told = venue.change(rule.name === 'step' ? changes.slice(0, 1) : changes);
    const late = overtaken;
    overtaken = fate === 'is overtaken' ? told : undefined;
    if (fate === 'arrives' || fate === 'repeats') deliver(told);
    if (fate === 'repeats') deliver(told);
    if (fate === 'crosses') deliver({ ...told, bids: [level('10000', '1')] });
    if (late !== undefined) deliver(late);
    if (fate === 'comes with a disconnect') {
      up = false;
      channel.next({ type: 'lost', reason: 'closed', at });
    }
  };
  const all = [...ticks, ...Array.from({ length: CLEAN_TICKS }, () => CLEAN)];
  all.forEach((tick, i) => {
    scheduler.schedule(() => run(tick), i * TICK);
  });
  const end = all.length * TICK;
  scheduler.schedule(() => subscription.unsubscribe(), end);
  scheduler.flush();
  expect(wrong).toEqual([]);
  expect(claims.at(-1)).toBe('live');
  expect(tally.diffs).toBe(tally.applied + tally.stale + tally.early);
  // Nothing is left: no observer, no request, no timer that would have moved the clock on.
  expect([channel.observed, underWay, scheduler.actions.length, scheduler.now()]).toEqual([false, 0, 0, end]);
  return { claims, faults, requests, sessions };
}

const CLEAN: Tick = { changes: [{ side: 'bids', price: 7, size: 1, skip: 0 }], fate: 'arrives' };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    side: fc.constant('bids' as const),
    price: fc.integer({ min: 2, max: 12 }),
    size: fc.nat(3),
    skip: fc.nat(3),
  }),
  fc.record({
    side: fc.constant('asks' as const),
    price: fc.integer({ min: 30, max: 40 }),
    size: fc.nat(3),
    skip: fc.nat(3),
  }),
);
const changes = fc.array(change, { minLength: 1, maxLength: 3 });
const FATES: readonly Tick['fate'][] = [
  'is lost',
  'repeats',
  'is overtaken',
  'crosses',
  'comes with a disconnect',
  'is silent',
];
const tick: fc.Arbitrary<Tick> = fc.record({
  changes,
  fate: fc.oneof(
    { weight: 5, arbitrary: fc.constant('arrives' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...FATES) },
  ),
});
const ticks = fc.array(tick, { minLength: 1, maxLength: 40 });
const answer: fc.Arbitrary<Answer> = fc.record({
  ms: fc.nat(80),
  lag: fc.oneof(fc.constant(0), fc.nat(8)),
  fails: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const RULES: readonly ContinuityRule[] = [rangeRule, linkRule, stepRule];

describe('depthFeed, whatever happens on the way', () => {
  it.each(RULES.map((rule) => [rule.name, rule] as const))(
    'claims only true books and always comes back (%s)',
    (_, rule) => {
      const schedule = fc.record({ ticks, answers: fc.array(answer, { maxLength: 8 }) });
      fc.assert(
        fc.property(schedule, (each) => {
          play(rule, each);
        }),
        { numRuns: RUNS },
      );
    },
  );

  it.each(RULES.map((rule) => [rule.name, rule] as const))(
    'asks at most once for each session and each break when snapshots are fresh (%s)',
    (_, rule) => {
      fc.assert(
        fc.property(ticks, (each) => {
          const { faults, requests, sessions } = play(rule, { ticks: each, answers: [] });
          const breaks = faults.filter(({ type }) => type === 'gap').length;
          const unfit = faults.filter(({ type }) => type === 'snapshot').length;
          expect(requests).toBeLessThanOrEqual(sessions + breaks + unfit);
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe('depthFeed, one fault at a time', () => {
  const before = Array.from({ length: 5 }, () => CLEAN);
  const schedule = (fate: Tick['fate']): Schedule => ({
    ticks: [...before, { changes: [{ side: 'asks', price: 31, size: 2, skip: 1 }], fate }, CLEAN, CLEAN],
    answers: [],
  });
  const FAULTS: readonly (readonly [Tick['fate'], number, readonly Fault['type'][]])[] = [
    ['is lost', 2, ['gap', 'resnapshot']],
    ['repeats', 1, []],
    ['is overtaken', 2, ['gap', 'resnapshot']],
    ['crosses', 2, ['gap', 'resnapshot']],
    ['comes with a disconnect', 2, ['resnapshot']],
  ];

  it.each(RULES.flatMap((rule) => FAULTS.map((fault) => [...fault, rule.name, rule] as const)))(
    'a diff %s: %d requests in all, reported as %j (%s)',
    (fate, requests, types, _, rule) => {
      const outcome = play(rule, schedule(fate));
      expect(outcome.requests).toBe(requests);
      expect(outcome.faults.map(({ type }) => type)).toEqual(types);
      // One stretch of not being live between two of being live, if there is one at all.
      const runs = outcome.claims.filter((claim, i) => claim !== outcome.claims[i - 1]);
      expect(runs).toEqual(types.length === 0 ? ['syncing', 'live'] : ['syncing', 'live', 'stale', 'live']);
    },
  );

  it('forgets the levels of the session before', () => {
    const venue = new Venue(rangeRule);
    expect(venue.snapshot(0).bids).toHaveLength(1);
    const many = Array.from({ length: 10 }, (_, i): Change => ({ side: 'bids', price: 2 + i, size: 1, skip: 0 }));
    const gone = many.map((each) => ({ ...each, size: 0 }));
    const { requests } = play(rangeRule, {
      ticks: [
        { changes: many, fate: 'arrives' },
        { changes: gone, fate: 'comes with a disconnect' },
      ],
      answers: [],
    });
    expect(requests).toBe(2);
  });
});
