import { map } from 'rxjs';
import { withAge } from '../../lib/operators/withAge.js';
import { liveState, staleState, syncingState } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';
import { showState, toState } from './drawn.js';

describe('withAge', () => {
  it('tells each state at once, and its age again at every tick', () => {
    runDiagram('withAge.txt', ({ hot, expect, scheduler }) => {
      const aged = hot('states', toState).pipe(withAge({ every: 3, scheduler }));
      expect('ages', aged, ({ state, age }) => `${showState(state)}+${age}`);
    });
  });

  it(
    'counts from when the book was received, also for a state that is told later',
    marbles(({ cold, expectObservable }) => {
      const states = cold('       -----(as)------', {
        a: liveState({ receivedTime: 2 }),
        s: staleState({ receivedTime: 2 }, { since: 5 }),
      });
      const ages = states.pipe(
        withAge({ every: 10 }),
        map(({ state, age }) => [state.status, age]),
      );

      expectObservable(ages, '^-------------!').toBe('-----(ab)-c---', {
        a: ['live', 3],
        b: ['stale', 3],
        c: ['stale', 8],
      });
    }),
  );

  it(
    'counts from the state itself while there is no book, and never below 0',
    marbles(({ cold, expectObservable }) => {
      const states = cold('-s---------a|', { s: syncingState, a: liveState({ receivedTime: 500 }) });
      const ages = states.pipe(
        withAge({ every: 5 }),
        map(({ state, age }) => [state.status, age]),
      );

      expectObservable(ages).toBe('-a---b----cd|', {
        a: ['syncing', 0],
        b: ['syncing', 4],
        c: ['syncing', 9],
        d: ['live', 0],
      });
    }),
  );

  it.each([0, -1, NaN, Infinity])('refuses ticks of %s ms', (every) => {
    refuses('every', () => withAge({ every }));
  });

  keepsTheContract(() => withAge({ every: 5 }), syncingState, { state: syncingState, age: 0 });
});
