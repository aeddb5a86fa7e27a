import { bookStates } from '../../lib/testing/bookStates.js';
import { book, liveState, staleState, syncingState } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';

const a = book({ bids: [['100', '1']], sequence: 1 });
const b = book({ bids: [['101', '1']], sequence: 2 });

describe('bookStates', () => {
  it(
    'draws the life of a book',
    marbles(({ hot, expectObservable }) => {
      const states$ = bookStates(hot, 's-a--g-a-d--b-|', {
        s: 'syncing',
        a: { bids: [['100', '1']], sequence: 1 },
        g: 'gap',
        d: 'disconnected',
        b,
      });

      expectObservable(states$).toBe('s-a--g-a-d--b-|', {
        s: syncingState,
        a: liveState(a),
        g: staleState(a, { reason: 'gap', since: 5 }),
        d: staleState(a, { reason: 'disconnected', since: 9 }),
        b: liveState(b),
      });
    }),
  );

  it(
    'starts over for each observer of a cold one',
    marbles(({ cold, expectObservable }) => {
      const states$ = bookStates(cold, 'a-g|', { a, g: 'silent' });

      expectObservable(states$).toBe('a-g|', { a: liveState(a), g: staleState(a, { reason: 'silent', since: 2 }) });
      expectObservable(states$, '--^').toBe('--a-g|', {
        a: liveState(a),
        g: staleState(a, { reason: 'silent', since: 4 }),
      });
    }),
  );

  it(
    'errors where nothing was drawn that could go stale',
    marbles(({ cold, expectObservable }) => {
      expectObservable(bookStates(cold, '-g', { g: 'gap' })).toBe(
        '-#',
        {},
        new Error('no book was drawn yet that could go stale (gap)'),
      );
    }),
  );
});
