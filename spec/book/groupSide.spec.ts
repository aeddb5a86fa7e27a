import fc from 'fast-check';
import { groupSide } from '../../lib/book/groupSide.js';
import { book, level } from '../../lib/testing/builders.js';

/** The brute force: everything as integers of 10^-6, every level rounded on its own, groups in a map. */
const MICRO = 6;
const micro = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(MICRO, '0'));
};
function regroup(levels: readonly (readonly [string, string])[], of: 'bids' | 'asks', step: bigint): bigint[][] {
  const groups = new Map<bigint, bigint>();
  for (const [price, size] of levels) {
    const down = (micro(price) / step) * step;
    const at = of === 'bids' || down === micro(price) ? down : down + step;
    groups.set(at, (groups.get(at) ?? 0n) + micro(size));
  }
  const inOrder = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return (of === 'bids' ? inOrder.reverse() : inOrder).map(([price, size]) => [price, size]);
}

const decimal = (max: number) =>
  fc
    .tuple(fc.integer({ min: 1, max }), fc.nat({ max: MICRO }))
    .map(([units, scale]) => (units / 10 ** scale).toFixed(scale));
const side = fc.uniqueArray(fc.tuple(decimal(20_000), decimal(1_000_000)), {
  selector: ([price]) => micro(price),
  maxLength: 60,
});

describe('groupSide', () => {
  it('equals regrouping every level on its own', () => {
    const step = fc.constantFrom('0.000001', '0.01', '0.025', '0.3', '1', '7', '250', '1e-3', '2.50');
    fc.assert(
      fc.property(side, fc.constantFrom('bids' as const, 'asks' as const), step, (levels, of, by) => {
        const grouped = groupSide(book({ [of]: levels })[of], of, by);

        expect(grouped.map(({ exact }) => [micro(exact.price), micro(exact.size)])).toEqual(
          regroup(levels, of, micro(by === '1e-3' ? '0.001' : by)),
        );
        for (const { price, size, exact } of grouped) {
          expect([price, size]).toEqual([Number(exact.price), Number(exact.size)]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('cuts to a depth as if everything had been grouped', () => {
    fc.assert(
      fc.property(side, fc.integer({ min: 1, max: 10 }), (levels, depth) => {
        const { bids } = book({ bids: levels });

        expect(groupSide(bids, 'bids', '0.5', depth)).toEqual(groupSide(bids, 'bids', '0.5').slice(0, depth));
      }),
    );
  });

  it('keeps apart what doubles can not tell apart', () => {
    const prices = ['1.000000000000000002', '1.000000000000000001', '1.000000000000000000', '0.999999999999999999'];
    const levels = prices.map((price): [string, string] => [price, '0.1']);

    expect(groupSide(book({ bids: levels }).bids, 'bids', '0.000000000000000002')).toEqual([
      level('1.000000000000000002', '0.1'),
      level('1.000000000000000000', '0.2'),
      level('0.999999999999999998', '0.1'),
    ]);
    expect(groupSide(book({ asks: levels }).asks, 'asks', '1')).toEqual([level('1', '0.2'), level('2', '0.2')]);
  });

  it('reads no further than it must', () => {
    let read = 0;
    function* endless() {
      for (let price = 1; ; price++) {
        read++;
        yield level(String(price), '1');
      }
    }

    expect(groupSide(endless(), 'asks', '10', 2)).toEqual([level('10', '10'), level('20', '10')]);
    expect(read).toBe(21);
  });

  it('makes nothing of nothing', () => {
    expect(groupSide([], 'asks', '1')).toEqual([]);
  });
});
