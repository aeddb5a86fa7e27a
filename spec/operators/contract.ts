import { map, range, take, tap, type OperatorFunction } from 'rxjs';
import { marbles } from '../../lib/testing/marbles.js';

/**
 * What every operator that passes its first value at once has in common.
 *
 * @param passes `within the step`, or `after it`: in the same moment, but in a task of its own.
 */
export function keepsTheContract<T, R>(
  operator: () => OperatorFunction<T, R>,
  a: T,
  x: R,
  passes: 'within the step' | 'after it' = 'within the step',
): void {
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

    if (passes === 'within the step') {
      it('leaves a source that tells much at once within a value', () => {
        let told = 0;
        const source = range(0, 100).pipe(
          tap(() => (told += 1)),
          map(() => a),
        );
        source.pipe(operator(), take(1)).subscribe();

        expect(told).toBe(1);
      });
    }

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
