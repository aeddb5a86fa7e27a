import fc from 'fast-check';
import { of } from 'rxjs';
import { microprice } from '../../lib/operators/microprice.js';
import { book } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';
import { toBook } from './drawn.js';

describe('microprice', () => {
  it('leans towards the side that is about to give way', () => {
    runDiagram('microprice.txt', ({ hot, expect }) => {
      expect('prices', hot('books', toBook).pipe(microprice()), (price) => String(price ?? 'none'));
    });
  });

  it('lies between bid and ask, and is the mid where both sizes are alike', () => {
    const units = fc.integer({ min: 1, max: 10 ** 12 });
    fc.assert(
      fc.property(units, units, units, units, (low, apart, bought, asked) => {
        const [bid, ask] = [low, low + apart];
        const priceOf = (bidSize: number, askSize: number): number => {
          let price = NaN;
          of(book({ bids: [[`${bid}e-4`, `${bidSize}e-3`]], asks: [[`${ask}e-4`, `${askSize}e-3`]] }))
            .pipe(microprice())
            .subscribe((value) => (price = value ?? NaN));
          return price;
        };

        expect(priceOf(bought, asked)).toBeGreaterThanOrEqual(Number(`${bid}e-4`));
        expect(priceOf(bought, asked)).toBeLessThanOrEqual(Number(`${ask}e-4`));
        expect(priceOf(bought, bought)).toBe(Number(`${BigInt(bid + ask) * 5n}e-5`));
      }),
    );
  });

  // As doubles, (0.1 * 3 + 0.3 * 1) / 4 is 0.15000000000000002.
  keepsTheContract(microprice, book({ bids: [['0.1', '1']], asks: [['0.3', '3']] }), 0.15);
});
