import fc from 'fast-check';
import { defer, map, Subject, timer, VirtualTimeScheduler, type Observable } from 'rxjs';
import { increasingRule } from '../../lib/book/continuity/increasing.js';
import { linkRule } from '../../lib/book/continuity/link.js';
import { rangeRule } from '../../lib/book/continuity/range.js';
import type { ContinuityRule } from '../../lib/book/continuity/rule.js';
import { stepRule } from '../../lib/book/continuity/step.js';
import { watermarkRule } from '../../lib/book/continuity/watermark.js';
import { depthFeed, type DepthChannelEvent } from '../../lib/feed/depthFeed.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { DepthDiff, DepthSnapshot } from '../../lib/model/depthEvent.js';
import type { Fault } from '../../lib/model/fault.js';
import { diff, snapshot } from '../../lib/testing/builders.js';

const TICK = 10;
/** Diffs of the new counting after which no wrong book may be live. */
const BOUND = 3;
/** Clean diffs at the end, each `TICK` ms after the one before. */
const CLEAN_TICKS = 400;
const RUNS = Number(process.env['SCHEDULES'] ?? 100);

/** What happens in one tick: the venue counts anew from `anewAt` if that is given; then it tells a diff. */
interface Tick {
  readonly anewAt?: number | undefined;
  /** How many numbers the diff spans. */
  readonly span: number;
  /** How often it is told: not at all, once, or again. */
  readonly times: number;
}
/** An answer takes `ms`; where it is `cached`, it is of the counting before as long as the last restart is young. */
interface Answer {
  readonly ms: number;
  readonly isCached: boolean;
}

/** A venue whose every diff sets one bid to a size that no other diff sets: a book that mixes two countings shows it. */
class Venue {
  /** The counting that goes on, and what it told. */
  private sequence: number;
  private size = 0;
  private book: DepthSnapshot;
  private before: DepthSnapshot;
  /** By sequence: the size that is right in the present counting. */
  readonly truth = new Map<number, string>();
  /** Diffs that were told since the numbers began anew. */
  toldAnew = BOUND;

  constructor(
    private readonly rule: ContinuityRule,
    start: number,
  ) {
    this.sequence = start;
    this.book = this.before = this.remember();
  }

  /** The numbers begin anew, far from where they are: what two countings have in common nobody can tell apart. */
  anew(at: number): void {
    if (Math.abs(at - this.sequence) < 500) return;
    this.before = this.book;
    this.sequence = at;
    this.truth.clear();
    this.toldAnew = 0;
    this.book = this.remember();
  }

  diff(span: number): DepthDiff {
    const previousSequence = this.sequence;
    this.sequence += this.rule.name === 'step' ? 1 : span;
    this.book = this.remember();
    const { bids, asks } = this.book;
    const told = { bids: bids.map(textsOf), asks: asks.map(textsOf) };
    const lastSequence = this.sequence;
    if (this.rule.name === 'watermark') return diff({ venueTime: lastSequence, ...told });
    const firstSequence = previousSequence + 1;
    return this.rule.name === 'link'
      ? diff({ firstSequence, lastSequence, previousSequence, ...told })
      : diff({ firstSequence: this.rule.name === 'range' ? firstSequence : lastSequence, lastSequence, ...told });
  }

  snapshot(isCached: boolean): DepthSnapshot {
    const isBefore = isCached && this.toldAnew < 40 && this.numberOf(this.before) > this.sequence;
    return isBefore ? this.before : this.book;
  }

  private numberOf({ sequence, venueTime = NaN }: DepthSnapshot): number {
    return sequence ?? venueTime;
  }

  private remember(): DepthSnapshot {
    this.size += 1;
    this.truth.set(this.sequence, String(this.size));
    const position = this.rule.name === 'watermark' ? { venueTime: this.sequence } : { sequence: this.sequence };
    return snapshot({ ...position, bids: [['1', String(this.size)]], asks: [['9', '1']] });
  }
}
const textsOf = ({ exact }: { readonly exact: { readonly price: string; readonly size: string } }) =>
  [exact.price, exact.size] as const;

interface Schedule {
  readonly start: number;
  readonly ticks: readonly Tick[];
  readonly answers: readonly Answer[];
}

