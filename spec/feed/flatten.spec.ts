import { Subject, map, of, take, throwError } from 'rxjs';
import { flatten } from '../../lib/feed/flatten.js';
import { marbles } from '../../lib/testing/index.js';

describe('flatten', () => {
  it(
    'tells each of a list, and errors as its source does',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -a---b--c--#', { a: [1, 2], b: [], c: [3] });
      const expected = '    -(xy)---z--#';
      const subs = '        ^----------!';

      const flat$ = source.pipe(flatten((list) => list));

      expectObservable(flat$).toBe(expected, { x: 1, y: 2, z: 3 });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('ends with its source, and tells no more once it is left', () => {
    const source$ = new Subject<readonly number[]>();
    const told: unknown[] = [];

    source$.pipe(flatten((list) => list), take(2)).subscribe({ next: (one) => told.push(one), complete: () => told.push('end') }); // prettier-ignore
    source$.next([1, 2, 3]);

    expect(told).toEqual([1, 2, 'end']);
    expect(source$.observed).toBe(false);
    of([4]).pipe(flatten((list) => list)).subscribe({ next: (one) => told.push(one), complete: () => told.push('end') }); // prettier-ignore
    expect(told.slice(3)).toEqual([4, 'end']);
  });

  it('errors with what its function throws', () => {
    const thrown = new Error('no list');
    const told: unknown[] = [];
    const wrong = of(1).pipe(
      flatten((): readonly number[] => {
        throw thrown;
      }),
    );

    wrong.subscribe({ error: (error: unknown) => told.push(error) });
    throwError(() => thrown).pipe(map(() => [1]), flatten((list) => list)).subscribe({ error: (error: unknown) => told.push(error) }); // prettier-ignore

    expect(told).toEqual([thrown, thrown]);
  });
});
