import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import { imbalance } from '../../lib/operators/imbalance.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';
import { toBook } from './drawn.js';

describe('imbalance', () => {
  it('weighs the best levels when they change', () => {
    runDiagram('imbalance.txt', ({ hot, expect }) => {
      expect('imbalances', hot('books', toBook).pipe(imbalance(1)), (value) => String(value ?? 'none'));
    });
  });

  it(
    'counts as many levels as it is told, or as there are',
    marbles(({ cold, expectObservable }) => {
      const books = cold('abcd', {
        a: toBook('9:3,8:5,7:9/10:2'),
        b: toBook('9:1/10:1,11:2,12:9'),
        c: toBook('9:4/'),
        d: toBook('/9:4'),
      });

      expectObservable(books.pipe(imbalance(2))).toBe('abcd', { a: 0.6, b: -0.5, c: 1, d: -1 });
      expectObservable(books.pipe(imbalance(Infinity))).toBe('abcd', { a: 15 / 19, b: -11 / 13, c: 1, d: -1 });
    }),
  );

  it.each([0, -1, 1.5, NaN])('refuses to count %s levels', (levels) => {
    expect(() => imbalance(levels)).toThrow(new InvalidArgumentError('levels', 'a whole number of at least 1', levels));
  });

  keepsTheContract(() => imbalance(5), toBook('9:3/10:1'), 0.5);
});