function play(rule: ContinuityRule, { start, ticks, answers }: Schedule): readonly Fault[] {
  const scheduler = new VirtualTimeScheduler(undefined, Infinity);
  const venue = new Venue(rule, start);
  const channel = new Subject<DepthChannelEvent>();
  const faults: Fault[] = [];
  const wrong: string[] = [];
  let state: BookState | undefined;
  let requests = 0;

  const request = (): Observable<DepthSnapshot> =>
    defer(() => {
      const { ms, isCached } = answers[requests] ?? { ms: 5, isCached: false };
      requests += 1;
      return timer(ms, scheduler).pipe(map(() => venue.snapshot(isCached)));
    });
  const judge = (): void => {
    if (state?.status !== 'live' || venue.toldAnew < BOUND) return;
    const { bestBid, sequence, venueTime = NaN } = state.book;
    const right = venue.truth.get(sequence ?? venueTime);
    if (bestBid?.exact.size !== right) wrong.push(`${sequence}: ${bestBid?.exact.size}, right is ${right}`);
  };
  const subscription = channel
    .pipe(
      depthFeed({
        resubscribe: () => undefined,
        channel: 'depth',
        instrument: 'BTCUSDT',
        rule,
        snapshot: request,
        pause: { base: 20, cap: 160, stableAfter: 200 },
        scheduler,
        random: () => 0.5,
        report: (fault) => faults.push({ ...fault, venue: 'acme', at: scheduler.now() }),
      }),
    )
    .subscribe((update) => {
      ({ state } = update);
      judge();
    });

  channel.next({ type: 'begun', at: 0 });
  channel.next({ type: 'confirmed', at: 0 });
  const clean = (length: number): readonly Tick[] => Array.from({ length }, () => ({ span: 2, times: 1 }));
  const all = [...clean(BOUND), ...ticks, ...clean(CLEAN_TICKS)];
  all.forEach(({ anewAt, span, times }, i) => {
    scheduler.schedule(
      () => {
        if (anewAt !== undefined) venue.anew(anewAt);
        const value = venue.diff(span);
        for (let time = 0; time < times; time += 1) channel.next({ type: 'message', value });
        if (times > 0) venue.toldAnew += 1;
        judge();
      },
      (i + 1) * TICK,
    );
  });
  scheduler.schedule(() => subscription.unsubscribe(), (all.length + 1) * TICK);
  scheduler.flush();
  expect(wrong).toEqual([]);
  expect(state).toMatchObject({
    status: 'live',
    book: { bestBid: { exact: { size: [...venue.truth.values()].at(-1) } } },
  });
  return faults;
}

const span = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 900 }));
const times = fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constantFrom(0, 2, 3) });
const tickOf = (anewAt: fc.Arbitrary<number>): fc.Arbitrary<Tick> =>
  fc.record({
    anewAt: fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anewAt }),
    span,
    times,
  });
const answers = fc.array(fc.record({ ms: fc.nat(120), isCached: fc.boolean() }), { maxLength: 8 });
const start = fc.integer({ min: 1_000, max: 3_000 });
const low = fc.integer({ min: 0, max: 20 });
const far = fc.integer({ min: 1e6, max: 1e9 });

/** A loss soon after the numbers began anew, mended out of a cache that still holds the counting that is over. */
const cachedAfterLoss = (ms: readonly number[]): Schedule => ({
  start: 1_000,
  ticks: [0, undefined, undefined, undefined, undefined].map((anewAt, i) => ({
    anewAt,
    span: 1,
    times: i < 4 ? 1 : 0,
  })),
  answers: ms.map((one, i) => ({ ms: one, isCached: i === ms.length - 1 })),
});

describe('depthFeed, where the numbers of a venue begin anew on an open socket', () => {
  it.each([
    [rangeRule, fc.oneof(low, far)],
    [linkRule, fc.oneof(low, far)],
    [stepRule, fc.oneof(low, far)],
    [increasingRule, low],
    [watermarkRule, low],
  ] as const)('is not live and wrong beyond a few diffs, and always comes back (%#)', (rule, anewAt) => {
    fc.assert(
      fc.property(fc.record({ start, ticks: fc.array(tickOf(anewAt), { maxLength: 60 }), answers }), (schedule) => {
        play(rule, schedule);
      }),
      { numRuns: RUNS, examples: [[cachedAfterLoss([61, 0])], [cachedAfterLoss([0, 0, 0])]] },
    );
  });
});
