import { mid } from '../../lib/operators/mid.js';
import { book } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';
import { toBook } from './drawn.js';

describe('mid', () => {
  it('tells the price between the best two when it changes', () => {
    runDiagram('mid.txt', ({ hot, expect }) => {
      expect('mids', hot('books', toBook).pipe(mid()), (price) => String(price ?? 'none'));
    });
  });

  // As doubles, (1.1 + 1.3) / 2 is 1.2000000000000002.
  keepsTheContract(mid, book({ bids: [['1.1', '1']], asks: [['1.3', '1']] }), 1.2);
});
