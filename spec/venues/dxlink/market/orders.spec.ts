import fc from 'fast-check';
import { addDecimals } from '../../../../lib/book/decimals.js';
import { Decimal } from '../../../../lib/codec/decimal.js';
import { type DxLinkOrder, OrderPool } from '../../../../lib/venues/dxlink/market/orders.js';

/** Sizes of few and of many decimals, small and large, and such whose sums doubles do not hold. */
const size = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 0, max: 100_000 }).chain((n) => fc.constantFrom(n, n / 10, n / 1_000, n / 1e4)),
  },
  fc.constantFrom(0.1, 0.2, 0.30000000000000004, 1e-7, 999_999_999_999.9, 1e15, 2 ** 53, 1e21, -1),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
);
const order = fc
  .record({
    index: fc.nat(5).map(String),
    orderSide: fc.constantFrom('BUY' as const, 'SELL' as const),
    price: fc.constantFrom(1, 1.5, 1e-7),
    size: fc.option(size, { nil: undefined }),
    eventFlags: fc.constantFrom(0, 0, 0, 2),
  })
  .map((fields): DxLinkOrder => ({ event: 'Order', instrument: 'AAPL', receivedTime: 1, ...fields }));

/** What stands, as orders by their index, and what they make at a price. */
const naive = (standing: ReadonlyMap<string, DxLinkOrder>, orderSide: string, price: string): string =>
  [...standing.values()]
    .filter((one) => one.orderSide === orderSide && Decimal.encode(one.price ?? 0) === price)
    .map((one) => Decimal.encode(one.size ?? 0))
    .reduce((sum: string | undefined, one) => (sum === undefined ? one : addDecimals(sum, one)), undefined) ?? '0';

describe('the levels that orders make', () => {
  it('are the exact sums of what stands at each price that was touched', () => {
    fc.assert(
      fc.property(fc.array(fc.array(order, { minLength: 1, maxLength: 6 }), { maxLength: 6 }), (changes) => {
        const pool = new OrderPool('AAPL');
        const standing = new Map<string, DxLinkOrder>();
        changes.forEach((events, i) => {
          const touched = new Set<string>();
          const touch = (one: DxLinkOrder | undefined): unknown =>
            one && touched.add(`${one.orderSide ?? ''} ${Decimal.encode(one.price ?? 0)}`);
          for (const one of events) {
            touch(standing.get(one.index ?? ''));
            standing.delete(one.index ?? '');
            if (one.eventFlags === 2 || one.size === undefined || one.size === 0) continue;
            standing.set(one.index ?? '', one);
            touch(one);
          }
          const { bids, asks } = pool.apply({ type: i === 0 ? 'snapshot' : 'update', events, isWhole: true });
          const levels = [
            ...bids.map(({ exact }) => [`BUY ${exact.price}`, exact.size]),
            ...asks.map(({ exact }) => [`SELL ${exact.price}`, exact.size]),
          ];
          const expected = [...touched]
            .map((at) => [at, naive(standing, ...(at.split(' ') as [string, string]))])
            .filter(([, sum]) => i > 0 || Number(sum) > 0);

          expect(levels.sort()).toEqual(expected.sort());
        });
      }),
      { numRuns: 1_000 },
    );
  });
});
