import fc from 'fast-check';
import { defer, delay, map, Subject, throwError, timer, VirtualTimeScheduler, type Observable } from 'rxjs';
import { increasingRule } from '../../lib/book/continuity/increasing.js';
import { linkRule } from '../../lib/book/continuity/link.js';
import { rangeRule } from '../../lib/book/continuity/range.js';
import type { ContinuityRule } from '../../lib/book/continuity/rule.js';
import { stepRule } from '../../lib/book/continuity/step.js';
import { watermarkRule } from '../../lib/book/continuity/watermark.js';
import { depthFeed, type DepthChannelEvent } from '../../lib/feed/depthFeed.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { DepthDiff, DepthSnapshot } from '../../lib/model/depthEvent.js';
import type { OrderBook } from '../../lib/model/orderBook.js';
import { diff, snapshot } from '../../lib/testing/builders.js';

/** Time between two changes at the venue, in ms. */
const TICK = 50;
/** Diffs of a counting that its books, or a session, may be taken for another one by. */
const BOUND = 3;
/** How long all goes well at the end, in changes: more than the longest pause, and a doubt. */
const CALM = 900;
const RUNS = Number(process.env['SCHEDULES'] ?? 25);

type Fate = 'told' | 'lost' | 'twice' | 'late';
type Happening = 'none' | 'anewBelow' | 'anewAbove' | 'cut' | 'missed' | 'pause' | 'resync';
/** A change at the venue: what happens before it, what it changes, and what becomes of its diff on the way. */
interface Change {
  readonly happening: Happening;
  /** Of the happening, in changes: for how long nothing is heard. */
  readonly length: number;
  readonly span: number;
  readonly levels: readonly (readonly [place: number, size: number])[];
  readonly fate: Fate;
}
/** How a request for a snapshot goes: `cached` is one of the last answers, `ahead` one of what the stream tells later. */
interface Answer {
  readonly ms: number;
  readonly kind: 'fresh' | 'cached' | 'fails' | 'hangs';
  readonly back: number;
}
interface Schedule {
  readonly start: number;
  /** How late the stream is, in ms: snapshots are ahead of it by that. */
  readonly lag: number;
  readonly changes: readonly Change[];
  readonly answers: readonly Answer[];
}

const textOf = (levels: Iterable<readonly [string, string]>): string =>
  [...levels]
    .map(([price, size]) => `${price}×${size}`)
    .sort()
    .join(' ');
const textOfBook = ({ bids, asks }: OrderBook): string =>
  textOf([...bids, ...asks].map(({ exact }) => [exact.price, exact.size]));

/** A venue that keeps a log of all its books, counting by counting. */
class LoggedVenue {
  private readonly levels = new Map<number, string>();
  private sequence: number;
  /** The books of each counting, by sequence. */
  readonly log: Map<number, string>[] = [];
  private readonly answered: DepthSnapshot[] = [];

  constructor(
    private readonly rule: ContinuityRule,
    start: number,
  ) {
    this.sequence = start;
    this.log.push(new Map());
    for (let place = 0; place < 12; place += 1) this.levels.set(place, String(1_000 + place));
    this.remember();
  }

  get counting(): number {
    return this.log.length;
  }

  /** A new counting, of a book that has other sizes everywhere. */
  anew(at: number): boolean {
    if (Math.abs(at - this.sequence) < 5_000) return false;
    this.sequence = at;
    this.log.push(new Map());
    for (const [place, size] of this.levels) this.levels.set(place, String(Number(size) + 7));
    this.remember();
    return true;
  }

  change({ span, levels }: Pick<Change, 'span' | 'levels'>): DepthDiff {
    const previousSequence = this.sequence;
    this.sequence += this.rule.name === 'step' ? 1 : span;
    for (const [place, size] of levels) {
      if (size === 0) this.levels.delete(place);
      else this.levels.set(place, String(size));
    }
    this.remember();
    const told = levels.map(([place]) => [place, this.levels.get(place) ?? '0'] as const);
    const [bids, asks] = [told.filter(([place]) => place < 6), told.filter(([place]) => place >= 6)].map((side) =>
      side.map(([place, size]) => [String(place + 1), size] as const),
    );
    const sides = { bids: bids ?? [], asks: asks ?? [] };
    const lastSequence = this.sequence;
    if (this.rule.name === 'watermark') return diff({ venueTime: lastSequence, ...sides });
    if (this.rule.name === 'range') return diff({ firstSequence: previousSequence + 1, lastSequence, ...sides });
    return this.rule.name === 'link'
      ? diff({ firstSequence: previousSequence + 1, lastSequence, previousSequence, ...sides })
      : diff({ firstSequence: lastSequence, lastSequence, ...sides });
  }

