import {
  EMPTY,
  type Observable,
  type OperatorFunction,
  Subject,
  Subscription,
  VirtualTimeScheduler,
  concat,
  config,
  defer,
  finalize,
  from,
  ignoreElements,
  interval,
  map,
  range,
  share,
  startWith,
  take,
  tap,
  throwError,
} from 'rxjs';
import * as core from '../../lib/index.js';
import type { BookState } from '../../lib/index.js';
import { ownedBy } from '../../lib/time/ownedBy.js';
import { marbles } from '../../lib/testing/marbles.js';
import { operatorNames } from '../support/operatorNames.js';
import { book, diff, liveState, snapshot, staleState, syncingState, trade } from '../../lib/testing/builders.js';

/** An operator as it is tried: made for a clock, with values that it passes. */
interface Tried {
  readonly make: (scheduler: VirtualTimeScheduler) => OperatorFunction<never, unknown>;
  /** Told in this order; each changes what comes out. */
  readonly values: readonly unknown[];
}

const anything = (operator: unknown): OperatorFunction<never, unknown> => operator as OperatorFunction<never, unknown>;
const tried = (values: readonly unknown[], make: (scheduler: VirtualTimeScheduler) => unknown): Tried => ({
  values,
  make: (scheduler) => anything(make(scheduler)),
});

const numbered = (sequence: number, bid = `${sequence}`) =>
  book({ sequence, bids: [[bid, `${sequence}`]], asks: [['100', `${sequence}`]] });
const books = [1, 2, 4, 8].map((sequence) => numbered(sequence));
const states = [
  syncingState,
  liveState(numbered(1)),
  liveState(numbered(2)),
  staleState(numbered(2)),
  liveState(numbered(5)),
];
const trades = [1, 2, 3, 4, 5].map((at) =>
  trade({ id: `${at}`, price: `${100 + at}`, size: `${at}`, venueTime: at * 40, receivedTime: at * 40 + 3 }),
);
const changesOfBook = [
  snapshot({ sequence: 1, bids: [['1', '1']] }),
  ...[2, 3, 4].map((n) => diff({ firstSequence: n, lastSequence: n, bids: [['1', `${n}`]] })),
];
const terms = (strike: number) => ({ expiration: '250117', strike, side: 'call' as const });
const options = [1, 2, 3].map((strike) => ({ instrument: `${strike}`, bid: strike }));
const consolidated: OperatorFunction<BookState, unknown> = (source) => core.consolidate({ a: source });

