import { topLevels } from '../../lib/operators/topLevels.js';
import { book, level } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';
import { showLevels, toBook } from './drawn.js';

const a = book({
  bids: [
    ['9', '1'],
    ['8', '2'],
    ['7', '3'],
  ],
  asks: [['10', '1']],
  sequence: 7,
  venueTime: 5,
  receivedTime: 6,
});
const x = {
  instrument: 'BTCUSDT',
  bids: [level('9', '1'), level('8', '2')],
  asks: [level('10', '1')],
  sequence: 7,
  venueTime: 5,
  receivedTime: 6,
};

describe('topLevels', () => {
  it('tells the best levels when one of them changes', () => {
    runDiagram('topLevels.txt', ({ hot, expect }) => {
      expect('levels', hot('books', toBook).pipe(topLevels(2)), showLevels);
    });
  });

  it(
    'tells a level that goes or comes, on either side',
    marbles(({ cold, expectObservable }) => {
      const books = cold('abcd', {
        a: toBook('9/10'),
        b: toBook('9,8/10'),
        c: toBook('9/10,11'),
        d: toBook('9/10,11'),
      });
      const view = (label: string) => ({
        instrument: 'BTCUSDT',
        bids: [...toBook(label).bids],
        asks: [...toBook(label).asks],
        receivedTime: 0,
      });

      expectObservable(books.pipe(topLevels(2))).toBe('abc', {
        a: view('9/10'),
        b: view('9,8/10'),
        c: view('9/10,11'),
      });
    }),
  );

  it.each([0, -1, 1.5, NaN])('refuses to cut to %s levels', (levels) => {
    refuses('levels', () => topLevels(levels));
  });

  keepsTheContract(() => topLevels(2), a, x);
});
