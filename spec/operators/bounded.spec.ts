import { asyncScheduler, map, NEVER, of, range, take, timer } from 'rxjs';
import fc from 'fast-check';
import { BufferOverflowError } from '../../lib/errors/bufferOverflowError.js';
import { bounded } from '../../lib/operators/bounded.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';

const slow = (ms: number) => (value: string) => timer(ms).pipe(map(() => value));

describe('bounded', () => {
  it('drops what waits longest', () => {
    runDiagram('bounded.txt', ({ hot, expect }) => {
      const source = hot('source', String);
      expect('consumed', source.pipe(bounded({ limit: 2, overflow: 'drop-oldest', project: slow(4) })), String);
    });
  });

  it(
    'drops what comes, or ends the stream',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -abcd-----|');
      const newest = '       -----a---b---(c|)';
      const error = '        ----#';

      expectObservable(source.pipe(bounded({ limit: 2, overflow: 'drop-newest', project: slow(4) }))).toBe(newest);
      expectObservable(source.pipe(bounded({ limit: 2, overflow: 'error', project: slow(4) }))).toBe(
        error,
        {},
        new BufferOverflowError(2),
      );
      expectSubscriptions(source.subscriptions).toBe(['^---------!', '^---!']);
    }),
  );

  it(
    'keeps its bound and counts what it drops while the consumer is slower, and catches up',
    marbles(({ flush }) => {
      const drops: number[] = [];
      let held = 0;
      let most = 0;
      const source = timer(0, 1).pipe(
        take(1_000),
        map((n) => {
          most = Math.max(most, ++held);
          return n;
        }),
      );
      const consumed = source.pipe(
        bounded({
          limit: 10,
          overflow: 'drop-oldest',
          onDrop: (dropped) => {
            drops.push(dropped);
            held--;
          },
          project: (n) =>
            timer(10).pipe(
              map(() => {
                held--;
                return n;
              }),
            ),
        }),
      );
      const seen: number[] = [];
      consumed.subscribe((n) => seen.push(n));

      flush();

      expect(most).toBe(12);
      expect(drops).toEqual(Array.from(drops, (_, index) => index + 1));
      expect(seen.length + drops.length).toBe(1_000);
      expect(seen.slice(-10)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
    }),
  );

  it(
    'hands out after the task at hand, one value per turn',
    marbles(({ expectObservable, flush }) => {
      const told: unknown[] = [];
      range(0, 5)
        .pipe(bounded({ limit: 3, overflow: 'drop-oldest', onDrop: (n) => told.push(`dropped ${n}`) }))
        .subscribe({ next: (n) => told.push(n), complete: () => told.push('complete') });
      told.push('task ends');

      expectObservable(of(1).pipe(bounded({ limit: 1, overflow: 'error', scheduler: asyncScheduler }))).toBe('(a|)', {
        a: 1,
      });
      flush();
      expect(told).toEqual(['dropped 1', 'dropped 2', 'task ends', 2, 3, 4, 'complete']);
    }),
  );

  it(
    'gives up what waits when the source errors or the observer leaves',
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const failing = hot('-ab-#');
      const source = hot(' -ab------');
      const work = cold('  -----w|');

      expectObservable(failing.pipe(bounded({ limit: 2, overflow: 'error', project: slow(5) }))).toBe('----#');
      expectObservable(source.pipe(bounded({ limit: 2, overflow: 'error', project: () => work })), '^--!').toBe('');
      expectSubscriptions(source.subscriptions).toBe('^--!');
      expectSubscriptions(work.subscriptions).toBe('-^-!');
    }),
  );

  it(
    'errors with what project or onDrop throw, and leaves its source',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-abc---');
      const thrower = (): never => {
        throw new Error('callback');
      };

      expectObservable(source.pipe(bounded({ limit: 1, overflow: 'error', project: thrower }))).toBe(
        '-#',
        {},
        new Error('callback'),
      );
      expectObservable(
        source.pipe(bounded({ limit: 1, overflow: 'drop-newest', onDrop: thrower, project: () => NEVER })),
      ).toBe('---#', {}, new Error('callback'));
      expectSubscriptions(source.subscriptions).toBe(['^!', '^--!']);
    }),
  );

  it('drops nothing and keeps the order while the bound holds', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 50 }), (values) => {
        const seen: unknown[] = [];

        marbles(({ flush }) => {
          of(...values)
            .pipe(bounded({ limit: 50, overflow: 'error' }))
            .subscribe((value) => seen.push(value));
          flush();
        })();

        expect(seen).toEqual(values);
      }),
    );
  });

  it.each([0, -1, 2.5, NaN])('refuses a limit of %s', (limit) => {
    refuses('limit', () => bounded({ limit, overflow: 'error' }));
  });

  keepsTheContract(() => bounded<string>({ limit: 1, overflow: 'error' }), 'a', 'a', 'after it');
});
