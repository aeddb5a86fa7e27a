import fc from 'fast-check';
import { type OperatorFunction, from, of } from 'rxjs';
import type { OrderBook } from '../../lib/model/orderBook.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';
import { microprice } from '../../lib/operators/microprice.js';
import { mid } from '../../lib/operators/mid.js';
import { type ExpectedFill, priceImpact } from '../../lib/operators/priceImpact.js';
import { spread } from '../../lib/operators/spread.js';
import { type VolumeProfile, volumeProfile } from '../../lib/operators/volumeProfile.js';
import { book, trade } from '../../lib/testing/builders.js';
import { type Ratio, isLess, isNearest, isSame, least, minus, over, plus, ratio, times } from '../support/ratio.js';

/** What operators say is exact, held against fractions of whole numbers. */
const decimal = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => {
    const text = String(digits).padStart(places + 1, '0');
    return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
  });
const ZERO = ratio('0');
const sum = (all: readonly Ratio[]): Ratio => all.reduce(plus, ZERO);

/** A book whose asks stand above its bids, however many there are. */
const books = fc
  .tuple(fc.array(fc.tuple(decimal, decimal), { minLength: 2, maxLength: 12 }), fc.nat())
  .map(([levels, split]): OrderBook => {
    const sorted = [...levels].sort(([a], [b]) => (isLess(ratio(a), ratio(b)) ? -1 : 1));
    const unique = sorted.filter(([price], i) => i === 0 || !isSame(ratio(price), ratio(sorted[i - 1]?.[0] ?? '')));
    const at = split % (unique.length + 1);
    return book({ bids: unique.slice(0, at), asks: unique.slice(at) });
  });

/** The last value that an operator gives of one book. */
function told<T>(value: OrderBook, operator: OperatorFunction<OrderBook, T>): T | undefined {
  let last: T | undefined;
  of(value)
    .pipe(operator)
    .subscribe((one) => (last = one));
  return last;
}

const priceOf = (level: PriceLevel): Ratio => ratio(level.exact.price);
const sizeOf = (level: PriceLevel): Ratio => ratio(level.exact.size);

describe('exactly', () => {
  it('spread, mid and microprice are the doubles nearest to what they are', () => {
    fc.assert(
      fc.property(books, (value) => {
        const figures = [told(value, spread()), told(value, mid()), told(value, microprice())];
        const { bestBid: bid, bestAsk: ask } = value;
        if (bid === undefined || ask === undefined) {
          expect(figures).toEqual([undefined, undefined, undefined]);
          return;
        }
        const weighted = plus(times(priceOf(bid), sizeOf(ask)), times(priceOf(ask), sizeOf(bid)));
        const exact = [
          minus(priceOf(ask), priceOf(bid)),
          times(plus(priceOf(bid), priceOf(ask)), ratio('0.5')),
          over(weighted, plus(sizeOf(bid), sizeOf(ask))),
        ];
        expect(figures.map((one, i) => isNearest(one ?? NaN, exact[i] ?? ZERO))).toEqual([true, true, true]);
      }),
    );
  });

  it('priceImpact fills level after level', () => {
    const holds = (fill: ExpectedFill, side: readonly PriceLevel[], wanted: Ratio, sign: 1 | -1): void => {
      let left = wanted;
      const parts = side.map((level) => {
        const size = least(left, sizeOf(level));
        left = minus(left, size);
        return { size, cost: times(size, priceOf(level)) };
      });
      const [size, cost] = [sum(parts.map((part) => part.size)), sum(parts.map((part) => part.cost))];
      expect([isSame(ratio(fill.exact.size), size), isSame(ratio(fill.exact.cost), cost)]).toEqual([true, true]);
      expect(fill.isWhole).toBe(isSame(size, wanted));
      const [best] = side;
      if (best === undefined) {
        expect([fill.average, fill.slippage]).toEqual([undefined, undefined]);
        return;
      }
      const average = over(cost, size);
      const slippage = minus(average, priceOf(best));
      expect(isNearest(fill.average ?? NaN, average)).toBe(true);
      expect(isNearest(fill.slippage ?? NaN, sign > 0 ? slippage : minus(ZERO, slippage))).toBe(true);
      expect(fill.worst).toBe(side[parts.filter((part) => part.size[0] > 0n).length - 1]);
    };
    fc.assert(
      fc.property(books, decimal, (value, size) => {
        const impact = told(value, priceImpact(size));
        if (impact === undefined) throw new Error('nothing was told');
        const { buy, sell } = impact;
        holds(buy, value.asks.slice(), ratio(size), 1);
        holds(sell, value.bids.slice(), ratio(size), -1);
      }),
    );
  });

  it('volumeProfile adds up what was bought and sold, and finds where most was', () => {
    const price = fc.constantFrom('1', '1.0', '1.10', '2', '0.3', '7.25');
    const trades = fc.array(fc.tuple(price, decimal, fc.constantFrom('buy' as const, 'sell' as const)), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(trades, (all) => {
        let last: VolumeProfile | undefined;
        from(all.map(([at, size, side], id) => trade({ id: String(id), price: at, size, side })))
          .pipe(volumeProfile())
          .subscribe((one) => (last = one));
        const at = (of: string, side: 'buy' | 'sell'): Ratio =>
          sum(
            all.filter(([one, , which]) => which === side && Number(one) === Number(of)).map(([, size]) => ratio(size)),
          );
        const prices = [...new Set(all.map(([one]) => Number(one)))].sort((a, b) => b - a);
        const levels = last?.levels ?? [];
        expect(levels.map((level) => level.price)).toEqual(prices);
        const whole = levels.map(({ exact }) => {
          expect(isSame(ratio(exact.buy), at(exact.price, 'buy'))).toBe(true);
          expect(isSame(ratio(exact.sell), at(exact.price, 'sell'))).toBe(true);
          return plus(ratio(exact.buy), ratio(exact.sell));
        });
        const most = whole[levels.findIndex((level) => level.price === last?.pointOfControl?.price)] ?? ZERO;
        expect(whole.filter((one) => isLess(most, one))).toEqual([]);
      }),
    );
  });

  it('volumeProfile takes neither of two that are alike for more, whatever doubles say', () => {
    const said: VolumeProfile[] = [];
    from([
      trade({ id: '1', price: '2', size: '0.3' }),
      trade({ id: '2', price: '1', size: '0.1' }),
      trade({ id: '3', price: '1', size: '0.2', side: 'sell' }),
    ])
      .pipe(volumeProfile())
      .subscribe((one) => said.push(one));
    expect(said.at(-1)?.pointOfControl?.price).toBe(2);
  });
});
