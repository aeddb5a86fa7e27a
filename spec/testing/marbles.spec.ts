import { asyncScheduler, interval, map, timer } from 'rxjs';
import { marbles } from '../../lib/testing/marbles.js';

describe('marbles', () => {
  it(
    'runs a test in virtual time',
    marbles(({ hot, expectObservable, expectSubscriptions, scheduler }) => {
      const source = hot('-a--b-|');

      expectObservable(source.pipe(map(() => [scheduler.now(), asyncScheduler.now()]))).toBe('-a--b-|', {
        a: [1, 1],
        b: [4, 4],
      });
      expectSubscriptions(source.subscriptions).toBe('^-----!');
    }),
  );

  it('fails with what differs', () => {
    expect(
      marbles(({ cold, expectObservable }) => {
        expectObservable(cold('-a|')).toBe('--a|');
      }),
    ).toThrow('- 2 ms  "a"');
  });

  it('compares with what it is given', () => {
    const seen: unknown[] = [];

    marbles(
      ({ cold, expectObservable }) => {
        expectObservable(cold('a|')).toBe('b|');
      },
      { assert: (...both) => seen.push(both) },
    )();

    expect(seen).toHaveLength(1);
  });

  it(
    'follows what repeats for ever up to its end, and compares that',
    marbles(
      ({ expectObservable }) => {
        expectObservable(interval(10_000)).toBe('10s a 9999ms b 9999ms c', { a: 0, b: 1, c: 2 });
      },
      { until: 35_000 },
    ),
  );

  it('ends after a day unless told otherwise', () => {
    let last = 0;

    marbles(
      ({ expectObservable }) => {
        expectObservable(timer(0, 3_600_000).pipe(map((n) => void (last = n)))).toBe('a', { a: undefined });
      },
      { assert: () => undefined },
    )();

    expect(last).toBe(24);
  });

  it('runs anew each time', () => {
    let runs = 0;
    const test = marbles(({ scheduler }) => void (runs += 1 + scheduler.now()));

    test();
    test();

    expect(runs).toBe(2);
  });
});
