import fc from 'fast-check';
import { from } from 'rxjs';
import { applyDiff, bookFrom } from '../../lib/book/orderBook.js';
import type { BookLevels } from '../../lib/model/bookLevels.js';
import { changes } from '../../lib/operators/changes.js';
import { book, diff, snapshot } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';
import { showLevels, toBook } from './drawn.js';

describe('changes', () => {
  it('tells what is different from the book before', () => {
    runDiagram('changes.txt', ({ hot, expect }) => {
      expect('changes', hot('books', toBook).pipe(changes()), showLevels);
    });
  });

  it('makes each book again when folded, digit for digit', () => {
    const text = fc.constantFrom('1', '1.0', '2', '2.50', '10', '1e-7');
    const size = fc.constantFrom('1', '1.0', '3');
    const side = fc.array(fc.tuple(text, size), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.record({ bids: side, asks: side })), (sides) => {
        const books = sides.map((one) => book(one));
        const told: BookLevels[] = [];
        from(books)
          .pipe(changes())
          .subscribe((change) => told.push(change));

        let folded = bookFrom(snapshot());
        told.forEach(({ bids, asks }, index) => {
          folded = applyDiff(folded, diff({ bids, asks }));
          expect(folded.bids.slice()).toEqual(books[index]?.bids.slice());
          expect(folded.asks.slice()).toEqual(books[index]?.asks.slice());
        });
        expect(told).toHaveLength(books.length);
      }),
    );
  });

  const empty = {
    instrument: 'BTCUSDT',
    bids: [],
    asks: [],
    sequence: undefined,
    venueTime: undefined,
    receivedTime: 0,
  };
  keepsTheContract(changes, toBook('/'), empty);
});
