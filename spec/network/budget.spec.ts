import fc from 'fast-check';
import { NEVER, Observable, Subject, of, take, timer } from 'rxjs';
import { Budget, type BudgetLimits } from '../../lib/network/budget.js';
import { SteadyScheduler } from '../../lib/time/steadyScheduler.js';
import { Clock, Seen } from '../support/fakeVenue.js';

/** A source that notes when it was started. */
const noted = (clock: Clock, log: number[], lasting: Observable<unknown> = of(0)): Observable<unknown> =>
  new Observable((subscriber) => {
    log.push(clock.now());
    return lasting.subscribe(subscriber);
  });

describe('Budget', () => {
  it('starts at once while there is room, in the order of asking', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 2, window: 1_000 }], clock);
    const seen = [1, 2, 3].map((value) => new Seen(budget.run(of(value))));

    expect(seen.map(({ values }) => values)).toEqual([[1], [2], []]);
    clock.advance(999);
    expect(seen[2]?.values).toEqual([]);
    clock.advance(1);
    expect(seen[2]?.values).toEqual([3]);
    expect(clock.timers).toBe(0);
  });

  it('lets nobody pass a heavy one that waits', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 10, window: 1_000 }], clock);
    const log: string[] = [];
    const run = (name: string, weight: number): void =>
      void budget.run(of(name), [weight]).subscribe((one) => log.push(`${one} ${clock.now()}`));

    run('first', 6);
    clock.advance(100);
    run('heavy', 5);
    run('light', 1);
    clock.advance(2_000);

    expect(log).toEqual(['first 0', 'heavy 1000', 'light 1000']);
  });

  it('asks no more of a source than the whole allowance', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 5, window: 1_000 }], clock);
    const seen = [new Seen(budget.run(of(1), [50])), new Seen(budget.run(of(2), [1]))];

    expect(seen.map(({ values }) => values)).toEqual([[1], []]);
    clock.advance(1_000);
    expect(seen[1]?.values).toEqual([2]);
  });

  it('starts nothing for who leaves in the same moment as those before', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 100, window: 1_000, concurrent: 2 }], clock);
    const log: number[] = [];
    const left = Array.from({ length: 10 }, () => budget.run(noted(clock, log, NEVER)).subscribe());
    const stays = budget.run(noted(clock, log, NEVER)).subscribe();

    for (const one of left) one.unsubscribe();
    expect(log).toEqual([0, 0]);
    clock.advance(0);
    expect(log).toEqual([0, 0, 0]);

    stays.unsubscribe();
    expect(clock.timers).toBe(0);
  });

  it('runs no more at once than it may', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 100, window: 1_000, concurrent: 2 }], clock);
    const running = [new Subject<number>(), new Subject<number>(), new Subject<number>(), new Subject<number>()];
    const seen = running.map((source) => new Seen(budget.run(source)));
    expect(running.map(({ observed }) => observed)).toEqual([true, true, false, false]);

    running[0]?.complete();
    expect(running.map(({ observed }) => observed)).toEqual([false, true, true, false]);
    seen[1]?.leave();
    clock.advance(0);

    expect(running.map(({ observed }) => observed)).toEqual([false, false, true, true]);
    running[2]?.error(new Error('x'));
    expect(seen.map(({ end }) => end)).toEqual(['complete', undefined, { error: new Error('x') }, undefined]);
  });

  it('keeps still for as long as it was told, also what asked before', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 1, window: 1_000 }], clock);
    const log: number[] = [];
    for (let i = 0; i < 3; i += 1) new Seen(budget.run(noted(clock, log)));
    clock.advance(500);

    budget.pause(5_000);
    clock.advance(10_000);

    expect(log).toEqual([0, 5_500, 6_500]);
  });

  it.each([-3_600_000, 7_000, 3_600_000])('keeps all that wait for so long, though the clock is set by %d ms', (ms) => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 100, window: 1_000 }], clock);
    budget.pause(20_000);
    const seen: Seen<number>[] = [];
    for (let at = 0; at < 20_000; at += 500) {
      seen.push(new Seen(budget.run(of(at))));
      if (at % 3 === 0) budget.run(of(at)).subscribe().unsubscribe();
      if (at === 5_000) clock.adjust(ms);
      clock.advance(at === 19_500 ? 499 : 500);
    }

    expect(seen.flatMap(({ values }) => values)).toEqual([]);
    clock.advance(1);
    expect(seen.flatMap(({ values }) => values)).toHaveLength(40);
    expect(clock.timers).toBe(0);
  });

  it.each([-3_600_000, -20_000, 20_000, 3_600_000])(
    'stays away for as long, whether or not anybody waits, where the clock is set by %d ms and the platform has a steady one',
    (by) => {
      const clock = new Clock();
      const budget = new Budget([{ limit: 10, window: 1_000 }], new SteadyScheduler(clock, () => clock.frame));
      const log: number[] = [];
      const noteTruth = new Observable<never>(() => void log.push(clock.frame));
      budget.pause(60_000);
      clock.advance(10_000);
      clock.adjust(by);
      clock.advance(10_000);
      budget.run(noteTruth).subscribe();
      clock.advance(30_000);
      expect(log).toEqual([]);
      clock.advance(20_000);
      expect(log).toHaveLength(1);
      expect(log[0]).toBeGreaterThanOrEqual(59_000);
      expect(log[0]).toBeLessThanOrEqual(60_000);
      expect(clock.timers).toBe(0);
    },
  );

  it('is not shortened by a shorter pause', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 9, window: 1_000 }], clock);
    const log: number[] = [];
    budget.pause(5_000);
    budget.pause(100);
    new Seen(budget.run(noted(clock, log)));
    clock.advance(10_000);

    expect(log).toEqual([5_000]);
  });

  it('forgets who leaves while waiting, and leaves no timer', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 1, window: 1_000 }], clock);
    const log: number[] = [];
    new Seen(budget.run(of(0)));
    const waiting = [1, 2, 3].map(() => new Seen(budget.run(noted(clock, log))));
    waiting[1]?.leave();
    clock.advance(1_500);
    expect(log).toEqual([1_000]);

    for (const one of waiting) one.leave();

    expect(clock.timers).toBe(0);
  });

  it('serves the next when the one at the head leaves', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 10, window: 1_000 }], clock);
    const log: number[] = [];
    new Seen(budget.run(of(0), [5]));
    clock.advance(10);
    const heavy = new Seen(budget.run(of(0), [10]));
    new Seen(budget.run(noted(clock, log), [5]));

    heavy.leave();
    clock.advance(0);

    expect(log).toEqual([10]);
  });

  it('stands thousands that are done at once and thousands that leave at once', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 20_000, window: 1_000 }], clock);
    budget.pause(1);
    const seen = Array.from({ length: 10_000 }, () => new Seen(budget.run(of(1))));

    clock.advance(1);

    expect(seen.every(({ end }) => end === 'complete')).toBe(true);
    expect(clock.timers).toBe(0);
  });

  it('may be asked from within what it runs', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 2, window: 1_000, concurrent: 1 }], clock);
    const log: string[] = [];
    budget.run(of('a')).subscribe((a) => {
      log.push(a);
      budget.run(of('b')).subscribe((b) => log.push(b));
    });

    expect(log).toEqual(['a', 'b']);
  });

  it('spends several allowances at the same moment, so that none is exceeded by a wait for another', () => {
    const clock = new Clock();
    const limits = [
      { limit: 2, window: 100 },
      { limit: 10, window: 10_000 },
    ];
    const budget = new Budget(limits, clock);
    const log: number[] = [];
    for (let i = 0; i < 20; i += 1) new Seen(budget.run(noted(clock, log)));
    clock.advance(60_000);

    expect(log).toHaveLength(20);
    for (const { limit, window } of limits) {
      log.forEach((at, i) => expect(at - (log[i - limit] ?? -Infinity)).toBeGreaterThanOrEqual(window));
    }
  });

  it('tells once what waits and for how long, and again only after nothing did', () => {
    const clock = new Clock();
    const told: unknown[] = [];
    const budget = new Budget([{ limit: 4_800, window: 60_000 }], clock, (wait) => told.push([clock.now(), wait]));
    const ask = (count: number): number[] => {
      const log: number[] = [];
      for (let i = 0; i < count; i += 1) new Seen(budget.run(noted(clock, log), [50]));
      return log;
    };

    const log = ask(500);
    clock.advance(1_000);
    expect(told).toEqual([[1_000, { count: 404, ms: 299_000 }]]);
    clock.advance(300_000);
    expect(log.at(-1)).toBe(300_000);
    expect(told).toHaveLength(1);

    clock.advance(60_000);
    ask(97);
    clock.advance(60_000);
    expect(told.slice(1)).toEqual([[362_000, { count: 1, ms: 59_000 }]]);
    budget.pause(10_000);
    const seen = new Seen(budget.run(NEVER));
    clock.advance(1_000);
    expect(told.slice(2)).toEqual([[422_000, { count: 1, ms: 9_000 }]]);
    seen.leave();
    expect(clock.timers).toBe(0);
  });

  it('tells nothing of what waits for less than a second, or leaves before', () => {
    const clock = new Clock();
    const told: unknown[] = [];
    const budget = new Budget([{ limit: 1, window: 900 }], clock, (wait) => told.push(wait));
    for (let i = 0; i < 2; i += 1) new Seen(budget.run(of(i)));
    clock.advance(900);
    for (const seen of [1, 2].map((value) => new Seen(budget.run(of(value))))) seen.leave();
    clock.advance(5_000);
    expect(told).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('is never over in any window nor in concurrency, and starts in order, whatever is asked', () => {
    const limit = fc.record({
      limit: fc.integer({ min: 1, max: 10 }),
      window: fc.integer({ min: 1, max: 500 }),
    });
    const action = fc.record({
      pause: fc.nat({ max: 200 }),
      weights: fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 12 })),
      lasts: fc.option(fc.nat({ max: 300 }), { nil: undefined }),
      leavesAfter: fc.option(fc.nat({ max: 600 }), { nil: undefined }),
      still: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined, freq: 12 }),
    });
    fc.assert(
      fc.property(
        fc.tuple(limit, limit),
        fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
        fc.array(action, { maxLength: 40 }),
        (windows, concurrent, actions) => {
          const clock = new Clock();
          const limits: readonly BudgetLimits[] = windows.map((one) => ({ ...one, concurrent }));
          const budget = new Budget(limits, clock);
          const started: { readonly order: number; readonly at: number; readonly weights: readonly number[] }[] = [];
          let running = 0;
          let still = 0;
          actions.forEach(({ pause, weights, lasts, leavesAfter, still: stillFor }, order) => {
            clock.advance(pause);
            if (stillFor !== undefined) {
              budget.pause(stillFor);
              still = Math.max(still, clock.now() + stillFor);
            }
            const source = new Observable<unknown>((subscriber) => {
              expect(clock.now()).toBeGreaterThanOrEqual(still);
              started.push({ order, at: clock.now(), weights });
              running += 1;
              expect(running).toBeLessThanOrEqual(concurrent ?? Infinity);
              subscriber.add(() => (running -= 1));
              subscriber.add((lasts === undefined ? of(0) : timer(lasts, clock)).subscribe(subscriber));
            });
            const seen = new Seen(budget.run(source, weights).pipe(take(1)));
            if (leavesAfter !== undefined) clock.schedule(() => seen.leave(), leavesAfter);
          });
          clock.advance(1_000_000);

          expect(started.map(({ order }) => order)).toEqual(started.map(({ order }) => order).sort((a, b) => a - b));
          windows.forEach(({ limit: most, window }, which) => {
            for (const { at } of started) {
              const inWindow = started.filter((one) => one.at > at - window && one.at <= at);
              const spent = inWindow.reduce((sum, { weights }) => sum + Math.min(most, weights[which] ?? 1), 0);
              expect(spent).toBeLessThanOrEqual(most);
            }
          });
          actions.forEach(({ leavesAfter }, order) => {
            if (leavesAfter === undefined) expect(started.some((one) => one.order === order)).toBe(true);
          });
          expect(running).toBe(0);
          expect(clock.timers).toBe(0);
        },
      ),
    );
  });

  it('starts no sooner and no later than it must', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 3, window: 1_000 }], clock);
    const log: number[] = [];
    const ask = (): Seen<unknown> => new Seen(budget.run(noted(clock, log, NEVER)));
    ask();
    clock.advance(400);
    ask();
    ask();
    ask();
    ask();
    clock.advance(5_000);

    expect(log).toEqual([0, 400, 400, 1_000, 1_400]);
  });
});
