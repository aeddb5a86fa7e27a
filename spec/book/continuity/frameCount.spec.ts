import { FrameCount } from '../../../lib/book/continuity/frameCount.js';

const ordersOf = (...numbers: readonly number[]): readonly string[] => {
  const count = new FrameCount();
  return numbers.map((number) => count.take(number));
};

describe('FrameCount', () => {
  it.each<[string, readonly number[], readonly string[]]>([
    ['begins anywhere and goes on by one', [7, 8, 9], ['next', 'next', 'next']],
    ['misses what is left out', [7, 9, 10], ['next', 'gap', 'next']],
    ['passes over one that comes again', [7, 7, 8, 8, 9], ['next', 'late', 'next', 'late', 'next']],
    ['passes over one that comes late', [7, 9, 8, 10], ['next', 'gap', 'late', 'next']],
    ['passes over two that come late', [7, 8, 9, 7, 8, 10], ['next', 'next', 'next', 'late', 'late', 'next']],
    ['sees numbers that begin anew', [70, 1, 2, 3, 4], ['next', 'late', 'late', 'anew', 'next']],
    ['sees those that overtake the old ones', [0, 1, 0, 1, 2, 3], ['next', 'next', 'late', 'late', 'anew', 'next']],
    [
      'sees those that begin at the newest one less one',
      [7, 8, 8, 7, 8, 9],
      ['next', 'next', 'late', 'late', 'late', 'anew'],
    ],
  ])('%s', (_, numbers, orders) => {
    expect(ordersOf(...numbers)).toEqual(orders);
  });
});
