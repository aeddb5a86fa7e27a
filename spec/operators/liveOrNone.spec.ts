import { liveOrNone } from '../../lib/operators/liveOrNone.js';
import { book, liveState, syncingState } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';
import { toState } from './drawn.js';

describe('liveOrNone', () => {
  it('passes books while they are live, and tells at once when they are not', () => {
    runDiagram('liveOrNone.txt', ({ hot, expect }) => {
      expect('books', hot('states', toState).pipe(liveOrNone()), (book$) => String(book$?.sequence ?? 'none'));
    });
  });

  it(
    'passes the same book again when it is told again',
    marbles(({ cold, expectObservable }) => {
      const a = book({ sequence: 1 });

      expectObservable(cold('aa|', { a: liveState(a) }).pipe(liveOrNone())).toBe('aa|', { a });
    }),
  );

  keepsTheContract(liveOrNone, liveState(book({ sequence: 1 })), book({ sequence: 1 }));
  keepsTheContract(liveOrNone, syncingState, undefined);
});
