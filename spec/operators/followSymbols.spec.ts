import { NEVER, Observable, Subject, finalize, merge, of, range, take, tap } from 'rxjs';
import { followSymbols } from '../../lib/operators/followSymbols.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';

describe('followSymbols', () => {
  it('subscribes what comes, unsubscribes what goes, and leaves alone what stays', () => {
    runDiagram('followSymbols.txt', ({ hot, expect, expectSubscriptions }) => {
      const streams = { A: hot('stream of A', String), B: hot('stream of B', String) };
      const symbols$ = hot('symbols', (label) => label.split(' '));
      const all$ = symbols$.pipe(followSymbols({ streamOf: (symbol) => streams[symbol as 'A' | 'B'] }));

      expect('all so far', all$, String);
      expectSubscriptions('A is observed', streams.A.subscriptions);
      expectSubscriptions('B is observed', streams.B.subscriptions);
    });
  });

  it(
    'completes when the set and all streams in it are at their end',
    marbles(({ cold, expectObservable }) => {
      const symbols$ = cold('a-|', { a: ['A', 'B'] });
      const streamOf = (symbol: string) => (symbol === 'A' ? cold('-x|') : cold('---y|'));

      expectObservable(symbols$.pipe(followSymbols({ streamOf }))).toBe('-x-y|');
    }),
  );

  it(
    'completes with an empty set, and with one whose streams have ended before',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<string[]>('--|').pipe(followSymbols({ streamOf: () => NEVER }))).toBe('--|');
      expectObservable(cold('a---|', { a: ['A'] }).pipe(followSymbols({ streamOf: () => cold('x|') }))).toBe('x---|');
    }),
  );

  it(
    'begins no stream again that has ended while it was in the set',
    marbles(({ cold, expectObservable }) => {
      const symbols$ = cold('a--a--b-a-', { a: ['A'], b: [] });

      expectObservable(symbols$.pipe(followSymbols({ streamOf: () => cold('x|') })), '^---------!').toBe('x-------x-');
    }),
  );

  it(
    'errors with a stream, with the set, and with what streamOf throws, and leaves everything',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const other = cold('-');
      const symbols$ = cold('a--', { a: ['B', 'A'] });
      const streamOf = (symbol: string) => (symbol === 'A' ? cold('-#') : other);
      const throwing = (): never => {
        throw new Error('streamOf');
      };

      expectObservable(symbols$.pipe(followSymbols({ streamOf }))).toBe('-#');
      expectSubscriptions(other.subscriptions).toBe('^!');
      expectObservable(cold<string[]>('--#').pipe(followSymbols({ streamOf }))).toBe('--#');
      expectObservable(cold('-a-', { a: ['A'] }).pipe(followSymbols({ streamOf: throwing }))).toBe(
        '-#',
        {},
        new Error('streamOf'),
      );
    }),
  );

  it(
    'leaves set and streams when its observer leaves',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const stream = cold('-');
      const symbols$ = cold('a--', { a: ['A'] });

      expectObservable(symbols$.pipe(followSymbols({ streamOf: () => stream })), '^--!').toBe('----');
      expectSubscriptions(stream.subscriptions).toBe('^--!');
      expectSubscriptions(symbols$.subscriptions).toBe('^--!');
    }),
  );

  describe('when the set changes within a step', () => {
    const following = () => {
      const symbols$ = new Subject<readonly string[]>();
      const begun: string[] = [];
      const observed = new Set<string>();
      const streamOf = (symbol: string): Observable<string> =>
        merge(of(symbol), NEVER).pipe(
          tap({
            subscribe: () => {
              begun.push(symbol);
              observed.add(symbol);
            },
          }),
          finalize(() => observed.delete(symbol)),
        );
      return { symbols$, begun, observed, followed$: symbols$.pipe(followSymbols({ streamOf })) };
    };

    it.each([
      { then: ['C'], begun: ['A', 'C'] },
      { then: ['B', 'C'], begun: ['A', 'C', 'B'] },
      { then: [], begun: ['A'] },
    ])('follows $then alone when a stream of the set before led to it', ({ then, begun }) => {
      const { symbols$, followed$, ...seen } = following();
      followed$.subscribe((symbol) => {
        if (symbol === 'A') symbols$.next(then);
      });
      symbols$.next(['A', 'B']);

      expect(seen.begun).toEqual(begun);
      expect([...seen.observed].sort()).toEqual(then);
    });

    it('follows the newer set when leaving a stream led to it', () => {
      const symbols$ = new Subject<readonly string[]>();
      const observed = new Set<string>();
      const streamOf = (symbol: string): Observable<string> =>
        new Observable(() => {
          observed.add(symbol);
          return () => {
            observed.delete(symbol);
            if (symbol === 'A') symbols$.next(['D']);
          };
        });
      symbols$.pipe(followSymbols({ streamOf })).subscribe();
      symbols$.next(['A', 'B']);
      symbols$.next(['B', 'C']);

      expect([...observed]).toEqual(['D']);
    });

    it('ends a stream, its finalize too, before the next begins also where its first value led to that', () => {
      const symbols$ = new Subject<readonly string[]>();
      const seen: string[] = [];
      const streamOf = (symbol: string): Observable<string> =>
        merge(of(symbol), NEVER).pipe(
          tap({ subscribe: () => seen.push(`${symbol} begun`) }),
          finalize(() => seen.push(`${symbol} over`)),
        );
      symbols$.pipe(followSymbols({ streamOf })).subscribe((symbol) => {
        if (symbol === 'A') symbols$.next(['B']);
      });
      symbols$.next(['A']);

      expect(seen).toEqual(['A begun', 'A over', 'B begun']);
    });

    it('completes only when the streams not yet begun are over, too', () => {
      const symbols$ = new Subject<readonly string[]>();
      const seen: string[] = [];
      symbols$.pipe(followSymbols({ streamOf: (symbol) => of(symbol) })).subscribe({
        next: (symbol) => {
          seen.push(symbol);
          symbols$.complete();
        },
        complete: () => seen.push('over'),
      });
      symbols$.next(['A', 'B']);

      expect(seen).toEqual(['A', 'B', 'over']);
    });
  });

  it('leaves a stream that tells much at once within a value', () => {
    let told = 0;
    const streamOf = () => range(0, 1_000).pipe(tap(() => (told += 1)));
    of(['A']).pipe(followSymbols({ streamOf }), take(2)).subscribe();

    expect(told).toBe(2);
  });

  keepsTheContract(() => followSymbols({ streamOf: (symbol) => of(symbol) }), ['A'], 'A');
});
