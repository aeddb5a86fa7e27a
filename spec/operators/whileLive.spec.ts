import { Subject, defer, finalize, map, switchMap, take } from 'rxjs';
import type { BookState } from '../../lib/model/bookState.js';
import { whileLive } from '../../lib/operators/whileLive.js';
import { liveState, staleState, syncingState } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';
import { toState } from './drawn.js';

describe('whileLive', () => {
  it('begins the pipeline anew with each live spell', () => {
    runDiagram('whileLive.txt', ({ hot, expect }) => {
      const counted = hot('states', toState).pipe(
        whileLive((books$) => books$.pipe(map(({ sequence }, index) => `${String(sequence)}:${index + 1}`))),
      );
      expect('counts', counted, String);
    });
  });

  it('ends the pipeline in the step in which the book is trusted no more, before it hears anything of it', () => {
    const states = new Subject<BookState>();
    const seen: unknown[] = [];
    states
      .pipe(
        whileLive((books$) =>
          books$.pipe(
            map(({ sequence }) => sequence),
            finalize(() => seen.push('withdrawn')),
          ),
        ),
      )
      .subscribe((value) => seen.push(value));

    states.next(liveState({ sequence: 1 }));
    states.next(liveState({ sequence: 2 }));
    states.next(staleState({ sequence: 2 }));
    seen.push('stale');
    states.next(staleState({ sequence: 2 }, { reason: 'disconnected' }));
    states.next(liveState({ sequence: 5 }));
    expect(seen).toEqual([1, 2, 'withdrawn', 'stale', 5]);
  });

  it('passes on what comes while its first book is told, also that it is trusted no more', () => {
    const states = new Subject<BookState>();
    const seen: unknown[] = [];
    const pipeline = whileLive((books$) => books$.pipe(finalize(() => seen.push('withdrawn'))));
    states.pipe(pipeline).subscribe(({ sequence }) => {
      seen.push(sequence);
      if (sequence === 1) states.next(liveState({ sequence: 2 }));
      if (sequence === 5) states.next(staleState({ sequence: 5 }));
    });

    states.next(liveState({ sequence: 1 }));
    expect(seen.splice(0)).toEqual([1, 2]);
    states.next(staleState({ sequence: 2 }));
    expect(seen.splice(0)).toEqual(['withdrawn']);
    states.next(liveState({ sequence: 5 }));
    expect(seen.splice(0)).toEqual([5, 'withdrawn']);
  });

  it('begins a new spell when the book is stale and live again while its first book is told', () => {
    const states = new Subject<BookState>();
    const seen: unknown[] = [];
    let spells = 0;
    const pipeline = whileLive((books$) => {
      const spell = ++spells;
      return books$.pipe(map(({ sequence }) => `${spell}:${String(sequence)}`));
    });
    states.pipe(pipeline).subscribe((told) => {
      seen.push(told);
      if (told !== '1:1') return;
      states.next(staleState({ sequence: 1 }));
      states.next(liveState({ sequence: 2 }));
    });

    states.next(liveState({ sequence: 1 }));
    states.next(liveState({ sequence: 3 }));
    expect(seen).toEqual(['1:1', '2:2', '2:3']);
  });

  it('ends a spell, its finalize too, before the next begins, also while the first book is told', () => {
    const states = new Subject<BookState>();
    const seen: unknown[] = [];
    let spells = 0;
    const pipeline = whileLive((books$) => {
      const spell = ++spells;
      return defer(() => {
        seen.push(`begin ${spell}`);
        return books$.pipe(finalize(() => seen.push(`end ${spell}`)));
      });
    });
    states.pipe(pipeline).subscribe(({ sequence }) => {
      seen.push(sequence);
      if (sequence !== 1 && sequence !== 4) return;
      states.next(staleState({ sequence }));
      states.next(liveState({ sequence: sequence + 1 }));
      states.next(liveState({ sequence: sequence + 2 }));
      if (sequence === 4) states.next(staleState({ sequence: 6 }));
    });

    states.next(liveState({ sequence: 1 }));
    expect(seen.splice(0)).toEqual(['begin 1', 1, 'end 1', 'begin 2', 3]);
    states.next(staleState({ sequence: 3 }));
    states.next(liveState({ sequence: 4 }));
    expect(seen).toEqual(['end 2', 'begin 3', 4, 'end 3']);
  });

  it('gives the present book to who asks for it later in the spell', () => {
    const [states, asked] = [new Subject<BookState>(), new Subject<void>()];
    const seen: unknown[] = [];
    states
      .pipe(whileLive((books$) => asked.pipe(switchMap(() => books$.pipe(take(1))))))
      .subscribe(({ sequence }) => seen.push(sequence));

    states.next(liveState({ sequence: 1 }));
    asked.next();
    states.next(liveState({ sequence: 2 }));
    asked.next();
    expect(seen).toEqual([1, 2]);
  });

  it(
    'lets the last spell end by itself when the source is over, and leaves it when its observer goes',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const states = hot('-s-a-|', { s: syncingState, a: liveState() });
      const work = cold('   ---x-|');

      expectObservable(states.pipe(whileLive(() => work))).toBe('------x-|');
      expectObservable(states.pipe(whileLive(() => work)), '^---!').toBe('-----');
      expectSubscriptions(work.subscriptions).toBe(['---^----!', '---^!']);
      expectSubscriptions(states.subscriptions).toBe(['^----!', '^---!']);
    }),
  );

  it(
    'errors with the pipeline, and with what making it throws',
    marbles(({ hot, expectObservable }) => {
      const failure = new Error('no pipeline');
      const broken = whileLive<never>(() => {
        throw failure;
      });

      expectObservable(hot('-a-', { a: liveState() }).pipe(broken)).toBe('-#', undefined, failure);
    }),
  );

  const state = liveState({ sequence: 3 });
  keepsTheContract(() => whileLive((books$) => books$.pipe(map(({ sequence }) => sequence))), state, 3);
});
