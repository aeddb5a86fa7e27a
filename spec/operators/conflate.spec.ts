import { Subject, merge, take, tap } from 'rxjs';
import { conflate } from '../../lib/operators/conflate.js';
import { statusChanged } from '../../lib/operators/statusChanged.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';
import { showState, toState } from './drawn.js';

describe('conflate', () => {
  it('tells the first at once and the latest at each end of a window', () => {
    runDiagram('conflate.txt', ({ hot, expect, scheduler }) => {
      expect('conflated', hot('source', String).pipe(conflate({ every: 5, scheduler })), String);
    });
  });

  it('holds nothing back that is urgent', () => {
    runDiagram('conflateUrgent.txt', ({ hot, expect, scheduler }) => {
      const states = hot('states', toState);
      expect('conflated', states.pipe(conflate({ every: 5, urgent: statusChanged, scheduler })), showState);
    });
  });

  it(
    'emits once a window while values keep coming',
    marbles(({ hot, expectObservable }) => {
      const source = hot('   abcdefghijklmn|');
      const expected = '     a---e---i---m---(n|)';

      expectObservable(source.pipe(conflate({ every: 4 }))).toBe(expected);
    }),
  );

  it(
    'drops what is held when the source errors, and leaves no timer when its observer leaves',
    marbles(({ cold, expectObservable, expectSubscriptions, flush, scheduler }) => {
      const failing = cold('ab-#');
      const source = cold(' ab---');

      expectObservable(failing.pipe(conflate({ every: 5 }))).toBe('a--#');
      expectObservable(source.pipe(conflate({ every: 5 })), '^--!').toBe('a');
      expectSubscriptions(source.subscriptions).toBe('^--!');
      flush();
      // Time stands where the last observer left: nothing was due later.
      expect(scheduler.now()).toBe(3);
    }),
  );

  it(
    'errors with what urgent throws, and leaves its source',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b---');
      const urgent = (): boolean => {
        throw new Error('urgent');
      };

      expectObservable(source.pipe(conflate({ every: 5, urgent }))).toBe('-a-#', { a: 'a' }, new Error('urgent'));
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );

  it(
    'asks about each value with the one before it',
    marbles(({ cold, expectObservable, flush }) => {
      const asked: string[] = [];
      const urgent = (previous: string, next: string): boolean => {
        asked.push(previous + next);
        return next === 'c';
      };

      expectObservable(cold('abcd|').pipe(conflate({ every: 5, urgent }))).toBe('a-c----(d|)');
      flush();
      expect(asked).toEqual(['ab', 'bc', 'cd']);
    }),
  );

  it('takes a value that comes while it emits', () => {
    const source = new Subject<number>();
    const seen: number[] = [];

    source.pipe(conflate({ every: 1_000_000, urgent: (_, next) => next < 4 }), take(3)).subscribe((value) => {
      seen.push(value);
      source.next(value + 1);
    });
    source.next(1);

    expect(seen).toEqual([1, 2, 3]);
    expect(source.observed).toBe(false);
  });

  it(
    'holds what comes while a value is told until the end of the window that the value began',
    marbles(({ cold, expectObservable, scheduler }) => {
      const again = new Subject<string>();
      const source = merge(cold('a-------b|'), again);
      const told = source.pipe(
        conflate({ every: 5, scheduler }),
        tap((value) => {
          if (value !== 'a') return;
          again.next('c');
          again.complete();
        }),
      );

      expectObservable(told).toBe('a----c----(b|)');
    }),
  );

  it.each([0, -1, NaN, Infinity])('refuses a window of %s ms', (every) => {
    refuses('every', () => conflate({ every }));
  });

  keepsTheContract(() => conflate<string>({ every: 1 }), 'a', 'a');
});
