import { spread } from '../../lib/operators/spread.js';
import { book } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';
import { toBook } from './drawn.js';

describe('spread', () => {
  it('tells how far the best prices are apart when that changes', () => {
    runDiagram('spread.txt', ({ hot, expect }) => {
      expect('spreads', hot('books', toBook).pipe(spread()), (distance) => String(distance ?? 'none'));
    });
  });

  // As doubles, 101.3 − 101.2 is 0.09999999999999432.
  keepsTheContract(spread, book({ bids: [['101.2', '1']], asks: [['101.3', '1']] }), 0.1);
});