  answer({ kind, back }: Answer): DepthSnapshot {
    const before = this.answered.at(-1 - back);
    if (kind === 'cached' && before !== undefined) return before;
    const all = [...this.levels].map(([place, size]) => [place, [String(place + 1), size] as const] as const);
    const fresh = snapshot({
      ...(this.rule.name === 'watermark' ? { venueTime: this.sequence } : { sequence: this.sequence }),
      bids: all.filter(([place]) => place < 6).map(([, level]) => level),
      asks: all.filter(([place]) => place >= 6).map(([, level]) => level),
    });
    this.answered.push(fresh);
    return fresh;
  }

  /** A new session: where a loss leaves no trace, an answer from before would leave one out. */
  forget(): void {
    if (this.rule.isBlind === true) this.answered.length = 0;
  }

  headIs(book: OrderBook): boolean {
    return this.numberOf(book) === this.sequence && textOfBook(book) === textOf(this.pairs());
  }

  /** Whether that was the venue's book in one of the countings from `least` on. */
  knows(book: OrderBook, least: number): boolean {
    return this.log.slice(least).some((books) => books.get(this.numberOf(book)) === textOfBook(book));
  }

  private numberOf({ sequence, venueTime }: OrderBook): number {
    return sequence ?? venueTime ?? NaN;
  }

  private remember(): void {
    this.log.at(-1)?.set(this.sequence, textOf(this.pairs()));
  }

  private pairs(): readonly (readonly [string, string])[] {
    return [...this.levels].map(([place, size]) => [String(place + 1), size]);
  }
}

/** Plays a schedule to a book, and says what was wrong with what it claimed. */
class Play {
  private readonly scheduler = new VirtualTimeScheduler(undefined, Infinity);
  private readonly channel = new Subject<DepthChannelEvent>();
  private readonly resync$ = new Subject<void>();
  private readonly venue: LoggedVenue;
  private readonly wrong: string[] = [];
  private state: BookState = { status: 'syncing' };
  private requests = 0;
  /** Sessions, and in which one the wire is; 0 while there is none. */
  private sessions = 0;
  private session = 0;
  /** Diffs that were heard of each counting in this session. */
  private readonly heard = new Map<number, number>();
  private readonly late: (() => void)[] = [];

  constructor(
    private readonly rule: ContinuityRule,
    private readonly schedule: Schedule,
  ) {
    this.venue = new LoggedVenue(rule, schedule.start);
  }

  run(): { readonly wrong: readonly string[]; readonly end: BookState; readonly isHead: boolean } {
    const { scheduler, schedule, channel } = this;
    const subscription = channel
      .pipe(
        depthFeed({
          resubscribe: () => undefined,
          channel: 'depth',
          instrument: 'BTCUSDT',
          rule: this.rule,
          snapshot: () => this.request(),
          resync$: this.resync$,
          pause: { base: 250, cap: 4_000, stableAfter: 5_000 },
          scheduler,
          random: () => 0.5,
          report: () => undefined,
        }),
      )
      .subscribe(({ state }) => {
        this.state = state;
        this.judge();
      });
    this.begin();
    const quiet: Change = { happening: 'none', length: 0, span: 2, levels: [[3, 5_000]], fate: 'told' };
    const calm = Array.from({ length: CALM }, (_, i): Change => ({ ...quiet, levels: [[i % 12, 5_000 + i]] }));
    const all = [...calm.slice(0, 8), ...schedule.changes, ...calm];
    let at = 0;
    for (const change of all) {
      at += change.happening === 'pause' ? TICK * change.length : TICK;
      scheduler.schedule(() => this.happen(change), at);
    }
    scheduler.schedule(() => subscription.unsubscribe(), at + TICK + schedule.lag);
    scheduler.schedule(() => undefined, at + TICK);
    scheduler.flush();
    return {
      wrong: this.wrong,
      end: this.state,
      isHead: this.state.status === 'live' && this.venue.headIs(this.state.book),
    };
  }

