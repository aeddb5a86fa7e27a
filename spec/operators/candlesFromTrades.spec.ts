import { from, map } from 'rxjs';
import { candlesFromTrades } from '../../lib/operators/candlesFromTrades.js';
import type { Candle } from '../../lib/model/candle.js';
import type { Trade } from '../../lib/model/trade.js';
import { candle, trade } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';

const short = ({ exact: { open, high, low, close, volume }, openTime, closed }: Candle): string =>
  `${openTime}: ${open} ${high} ${low} ${close} ${volume}${closed ? ' closed' : ''}`;
const first = trade({ price: '9.50', size: '0.1', venueTime: 61_000, receivedTime: 3 });

describe('candlesFromTrades', () => {
  it('tells a candle with each trade, and closes it with the first trade after', () => {
    runDiagram('candlesFromTrades.txt', ({ hot, expect }) => {
      const trades = hot('trades', (label) => {
        const [price = '', seconds = ''] = label.split(' @');
        return trade({ price, venueTime: Number(seconds) * 1_000 });
      });
      expect('candles', trades.pipe(candlesFromTrades({ interval: 60_000 })), ({ exact, closed }) =>
        closed ? `${exact.close} end` : exact.close,
      );
    });
  });

  it(
    'sums sizes and compares prices exactly',
    marbles(({ cold, expectObservable }) => {
      const trades = cold('abcd', {
        a: trade({ price: '1.000000000000000002', size: '0.1' }),
        b: trade({ price: '1.000000000000000003', size: '0.2', venueTime: 20 }),
        c: trade({ price: '1.000000000000000001', size: '0.0000001', venueTime: 30 }),
        d: trade({ price: '1.0', size: '5', venueTime: 250, receivedTime: 251 }),
      });

      expectObservable(trades.pipe(candlesFromTrades({ interval: 100 }), map(short))).toBe('abc(de)', {
        a: '0: 1.000000000000000002 1.000000000000000002 1.000000000000000002 1.000000000000000002 0.1',
        b: '0: 1.000000000000000002 1.000000000000000003 1.000000000000000002 1.000000000000000003 0.3',
        c: '0: 1.000000000000000002 1.000000000000000003 1.000000000000000001 1.000000000000000001 0.3000001',
        d: '0: 1.000000000000000002 1.000000000000000003 1.000000000000000001 1.000000000000000001 0.3000001 closed',
        e: '200: 1.0 1.0 1.0 1.0 5',
      });
    }),
  );

  it('has no candle for a trade whose time is no number, and goes on with the others', () => {
    const late: string[] = [];
    const told: string[] = [];
    from([NaN, 10, NaN, 20, 150].map((venueTime, i) => trade({ id: `${i}`, size: '1', venueTime })))
      .pipe(candlesFromTrades({ interval: 100, closeAfter: 5, onLate: ({ id }) => late.push(id) }))
      .subscribe((one) => told.push(`${one.openTime} ${one.exact.volume}${one.closed ? ' closed' : ''}`));

    expect(told).toEqual(['0 1', '0 2', '0 2 closed', '100 1']);
    expect(late).toEqual(['0', '2']);
  });

  it('corrects as many trades as it remembers, and tells of the others', () => {
    const late: string[] = [];
    const told: string[] = [];
    const step = (id: string, type: string, size: string): Trade & { type: string } => ({
      ...trade({ id, size }),
      type,
    });
    from([
      step('1', 'NEW', '1'),
      step('2', 'NEW', '10'),
      step('3', 'NEW', '100'),
      step('2', 'CORRECTION', '20'),
      step('1', 'CANCEL', '1'),
    ])
      .pipe(candlesFromTrades({ interval: 100, remember: 2, onLate: ({ id }) => late.push(id) }))
      .subscribe(({ exact }) => told.push(exact.volume));

    expect(told).toEqual(['1', '11', '111', '121']);
    expect(late).toEqual(['1']);
  });

  it('counts a trade that is told again once, and one that is taken back no more', () => {
    const late: string[] = [];
    const step = (
      id: string,
      status: string,
      price: string,
      size: string,
      venueTime = 10,
    ): Trade & { status: string } => ({
      ...trade({ id, price, size, venueTime }),
      status,
    });
    const told: string[] = [];
    from([
      step('1', 'pending', '5', '1'),
      step('1', 'confirmed', '5', '1'),
      step('2', 'pending', '9', '2'),
      step('3', 'pending', '6', '3'),
      // Told by its own time, which is that of the next candle.
      step('2', 'rolledBack', '9', '2', 150),
      step('4', 'pending', '7', '1', 110),
      step('3', 'rolledBack', '6', '3', 120),
      step('8', 'rolledBack', '6', '3', 120),
      step('4', 'rolledBack', '7', '1', 130),
      step('5', 'confirmed', '8', '1', 140),
    ])
      .pipe(candlesFromTrades({ interval: 100, onLate: ({ id }) => late.push(id) }))
      .subscribe((one) => told.push(`${short(one)} of ${String(one.trades)}`));

    expect(told).toEqual([
      '0: 5 5 5 5 1 of 1',
      '0: 5 5 5 5 1 of 1',
      '0: 5 9 5 9 3 of 2',
      '0: 5 9 5 6 6 of 3',
      '0: 5 6 5 6 4 of 2',
      '0: 5 6 5 6 4 closed of 2',
      '100: 7 7 7 7 1 of 1',
      '100: 7 7 7 7 0 of 0',
      '100: 8 8 8 8 1 of 1',
    ]);
    expect(late).toEqual(['3', '8']);
  });

  it(
    'tells a late trade apart, and counts it in no candle',
    marbles(({ cold, expectObservable, flush }) => {
      const late: string[] = [];
      const trades = cold('ab--c-|', {
        a: trade({ id: 'a', venueTime: 10 }),
        b: trade({ id: 'b', venueTime: 110 }),
        c: trade({ id: 'c', venueTime: 99 }),
      });
      const candles = trades.pipe(candlesFromTrades({ interval: 100, onLate: ({ id }) => late.push(id) }), map(short));

      expectObservable(candles).toBe('a(bc)-|', {
        a: '0: 100 100 100 100 1',
        b: '0: 100 100 100 100 1 closed',
        c: '100: 100 100 100 100 1',
      });
      flush();
      expect(late).toEqual(['c']);
    }),
  );

  it(
    'closes a candle by the clock where told so, once, and takes trades for it as late',
    marbles(({ hot, expectObservable, expectSubscriptions, flush, scheduler }) => {
      const late: string[] = [];
      const trades = hot('-a--------------b--c-----------|', {
        a: trade({ id: 'a', price: '1', venueTime: 1 }),
        b: trade({ id: 'b', price: '2', venueTime: 9 }),
        c: trade({ id: 'c', price: '3', venueTime: 18 }),
      });
      const candles = trades.pipe(
        candlesFromTrades({ interval: 10, closeAfter: 3, scheduler, onLate: ({ id }) => late.push(id) }),
        map(short),
      );

      expectObservable(candles).toBe('-a-----------b-----c---d-------|', {
        a: '0: 1 1 1 1 1',
        b: '0: 1 1 1 1 1 closed',
        c: '10: 3 3 3 3 1',
        d: '10: 3 3 3 3 1 closed',
      });
      expectObservable(candles, '^---!').toBe('-a', { a: '0: 1 1 1 1 1' });
      expectSubscriptions(trades.subscriptions).toBe(['^------------------------------!', '^---!']);
      flush();
      expect(late).toEqual(['b']);
    }),
  );

  it(
    'waits no longer than its source',
    marbles(({ hot, expectObservable }) => {
      const trades = hot('-a-|', { a: trade({ venueTime: 1 }) });

      expectObservable(trades.pipe(candlesFromTrades({ interval: 10, closeAfter: 3 }), map(short))).toBe('-a-|', {
        a: '0: 100 100 100 100 1',
      });
    }),
  );

  it(
    'errors with what onLate throws, and leaves its source',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const trades = hot('ab---', { a: trade({ venueTime: 100 }), b: trade({ venueTime: 1 }) });
      const onLate = (): never => {
        throw new Error('late');
      };

      expectObservable(trades.pipe(candlesFromTrades({ interval: 100, onLate }), map(short))).toBe(
        'a#',
        { a: '100: 100 100 100 100 1' },
        new Error('late'),
      );
      expectSubscriptions(trades.subscriptions).toBe('^!');
    }),
  );

  it.each([
    [1_000, '1s'],
    [90_000, '90s'],
    [60_000, '1m'],
    [900_000, '15m'],
    [14_400_000, '4h'],
    [86_400_000, '1d'],
    [250, '250ms'],
  ])('calls %s ms %s', (interval, name) => {
    marbles(({ cold, expectObservable }) => {
      const names = cold('a', { a: trade() }).pipe(
        candlesFromTrades({ interval }),
        map((made) => made.interval),
      );

      expectObservable(names).toBe('a', { a: name });
    })();
  });

  it.each([0, -1, NaN])('refuses an interval of %s', (interval) => {
    refuses('interval', () => candlesFromTrades({ interval }));
  });

  it.each([-1, NaN])('refuses to close after %s ms', (closeAfter) => {
    refuses('closeAfter', () => candlesFromTrades({ interval: 1, closeAfter }));
  });

  keepsTheContract(() => candlesFromTrades({ interval: 60_000, name: 'one' }), first, {
    ...candle({ open: '9.50', volume: '0.1', openTime: 60_000, closed: false, receivedTime: 3 }),
    interval: 'one',
    trades: 1,
    venueTime: 61_000,
  });
  describe('with a clock', () => {
    keepsTheContract(() => candlesFromTrades({ interval: 60_000, closeAfter: 5_000 }), trade(), {
      ...candle({ closed: false, venueTime: 0 }),
      trades: 1,
    });
  });
});
