import { paintFor } from '../../../lib/cli/render/paint.js';
import { priceLine } from '../../../lib/cli/render/priceLine.js';
import { timeAxis } from '../../../lib/cli/render/timeAxis.js';
import type { PricePoint } from '../../../lib/cli/view/watchState.js';
import { AT } from '../support/books.js';

const points = (every: number, ...prices: readonly (number | undefined)[]): readonly PricePoint[] =>
  prices.map((price, index) => ({ at: AT + index * every, price }));
const lines = (prices: readonly PricePoint[], width = 40): readonly string[] =>
  priceLine(prices, 1, width, 5, paintFor(false)).map((line) => line.trimEnd());

describe('priceLine', () => {
  it('has times below the prices', () => {
    expect(lines(points(500, 1, 1, 2, 2))).toEqual([
      ' 2.0 ┤ ╭─',
      ' 1.7 ┤ │',
      ' 1.3 ┤ │',
      ' 1.0 ┼─╯',
      '      ╵09:31:04',
    ]);
  });

  it('has a hole where there was no price', () => {
    expect(lines(points(500, 1, 1, 1, undefined, undefined, 1, 1, 2))[3]).toBe(' 1.0 ┼──   ─╯');
  });

  it('waits for prices', () => {
    expect(lines(points(500, 1))[0]).toBe(' waiting for prices');
  });

  it.each<readonly [number, string]>([
    [500, '╵09:31:04       ╵09:31:12       ╵09:31:20'],
    [60_000 * 10, '╵09:31          ╵12:11          ╵14:51'],
    [3_600_000, '╵11-20T09:31    ╵11-21T01:31    ╵11-21T17:31'],
    [86_400_000, '╵2026-11-20     ╵2026-12-06     ╵2026-12-22'],
  ])('tells times apart that are %d ms from one another', (every, axis) => {
    expect(timeAxis(points(every, ...Array<number>(48).fill(1)), 48)).toBe(axis);
  });
});