/** Each operator that is exported, so that a new one can't be forgotten. */
const all: Readonly<Record<string, Tried>> = {
  bounded: tried([1, 2, 3], (scheduler) => core.bounded({ limit: 1_000, overflow: 'error', scheduler })),
  candlesFromTrades: tried(trades, (scheduler) => core.candlesFromTrades({ interval: 100, closeAfter: 50, scheduler })),
  changes: tried(books, () => core.changes()),
  conflate: tried([1, 2, 3], (scheduler) => core.conflate({ every: 10, scheduler })),
  consolidate: tried(states, () => consolidated),
  foldBook: tried(changesOfBook, (scheduler) => core.foldBook({ rule: core.stepRule, scheduler, random: () => 0.5 })),
  followSymbols: tried([['A'], ['A', 'B'], ['B', 'C']], (scheduler) =>
    core.followSymbols({
      streamOf: (symbol) =>
        interval(3, scheduler).pipe(
          take(2),
          startWith(-1),
          map((n) => `${symbol}${n}`),
        ),
    }),
  ),
  groupLevels: tried(books, () => core.groupLevels({ step: '1' })),
  health: tried(trades, (scheduler) => core.health({ every: 5, staleAfter: 8, scheduler })),
  imbalance: tried([book('1x1 | 9x3'), book('1x1 | 9x1'), book('1x3 | 9x1')], () => core.imbalance(1)),
  latency: tried(trades, () => core.latency()),
  live: tried(states, () => core.live()),
  liveOrNone: tried(states, () => core.liveOrNone()),
  microprice: tried(books, () => core.microprice()),
  mid: tried(books, () => core.mid()),
  ofType: tried([{ type: 'a' }, { type: 'b' }, { type: 'a', n: 1 }], () => core.ofType<{ type: string }, string>('a')),
  optionChain: tried(options, () => core.optionChain({ contractOf: (name) => terms(Number(name)) })),
  positionChanges: tried(
    [1, 5, 0].map((size) => ({ instrument: 'A', size })),
    () => core.positionChanges({ threshold: 2 }),
  ),
  priceImpact: tried(books, () => core.priceImpact(1)),
  retryRefused: tried([1, 2, 3], (scheduler) => core.retryRefused({ scheduler })),
  sampleFrames: tried([1, 2, 3], (scheduler) => core.sampleFrames({ frames$: interval(7, scheduler) })),
  spread: tried(books, () => core.spread()),
  staleAfter: tried(states, (scheduler) => core.staleAfter({ after: 10, scheduler })),
  throttleBySymbol: tried(trades, (scheduler) => core.throttleBySymbol({ perSecond: 100, scheduler })),
  topLevels: tried(books, () => core.topLevels(1)),
  topOfBook: tried(books, () => core.topOfBook()),
  volumeBySymbol: tried(trades, () => core.volumeBySymbol()),
  volumeProfile: tried(trades, () => core.volumeProfile()),
  vwap: tried(trades, () => core.vwap({ window: 90 })),
  whileLive: tried(states, () =>
    core.whileLive((book$) =>
      book$.pipe(
        map(({ sequence }) => sequence),
        finalize(() => undefined),
      ),
    ),
  ),
  withAge: tried(states, (scheduler) => core.withAge({ every: 5, scheduler })),
};
/** Neither operators nor made of one source: a predicate, and a loop, which pulls. */
const others = ['statusChanged', 'toAsyncIterable'];

/** How long all is watched, in ms: longer than any of these operators waits. */
const WATCHED = 400;

/** An operator between a source that is told by hand and what its observers hear. */
class Rig {
  readonly scheduler = new VirtualTimeScheduler();
  readonly source = new Subject<never>();
  readonly result$: Observable<unknown>;
  /** What was told and is not yet, in order. */
  readonly rest: unknown[];
  subscribed = 0;

  constructor({ make, values }: Tried) {
    this.rest = [...values];
    this.result$ = defer(() => {
      this.subscribed += 1;
      return this.source;
    }).pipe(make(this.scheduler));
  }

  tell(count = 1): void {
    for (const value of this.rest.splice(0, count)) this.source.next(value as never);
  }

  /** Tells values one after the other until there is nothing more to be told, or something happened. */
  until(isSo: () => boolean): void {
    while (!isSo() && this.rest.length > 0) {
      this.tell();
      // Stops in the moment in which it happened.
      for (let ms = 0; !isSo() && ms < 20; ms += 1) this.pass(Math.min(ms, 1));
    }
  }

  pass(ms: number): void {
    this.scheduler.maxFrames = this.scheduler.frame + ms;
    this.scheduler.flush();
    this.scheduler.frame = this.scheduler.maxFrames;
  }

  /** Who listens, and what is to be done as the first value is told that is not told at once. */
  hear(first: (subscription: Subscription) => void = () => undefined, result$ = this.result$): Heard {
    const heard: Heard = { told: [], subscription: new Subscription(), atOnce: NaN };
    const tell = (what: unknown): void => {
      heard.told.push([this.scheduler.frame, what]);
    };
    heard.subscription.add(
      ownedBy(result$, heard.subscription).subscribe({
        next: (value) => {
          tell(value);
          if (heard.told.length === heard.atOnce + 1) first(heard.subscription);
        },
        error: (error: unknown) => {
          tell(`error: ${String(error)}`);
        },
        complete: () => {
          tell('complete');
        },
      }),
    );
    heard.atOnce = heard.told.length;
    return heard;
  }

  get timers(): number {
    return this.scheduler.actions.length;
  }
}

interface Heard {
  readonly told: (readonly [at: number, what: unknown])[];
  readonly subscription: Subscription;
  /** How much was told as it was subscribed. */
  atOnce: number;
}

