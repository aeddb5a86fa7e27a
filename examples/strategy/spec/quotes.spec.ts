import fc from 'fast-check';
import type { BookState } from 'millrace';
import { liveState } from 'millrace/testing';
import { type QuotingConfig, quotesFor } from '../quotes.js';

const config: QuotingConfig = { tick: '0.5', size: '1', edge: 1, skew: 0.5, limit: 2 };

describe('quotesFor', () => {
  it.each([
    ['99x1 | 101x1', 0, '99.0', '101.0'],
    ['99x3 | 101x1', 0, '99.5', '101.5'],
    ['99x1 | 101x1', 1, '98.5', '100.5'],
    ['99x1 | 101x1', 2, undefined, '100.0'],
    ['99x1 | 101x1', -2, '100.0', undefined],
    ['99x1 |', 0, undefined, undefined],
  ])('of %s, holding %d, are %s and %s', (text, position, buy, sell) => {
    expect(quotesFor(liveState(text), position, config)).toEqual({ buy, sell });
  });

  it('stay a tick from the other side, however much is held', () => {
    expect(quotesFor(liveState('99.5 | 100'), -2, { ...config, edge: 0 })).toMatchObject({ buy: '99.5' });
    expect(quotesFor(liveState('99.5 | 100'), 2, { ...config, edge: 0 })).toMatchObject({ sell: '100.0' });
  });

  it('take no book but a live one, by type', () => {
    const some = (state: BookState): unknown => {
      // @ts-expect-error: a state may be stale, and a stale book leads to no order.
      return quotesFor(state, 0, config);
    };
    expect(some(liveState('99 | 101'))).toBeDefined();
  });

  it('lie apart, on ticks, and cross nothing', () => {
    const cents = fc.integer({ min: 200, max: 10 ** 6 });
    const sizes = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(
        cents,
        fc.integer({ min: 1, max: 99 }),
        sizes,
        sizes,
        fc.integer({ min: -2, max: 2 }),
        (bid, gap, b, a, held) => {
          const state = liveState(`${bid / 2}x${b} | ${(bid + gap) / 2}x${a}`);
          const { buy, sell } = quotesFor(state, held, config);
          if (buy !== undefined) expect(Number(buy)).toBeLessThan((bid + gap) / 2);
          if (sell !== undefined) expect(Number(sell)).toBeGreaterThan(bid / 2);
          if (buy !== undefined && sell !== undefined) expect(Number(buy)).toBeLessThan(Number(sell));
          for (const price of [buy, sell]) if (price !== undefined) expect((Number(price) * 2) % 1).toBe(0);
        },
      ),
    );
  });
});
