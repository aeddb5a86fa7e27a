import { take, type OperatorFunction } from 'rxjs';
import { marbles } from '../../lib/testing/marbles.js';

/** What every operator that passes its first value at once has in common. */
export function keepsTheContract<T, R>(operator: () => OperatorFunction<T, R>, a: T, x: R): void {
  describe('as every operator', () => {
    it(
      'starts nothing, and stays silent as its source does',
      marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
        const unused = hot<T>('-a-', { a });
        unused.pipe(operator());
        const never = cold<T>('-');

        expectObservable(never.pipe(operator()), '^ 1s !').toBe('-');
        expectSubscriptions(never.subscriptions).toBe('^ 1s !');
        expectSubscriptions(unused.subscriptions).toBe([]);
      }),
    );

    it(
      'completes with an empty source',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const empty = cold<T>('--|');

        expectObservable(empty.pipe(operator())).toBe('--|');
        expectSubscriptions(empty.subscriptions).toBe('^-!');
      }),
    );

    it(
      'errors at once with its source',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const failing = cold<T>('-a-#', { a }, new Error('source'));

        expectObservable(failing.pipe(operator())).toBe('-x-#', { x }, new Error('source'));
        expectSubscriptions(failing.subscriptions).toBe('^--!');
      }),
    );

    it(
      'leaves its source when its observer leaves, also within a value',
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot<T>('-a------', { a });

        expectObservable(source.pipe(operator()), '^-!').toBe('-x', { x });
        expectObservable(source.pipe(operator(), take(1))).toBe('-(x|)', { x });
        expectSubscriptions(source.subscriptions).toBe(['^-!', '^!']);
      }),
    );

    it(
      'keeps two observers apart',
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot<T>('-a--a--|', { a });
        const result$ = source.pipe(operator(), take(1));

        expectObservable(result$).toBe('-(x|)', { x });
        expectObservable(result$, '--^').toBe('----(x|)', { x });
        expectSubscriptions(source.subscriptions).toBe(['^!', '--^-!']);
      }),
    );
  });
}

/** Holds a call to refusing one of its arguments at once, and by name. */
export function refuses(field: string, call: () => unknown): void {
  expect(call).toThrow(expect.objectContaining({ name: 'InvalidArgumentError', field }));
}
