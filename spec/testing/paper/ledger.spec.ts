import fc from 'fast-check';
import { from } from 'rxjs';
import {
  applyFill,
  ledger,
  markToMarket,
  type Ledger,
  type LedgerPosition,
} from '../../../lib/testing/paper/ledger.js';
import type { Fill } from '../../../lib/testing/paper/order.js';
import { marbles } from '../../../lib/testing/marbles.js';
import { keepsTheContract } from '../../operators/contract.js';

const fill = (side: 'buy' | 'sell', size: string, price: string, fee = '0', instrument = 'BTCUSDT'): Fill => ({
  type: 'fill',
  id: '1',
  at: 0,
  instrument,
  side,
  price: Number(price),
  size: Number(size),
  liquidity: 'taker',
  exact: { price, size, fee, remaining: '0' },
});

const after = (...fills: readonly Fill[]): LedgerPosition => {
  let last: Ledger = new Map();
  from(fills)
    .pipe(ledger())
    .subscribe((value) => (last = value));
  const position = last.get('BTCUSDT');
  if (position === undefined) throw new Error('no position');
  return position;
};

describe('ledger', () => {
  it('knows what a position was had at, and what closing it brought, oldest first', () => {
    const long = after(fill('buy', '1', '100', '0.1'), fill('buy', '3', '104', '0.2'));
    expect(long).toMatchObject({ size: '4', average: 103, realised: '0', fees: '0.3' });

    const less = after(fill('buy', '1', '100'), fill('buy', '3', '104'), fill('sell', '2', '105.5'));
    expect(less).toMatchObject({ size: '2', average: 104, realised: '7.0', lots: [{ size: '2', price: '104' }] });
  });

  it('keeps a short position, closes it and turns it round', () => {
    const short = after(fill('sell', '2', '100'), fill('sell', '1', '103'));
    expect(short).toMatchObject({ size: '-3', average: 101, realised: '0' });
    expect(markToMarket(short, '99')).toEqual({ unrealised: '6', total: '6' });

    const turned = after(fill('sell', '2', '100'), fill('buy', '5', '98', '0.5'));
    expect(turned).toMatchObject({ size: '3', average: 98, realised: '4', lots: [{ size: '3', price: '98' }] });
    expect(markToMarket(turned, 99)).toEqual({ unrealised: '3', total: '6.5' });
  });

  it('is flat again without an average', () => {
    expect(after(fill('buy', '0.1', '100'), fill('sell', '0.10', '101'))).toEqual({
      instrument: 'BTCUSDT',
      size: '0.00',
      average: undefined,
      realised: '0.10',
      fees: '0',
      lots: [],
    });
  });

  it('comes to what was paid and got, exactly, whatever was bought and sold', () => {
    const one = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      size: fc.integer({ min: 1, max: 10 ** 6 }),
      price: fc.integer({ min: -(10 ** 6), max: 10 ** 6 }),
      fee: fc.integer({ min: -99, max: 99 }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1 }), fc.integer({ min: -999, max: 999 }), (fills, mark) => {
        const position = after(
          ...fills.map(({ side, size, price, fee }) => fill(side, `${size}e-2`, `${price}e-3`, `${fee}e-5`)),
        );
        // In units of 10^-5: cash, and what is held at the mark.
        const held = fills.reduce((sum, { side, size }) => sum + BigInt(side === 'buy' ? size : -size), 0n);
        const cash = fills.reduce(
          (sum, { side, size, price, fee }) =>
            sum - BigInt(side === 'buy' ? size : -size) * BigInt(price) - BigInt(fee),
          0n,
        );
        const total = cash + held * BigInt(mark) * 1_000n;

        expect(markToMarket(position, mark).total).toMatch(new RegExp(`^-?\\d+(\\.\\d+)?$`));
        expect(Number(markToMarket(position, mark).total)).toBe(Number(`${total}e-5`));
        expect(Number(position.size)).toBe(Number(`${held}e-2`));
      }),
    );
  });

  it('closes what was had first first, unit by unit, also through zero', () => {
    const one = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      size: fc.integer({ min: 1, max: 9 }),
      price: fc.integer({ min: -50, max: 50 }),
      fee: fc.integer({ min: -9, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 30, size: 'max' }), fc.nat(99), (fills, mark) => {
        /** The price of each unit that is held, oldest first; all of them are held the same way. */
        const held: number[] = [];
        let sign = 1;
        let [realised, fees] = [0, 0];
        fills.forEach(({ side, size, price, fee }, index) => {
          const way = side === 'buy' ? 1 : -1;
          for (let unit = 0; unit < size; unit += 1) {
            if (held.length === 0) sign = way;
            if (way === sign) held.push(price);
            else realised += (price - (held.shift() ?? 0)) * sign;
          }
          fees += fee;
          const { lots, average, ...position } = after(
            ...fills
              .slice(0, index + 1)
              .map((one) => fill(one.side, String(one.size), `${one.price}e-1`, `${one.fee}e-2`)),
          );
          const cost = held.reduce((sum, at) => sum + at, 0);
          const marked = markToMarket({ lots, average, ...position }, `${mark}e-1`);

          expect(lots.flatMap((lot) => Array<number>(Number(lot.size)).fill(Number(lot.price)))).toEqual(
            held.map((at) => Number(`${at}e-1`)),
          );
          if (held.length === 0) expect(average).toBeUndefined();
          else expect(average).toBeCloseTo(cost / held.length / 10, 10);
          expect([position.size, position.realised, position.fees].map(Number)).toEqual(
            [`${held.length * sign}`, `${realised}e-1`, `${fees}e-2`].map(Number),
          );
          expect(Number(marked.unrealised)).toBe(Number(`${(mark * held.length - cost) * sign}e-1`));
        });
      }),
      { numRuns: 50 },
    );
  });

  it('keeps instruments apart, and each value as it was told', () => {
    const seen: Ledger[] = [];
    from([fill('buy', '1', '5', '0', 'X'), fill('buy', '2', '6', '0', 'Y')])
      .pipe(ledger())
      .subscribe((value) => seen.push(value));

    expect(seen.map((value) => [...value].map(([name, { size }]) => `${name} ${size}`))).toEqual([
      ['X 1'],
      ['X 1', 'Y 2'],
    ]);
    const [first] = seen.at(-1)?.values() ?? [];
    expect(first && applyFill(first, fill('sell', '1', '5', '0', 'X')).size).toBe('0');
  });

  it(
    'errors and completes with its source',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<Fill>('--|').pipe(ledger())).toBe('--|');
      expectObservable(cold<Fill>('--#', undefined, new Error('gone')).pipe(ledger())).toBe(
        '--#',
        undefined,
        new Error('gone'),
      );
    }),
  );

  const bought = fill('buy', '2', '100');
  keepsTheContract(ledger, bought, new Map([['BTCUSDT', applyFill(undefined, bought)]]));
});
