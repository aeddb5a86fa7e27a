import fc from 'fast-check';
import { of } from 'rxjs';
import { type PriceImpact, priceImpact } from '../../lib/operators/priceImpact.js';
import { book } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';
import { toBook } from './drawn.js';

const impactOf = (label: string, size: number | string): PriceImpact | undefined => {
  let impact: PriceImpact | undefined;
  of(toBook(label))
    .pipe(priceImpact(size))
    .subscribe((value) => (impact = value));
  return impact;
};

describe('priceImpact', () => {
  it('tells what an order would pay and get, when that changes', () => {
    runDiagram('priceImpact.txt', ({ hot, expect }) => {
      const impacts = hot('books', toBook).pipe(priceImpact(2));
      expect('impacts', impacts, ({ buy, sell }) =>
        [buy, sell].map(({ average, isWhole }) => `${String(average)}${isWhole ? '' : '*'}`).join(' '),
      );
    });
  });

  it('takes the levels one after the other, exactly', () => {
    expect(impactOf('9:1,8:1/0.1:1,0.2:1,0.4:9', '2.5')).toEqual({
      instrument: 'BTCUSDT',
      buy: {
        size: 2.5,
        isWhole: true,
        average: 0.2,
        slippage: 0.1,
        worst: { price: 0.4, size: 9, exact: { price: '0.4', size: '9' } },
        exact: { size: '2.5', cost: '0.50' },
      },
      sell: {
        size: 2,
        isWhole: false,
        average: 8.5,
        slippage: 0.5,
        worst: { price: 8, size: 1, exact: { price: '8', size: '1' } },
        exact: { size: '2', cost: '17' },
      },
    });
  });

  it('says of an empty side that it fills nothing', () => {
    expect(impactOf('/9:1', 1)?.sell).toEqual({
      size: 0,
      isWhole: false,
      average: undefined,
      slippage: undefined,
      worst: undefined,
      exact: { size: '0', cost: '0' },
    });
  });

  it('fills never more than was asked, nor at better than the best price', () => {
    const level = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 99 }));
    fc.assert(
      fc.property(fc.array(level, { minLength: 1 }), fc.integer({ min: 1, max: 999 }), (asks, size) => {
        const all = new Map(asks);
        let impact: PriceImpact | undefined;
        of(book({ asks: [...all].map(([price, there]) => [String(price), String(there)] as const) }))
          .pipe(priceImpact(size))
          .subscribe((value) => (impact = value));
        const there = [...all.values()].reduce((sum, one) => sum + one, 0);

        expect(impact?.buy.size).toBe(Math.min(size, there));
        expect(impact?.buy.isWhole).toBe(size <= there);
        expect(impact?.buy.slippage).toBeGreaterThanOrEqual(0);
        expect(impact?.buy.average).toBeLessThanOrEqual(impact?.buy.worst?.price ?? 0);
      }),
    );
  });

  it.each([0, -1, NaN, Infinity, '', 'much'])('refuses a size of %s', (size) => {
    refuses('size', () => priceImpact(size));
  });

  const nothing = {
    size: 0,
    isWhole: false,
    average: undefined,
    slippage: undefined,
    worst: undefined,
    exact: { size: '0', cost: '0' },
  };
  keepsTheContract(() => priceImpact(1), toBook('/'), { instrument: 'BTCUSDT', buy: nothing, sell: nothing });
});