const isBegun = ({ told, atOnce }: Heard): boolean => told.length > atOnce;

it('knows each operator that is exported', () => {
  expect([...Object.keys(all), ...others].sort()).toEqual([...operatorNames].sort());
});

describe.each(Object.entries(all))('%s', (_, operator) => {
  const rig = (): Rig => new Rig(operator);

  /** What the same values are as somebody hears them who lets each step end before he does something. */
  function plainly(act: (rig: Rig) => void): Heard['told'] {
    const one = rig();
    const heard = one.hear();
    one.until(() => isBegun(heard));
    act(one);
    one.pass(WATCHED);
    heard.subscription.unsubscribe();
    return heard.told;
  }
  function within(act: (rig: Rig, subscription: Subscription) => void): { one: Rig; heard: Heard } {
    const one = rig();
    let isDone = false;
    const heard = one.hear((subscription) => {
      isDone = true;
      act(one, subscription);
    });
    one.until(() => isDone);
    one.pass(WATCHED);
    return { one, heard };
  }

  it('hears what its observer tells its source within the first value as if it came after it', () => {
    const act = (one: Rig): void => {
      one.tell(9);
    };
    const { one, heard } = within(act);
    heard.subscription.unsubscribe();
    expect(heard.told.length).toBeGreaterThan(1);
    expect(heard.told).toEqual(plainly(act));
    expect(one.timers).toBe(0);
  });

  it.each(['complete', 'error'] as const)(
    'ends as ever where its observer ends its source within a value: %s',
    (end) => {
      const act = (one: Rig): void => {
        if (end === 'complete') one.source.complete();
        else one.source.error(new Error('the end'));
      };
      const { one, heard } = within(act);
      expect(heard.told).toEqual(plainly(act));
      expect(heard.told.at(-1)?.[1]).toBe(end === 'complete' ? 'complete' : 'error: Error: the end');
      expect(heard.told.filter(([, what]) => what === 'complete')).toHaveLength(end === 'complete' ? 1 : 0);
      expect([one.source.observed, one.timers]).toEqual([false, 0]);
    },
  );

  it('leaves its source and its timers in the step in which its observer leaves', () => {
    const one = rig();
    const heard = one.hear((subscription) => {
      subscription.unsubscribe();
    });
    one.until(() => isBegun(heard));
    const isObserved = one.source.observed;
    one.tell(9);
    one.pass(WATCHED);
    expect(heard.told).toHaveLength(heard.atOnce + 1);
    expect([isObserved, one.timers, one.subscribed]).toEqual([false, 0, 1]);
  });

  it('gives who comes within a value a run of his own, and keeps the other as it was', () => {
    const runs: Heard[] = [];
    const { one, heard } = within((rigged) => {
      runs.push(rigged.hear());
      rigged.tell(9);
    });
    const alone = rig();
    const reference = alone.hear();
    alone.until(() => isBegun(reference));
    const fresh = alone.hear();
    alone.tell(9);
    alone.pass(WATCHED);
    expect(heard.told).toEqual(reference.told);
    expect(runs[0]?.told).toEqual(fresh.told);
    expect(one.subscribed).toBe(2);
    for (const { subscription } of [heard, ...runs]) subscription.unsubscribe();
    expect([one.source.observed, one.timers]).toEqual([false, 0]);
  });

  it('goes on for its observer, and for others, where he throws', () => {
    const thrown: unknown[] = [];
    config.onUnhandledError = (error) => thrown.push(error);
    jest.useFakeTimers();
    try {
      const one = rig();
      const told: unknown[] = [];
      const thrower = one.result$.subscribe((value) => {
        told.push(value);
        throw new Error('an observer throws');
      });
      const other = one.hear();
      one.tell(9);
      one.pass(WATCHED);
      jest.runAllTimers();
      expect(told).toEqual(other.told.map(([, what]) => what));
      expect(thrown).toHaveLength(told.length);
      thrower.unsubscribe();
      other.subscription.unsubscribe();
      expect([one.source.observed, one.timers]).toEqual([false, 0]);
    } finally {
      jest.useRealTimers();
      config.onUnhandledError = null;
    }
  });

  it(
    'is subscribed to its source once for each observer, from when he comes until he leaves',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const [a, b] = operator.values;
      const source = hot<never>('-a-b-|', { a: a as never, b: b as never });
      const result$ = source.pipe(operator.make(new VirtualTimeScheduler()), ignoreElements());
      expectObservable(result$, '^--!').toBe('-');
      expectObservable(result$, '--^-!').toBe('-');
      expectSubscriptions(source.subscriptions).toBe(['^--!', '--^-!']);
    }),
  );

  it('is subscribed once for two who share it, and left with the last', () => {
    const one = rig();
    const shared$ = one.result$.pipe(share());
    const [left, right] = [one.hear(undefined, shared$), one.hear(undefined, shared$)];
    one.tell(9);
    one.pass(20);
    expect(one.subscribed).toBe(1);
    left.subscription.unsubscribe();
    expect(one.source.observed).toBe(true);
    right.subscription.unsubscribe();
    expect([one.source.observed, one.timers]).toEqual([false, 0]);
  });

  it('ends with sources that end at once, and leaves no timer', () => {
    const end = new Error('the end');
    for (const [source, last] of [
      [EMPTY, 'complete'],
      [throwError(() => end), `error: ${String(end)}`],
      [from(operator.values), 'complete'],
      [
        concat(
          from(operator.values),
          throwError(() => end),
        ),
        `error: ${String(end)}`,
      ],
    ] as const) {
      const one = rig();
      const heard = one.hear(undefined, (source as Observable<never>).pipe(operator.make(one.scheduler)));
      one.pass(WATCHED);
      expect(heard.told.at(-1)?.[1]).toBe(last);
      expect(one.timers).toBe(0);
    }
  });

  it('leaves a source that tells much at once in the step in which its observer has enough', () => {
    const one = rig();
    let told = 0;
    const endless = range(0, 1_000).pipe(
      tap(() => (told += 1)),
      map((n) => operator.values[n % operator.values.length]),
    ) as Observable<never>;
    let enough = NaN;
    const result$ = endless.pipe(
      operator.make(one.scheduler),
      take(2),
      tap({
        complete: () => (enough = told),
      }),
    );
    const heard = one.hear(undefined, result$);
    one.pass(WATCHED);
    expect(heard.told.at(-1)?.[1]).toBe('complete');
    expect(told).toBe(enough);
    expect(one.timers).toBe(0);
  });
});

