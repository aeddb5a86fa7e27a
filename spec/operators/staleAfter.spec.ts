import { staleAfter } from '../../lib/operators/staleAfter.js';
import { liveState } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';
import { showState, toState } from './drawn.js';

describe('staleAfter', () => {
  it('takes a live book that says nothing for stale', () => {
    runDiagram('staleAfter.txt', ({ hot, expect, scheduler }) => {
      expect('told', hot('states', toState).pipe(staleAfter({ after: 5, scheduler })), showState);
    });
  });

  it(
    'keeps the book, and tells when it was noticed',
    marbles(({ cold, expectObservable }) => {
      const state = liveState({ sequence: 4 });
      const states = cold('a------', { a: state });

      expectObservable(states.pipe(staleAfter({ after: 3 }))).toBe('a--b', {
        a: state,
        b: { status: 'stale', book: state.book, reason: 'silent', since: 3 },
      });
    }),
  );

  it.each([0, -1, NaN, Infinity])('refuses a silence of %s ms', (after) => {
    refuses('after', () => staleAfter({ after }));
  });

  const state = liveState();
  keepsTheContract(() => staleAfter({ after: 5_000 }), state, state);
});
