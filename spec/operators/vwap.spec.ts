import fc from 'fast-check';
import { from } from 'rxjs';
import type { Correctable } from '../../lib/book/correctable.js';
import type { Trade } from '../../lib/model/trade.js';
import { type Vwap, type VwapConfig, vwap } from '../../lib/operators/vwap.js';
import { trade } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';

const toTrade = (label: string): Trade => {
  const [time = '', rest = ''] = label.split(' ');
  const [price = '', size = ''] = rest.split('x');
  return trade({ price, size, venueTime: Number(time) });
};

type Sale = Trade & Correctable;

const run = (trades: readonly Sale[], config?: VwapConfig<Sale>): readonly Vwap[] => {
  const seen: Vwap[] = [];
  from(trades)
    .pipe(vwap<Sale>(config))
    .subscribe((value) => seen.push(value));
  return seen;
};

describe('vwap', () => {
  it('weighs the prices of the window by their sizes', () => {
    runDiagram('vwap.txt', ({ hot, expect }) => {
      expect('averages', hot('trades', toTrade).pipe(vwap({ window: 10 })), ({ price }) => String(price));
    });
  });

  it('is exact, whatever has left the window since and in whatever order trades came', () => {
    const sale = fc.record({
      time: fc.integer({ min: 0, max: 50 }),
      price: fc.integer({ min: 1, max: 10 ** 9 }),
      size: fc.integer({ min: 1, max: 10 ** 9 }),
    });
    fc.assert(
      fc.property(fc.array(sale, { minLength: 1 }), fc.integer({ min: 1, max: 60 }), (sales, window) => {
        const last = run(
          sales.map(({ time, price, size }) => toTrade(`${time} ${price}e-5x${size}e-7`)),
          { window },
        ).at(-1);
        const newest = Math.max(...sales.map(({ time }) => time));
        const within = sales.filter(({ time }) => time > newest - window);
        const volume = within.reduce((sum, { size }) => sum + BigInt(size), 0n);
        const notional = within.reduce((sum, { price, size }) => sum + BigInt(price) * BigInt(size), 0n);

        expect(last?.trades).toBe(within.length);
        expect(last?.volume).toBe(Number(`${volume}e-7`));
        // Forty digits more than a double has, cut off: what is behind them tells no two doubles apart here.
        expect(last?.price).toBe(Number(`${(notional * 10n ** 40n) / volume}e-45`));
      }),
    );
  });

  it('counts a trade that is told again once, and one that is taken back no more', () => {
    const sale = (type: string, index: string, price: string, size: string): Sale => ({
      ...trade({ price, size }),
      type,
      index,
    });
    const unknown: unknown[] = [];

    const averages = run(
      [
        sale('NEW', '1', '10', '1'),
        sale('NEW', '2', '20', '1'),
        sale('CORRECTION', '1', '16', '1'),
        sale('CANCEL', '2', '20', '1'),
        sale('CANCEL', '1', '16', '1'),
        sale('CANCEL', '7', '16', '1'),
      ],
      { onUnknown: ({ index }) => unknown.push(index) },
    );

    expect(averages.map(({ price, trades }) => [price, trades])).toEqual([
      [10, 1],
      [15, 2],
      [18, 2],
      [16, 1],
      [undefined, 0],
    ]);
    expect(averages.at(-1)?.exact).toEqual({ volume: '0', notional: '0' });
    expect(unknown).toEqual(['7']);
  });

  it('takes a late trade as long as it falls into the window', () => {
    const averages = run(['100 10x1', '95 20x1', '80 99x1', '104 30x1', '106 30x1'].map(toTrade), { window: 10 });

    // That of 95 leaves at 105, though that of 100 came before it and stays.
    expect(averages.map(({ price, trades }) => [price, trades])).toEqual([
      [10, 1],
      [15, 2],
      [15, 2],
      [20, 3],
      [(10 + 30 + 30) / 3, 3],
    ]);
  });

  it.each([
    ['counts', Infinity, [1, 2, 3]],
    ['leaves out, as it is in no window,', 100, [1, 1, 2]],
  ])('%s a trade whose time is no number, and goes on with the others', (_, window, counts) => {
    const sales = [5, NaN, 6].map((venueTime, i) => trade({ id: `${i}`, price: '5', size: '1', venueTime }));
    expect(run(sales, { window }).map(({ trades }) => trades)).toEqual(counts);
    expect(run(sales, { window }).at(-1)?.venueTime).toBe(6);
  });

  it('refuses a window that is none, and to remember nothing', () => {
    refuses('window', () => vwap({ window: 0 }));
    refuses('window', () => vwap({ window: NaN }));
    refuses('remember', () => vwap({ remember: 0 }));
  });

  keepsTheContract(() => vwap(), trade({ price: '100', size: '2', venueTime: 5 }), {
    instrument: 'BTCUSDT',
    price: 100,
    volume: 2,
    trades: 1,
    exact: { volume: '2', notional: '200' },
    venueTime: 5,
  });
});