/** What calls back while it folds, with values of which the second is called back for, and one that is told within that. */
const calledBack: Readonly<Record<string, (call: () => void) => Tried>> = {
  candlesFromTrades: (onLate) =>
    tried([trades[0], trades[2], trades[1], trades[4], trades[3]], () =>
      core.candlesFromTrades({ interval: 100, onLate }),
    ),
  vwap: (onUnknown) => tried([unknown, ...trades], () => core.vwap({ onUnknown })),
  volumeBySymbol: (onUnknown) => tried([unknown, ...trades], () => core.volumeBySymbol({ onUnknown })),
  volumeProfile: (onUnknown) =>
    tried([trades[0], unknown, ...trades.slice(1)], () => core.volumeProfile({ onUnknown })),
  bounded: (onDrop) =>
    tried([1, 2, 3, 4], (scheduler) => core.bounded({ limit: 1, overflow: 'drop-oldest', onDrop, scheduler })),
};
const unknown = { ...trade({ id: 'never told' }), type: 'CORRECTION' };

describe.each(Object.entries(calledBack))('%s', (_, of) => {
  it('folds what its callback tells its source', () => {
    const run = (isWithin: boolean): unknown => {
      let calls = 0;
      const one: Rig = new Rig(
        of(() => {
          calls += 1;
          if (isWithin && calls === 1) one.tell();
        }),
      );
      const heard = one.hear();
      while (calls === 0) one.tell();
      if (!isWithin) one.tell();
      // What is told next shows what was remembered.
      one.tell(9);
      one.pass(WATCHED);
      heard.subscription.unsubscribe();
      return heard.told;
    };
    expect(run(true)).toEqual(run(false));
  });
});