  private happen({ happening, length, ...change }: Change): void {
    const isBlind = this.rule.isBlind === true;
    // Where a loss leaves no trace, a late stream and a snapshot of different countings can't be told apart.
    const isTold = !isBlind || this.schedule.lag === 0;
    // Nor is a step known to be too wide by a session that has seen none.
    const hasStep = !isBlind || (this.heard.get(this.venue.counting) ?? 0) > 1;
    if (happening === 'anewBelow' && isTold) this.venue.anew(change.span % 40);
    else if (happening === 'anewAbove' && this.rule.name !== 'watermark' && isTold && hasStep)
      this.venue.anew(change.span * 10_000_000);
    else if (happening === 'resync') this.resync$.next();
    else if (happening === 'cut' && this.session > 0) {
      this.session = 0;
      this.channel.next({ type: 'lost', at: this.scheduler.now(), reason: 'closed' });
      this.scheduler.schedule(() => this.begin(), length * TICK);
    } else if (happening === 'missed' && this.session > 0)
      this.channel.next({ type: 'missed', at: this.scheduler.now() });
    const { counting } = this.venue;
    const value = this.venue.change(change);
    const { session } = this;
    // A loss that leaves no trace can't be noticed, and a diff that comes too late is one.
    const fate = isBlind && change.fate !== 'twice' ? 'told' : change.fate;
    const tell = (): void => {
      if (session === 0 || session !== this.session) return;
      // One of an older counting that comes late looks as if the older one went on.
      for (const newer of this.heard.keys()) if (newer > counting) this.heard.set(newer, 0);
      this.heard.set(counting, (this.heard.get(counting) ?? 0) + 1);
      this.channel.next({ type: 'message', value });
      this.judge();
    };
    const deliver = (act: () => void): void => {
      this.scheduler.schedule(act, this.schedule.lag);
    };
    if (fate === 'lost') return;
    if (fate === 'late') {
      this.late.push(tell);
      return;
    }
    deliver(tell);
    if (fate === 'twice') deliver(tell);
    for (const one of this.late.splice(0)) deliver(one);
  }

  private begin(): void {
    this.sessions += 1;
    this.session = this.sessions;
    this.heard.clear();
    this.venue.forget();
    const { session } = this;
    const at = this.scheduler.now();
    this.channel.next({ type: 'begun', at });
    // What is under way when a stream is confirmed comes behind the confirmation.
    this.scheduler.schedule(() => {
      if (session === this.session) this.channel.next({ type: 'confirmed', at });
    }, this.schedule.lag);
  }

  private request(): Observable<DepthSnapshot> {
    return defer(() => {
      const answer = this.schedule.answers[this.requests] ?? { ms: 20, kind: 'fresh', back: 0 };
      this.requests += 1;
      const { scheduler } = this;
      if (answer.kind === 'hangs') {
        return timer(3_000, scheduler).pipe(map(() => this.venue.answer({ ...answer, kind: 'fresh' })));
      }
      if (answer.kind === 'fails') return throwError(() => new Error('not now')).pipe(delay(0, scheduler));
      return timer(answer.ms / 2, scheduler).pipe(
        map(() => this.venue.answer(answer)),
        delay(answer.ms / 2, scheduler),
      );
    });
  }

  /** The present counting's book, or that of an older one as long as hardly anything was heard of a newer one. */
  private judge(): void {
    const { state, venue, heard } = this;
    if (state.status !== 'live') return;
    let least = venue.counting - 1;
    while (least > 0 && (heard.get(least + 1) ?? 0) < BOUND) least -= 1;
    if (!venue.knows(state.book, least)) {
      const { sequence, venueTime } = state.book;
      this.wrong.push(`${this.scheduler.now()} ms: ${String(sequence ?? venueTime)}, counting ${venue.counting}`);
    }
  }
}

const size = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 900 }) },
  { weight: 1, arbitrary: fc.constant(0) },
);
const change: fc.Arbitrary<Change> = fc.record({
  happening: fc.oneof(
    { weight: 20, arbitrary: fc.constant<Happening>('none') },
    { weight: 4, arbitrary: fc.constantFrom<Happening>('anewBelow', 'anewAbove', 'cut', 'missed', 'pause', 'resync') },
  ),
  length: fc.integer({ min: 1, max: 40 }),
  span: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 900 })),
  levels: fc.array(fc.tuple(fc.nat(11), size), { minLength: 1, maxLength: 3 }),
  fate: fc.oneof(
    { weight: 8, arbitrary: fc.constant<Fate>('told') },
    { weight: 2, arbitrary: fc.constantFrom<Fate>('lost', 'twice', 'late') },
  ),
});
const answer: fc.Arbitrary<Answer> = fc.record({
  ms: fc.nat(400),
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Answer['kind']>('fresh') },
    { weight: 3, arbitrary: fc.constantFrom<Answer['kind']>('cached', 'fails', 'hangs') },
  ),
  back: fc.nat(3),
});
const schedules: fc.Arbitrary<Schedule> = fc.record({
  start: fc.integer({ min: 10_000, max: 50_000 }),
  lag: fc.constantFrom(0, 10, 120, 300),
  changes: fc.array(change, { maxLength: 80 }),
  answers: fc.array(answer, { maxLength: 12 }),
});

describe('depthFeed, over the log of a venue', () => {
  it.each([rangeRule, linkRule, stepRule, increasingRule, watermarkRule].map((rule) => [rule.name, rule] as const))(
    'is the venue’s book whenever it is live, and at its head in the end: %s',
    (_, rule) => {
      fc.assert(
        fc.property(schedules, (schedule) => {
          const { wrong, end, isHead } = new Play(rule, schedule).run();
          expect(wrong).toEqual([]);
          expect([end.status, isHead]).toEqual(['live', true]);
        }),
        { numRuns: RUNS },
      );
    },
    600_000,
  );
});
