import { of } from 'rxjs';
import { topOfBook } from '../../lib/operators/topOfBook.js';
import { book, level } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';
import { toBook } from './drawn.js';

const a = book({ bids: [['101.2', '3']], asks: [['101.3', '2']], sequence: 7, venueTime: 5, receivedTime: 6 });
const x = {
  instrument: 'BTCUSDT',
  bid: level('101.2', '3'),
  ask: level('101.3', '2'),
  mid: 101.25,
  spread: 0.1,
  sequence: 7,
  venueTime: 5,
  receivedTime: 6,
};

describe('topOfBook', () => {
  it('tells the best of both sides when it changes', () => {
    runDiagram('topOfBook.txt', ({ hot, expect }) => {
      expect(
        'best',
        hot('books', toBook).pipe(topOfBook()),
        ({ bid, ask }) => `${bid?.exact.price ?? ''}/${ask?.exact.price ?? ''}`,
      );
    });
  });

  it('leaves no dust of doubles between prices', () => {
    const seen: unknown[] = [];

    of(a).subscribe((book$) => seen.push(Number(book$.bestAsk?.price) - Number(book$.bestBid?.price)));
    of(a)
      .pipe(topOfBook())
      .subscribe(({ spread }) => seen.push(spread));

    expect(seen).toEqual([0.09999999999999432, 0.1]);
  });

  it(
    'tells a size, and digits that a double can not tell apart',
    marbles(({ cold, expectObservable }) => {
      const books = cold('abbcde', {
        a: book({ bids: [['1', '1']] }),
        b: book({ bids: [['1', '2']] }),
        c: book({ bids: [['1', '2.000000000000000000001']] }),
        d: book({ bids: [['1.000000000000000001', '2']] }),
        e: book({ bids: [['1.000000000000000001', '2']], asks: [['1.000000000000000003', '2']] }),
      });
      const empty = { instrument: 'BTCUSDT', receivedTime: 0, ask: undefined, mid: undefined, spread: undefined };

      expectObservable(books.pipe(topOfBook())).toBe('ab-cde', {
        a: { ...empty, bid: level('1', '1') },
        b: { ...empty, bid: level('1', '2') },
        c: { ...empty, bid: level('1', '2.000000000000000000001') },
        d: { ...empty, bid: level('1.000000000000000001', '2') },
        e: {
          ...empty,
          bid: level('1.000000000000000001', '2'),
          ask: level('1.000000000000000003', '2'),
          mid: 1,
          spread: 2e-18,
        },
      });
    }),
  );

  keepsTheContract(topOfBook, a, x);
});
