import fc from 'fast-check';
import { EMPTY, Subject } from 'rxjs';
import type { BookState } from '../../../lib/model/bookState.js';
import type { Trade } from '../../../lib/model/trade.js';
import { book, liveState, staleState, syncingState, trade } from '../../../lib/testing/builders.js';
import type { TplusTrade } from '../../../lib/venues/tplus/trades.js';
import { marbles } from '../../../lib/testing/marbles.js';
import type { OrderCommand, OrderReport, PlaceOrder } from '../../../lib/testing/paper/order.js';
import { paperTrading, type PaperTradingConfig } from '../../../lib/testing/paper/paperTrading.js';

/** A market that is told by hand, and what was reported of orders on it: `a fill 2@100 maker left 1`. */
const market = (config: Partial<PaperTradingConfig> = {}) => {
  const [book$, trades$, commands] = [new Subject<BookState>(), new Subject<Trade>(), new Subject<OrderCommand>()];
  const reports: OrderReport[] = [];
  const told: string[] = [];
  const subscription = commands.pipe(paperTrading({ book$, trades$, ...config })).subscribe((report) => {
    reports.push(report);
    told.push(show(report));
  });
  const place = (
    id: string,
    side: 'buy' | 'sell',
    size: string,
    price?: string,
    more: Partial<PlaceOrder> = {},
  ): void => {
    commands.next({ type: 'place', id, side, size, ...(price !== undefined && { price }), ...more });
  };
  return {
    book$,
    trades$,
    commands,
    reports,
    subscription,
    place,
    shows: (text: string) => {
      book$.next(liveState(text));
    },
    trades: (text: string) => {
      trades$.next(trade(text));
    },
    /** What was told since it was last looked at. */
    told: (): readonly string[] => told.splice(0),
  };
};

const show = (report: OrderReport): string => {
  const { id, type } = report;
  switch (type) {
    case 'accepted':
      return `${id} accepted`;
    case 'rejected':
      return `${id} rejected: ${report.reason}`;
    case 'cancelled':
      return `${id} cancelled: ${report.reason}, left ${report.remaining}`;
    case 'fill': {
      const { price, size, remaining } = report.exact;
      return `${id} ${report.side} ${size}x${price} ${report.liquidity}, left ${remaining}`;
    }
  }
};

describe('paperTrading', () => {
  it('fills a market order by what the book shows, best price first, and cancels the rest', () => {
    const { place, shows, told } = market();
    shows('99x1 98x1 | 101x2 102x1');
    place('a', 'buy', '2.5');
    place('b', 'sell', '5');

    expect(told()).toEqual([
      'a accepted',
      'a buy 2x101 taker, left 0.5',
      'a buy 0.5x102 taker, left 0.0',
      'b accepted',
      'b sell 1x99 taker, left 4',
      'b sell 1x98 taker, left 3',
      'b cancelled: ioc, left 3',
    ]);
  });

  it('does not take twice what the book shows once, until it is told anew', () => {
    const { place, shows, told } = market();
    shows('99 | 101x2');
    place('a', 'buy', '1.5');
    place('b', 'buy', '1');
    shows('98 | 101x2');
    place('c', 'buy', '1');
    shows('98 | 101x3');
    place('d', 'buy', '1');

    expect(told()).toEqual([
      'a accepted',
      'a buy 1.5x101 taker, left 0.0',
      'b accepted',
      'b buy 0.5x101 taker, left 0.5',
      'b cancelled: ioc, left 0.5',
      'c accepted',
      'c cancelled: ioc, left 1',
      'd accepted',
      'd buy 1x101 taker, left 0',
    ]);
  });

  it('lets a limit order take up to its price, and rest with what is left', () => {
    const { place, shows, told } = market();
    shows('99 | 101x2 102x9');
    place('a', 'buy', '3', '101');
    expect(told()).toEqual(['a accepted', 'a buy 2x101 taker, left 1']);
    // The level is as it was told before: nobody has come.
    shows('99 | 101x2 102x8');
    expect(told()).toEqual([]);
    // The other side came back to our price.
    shows('99 | 101x5');
    expect(told()).toEqual(['a buy 1x101 maker, left 0']);
  });

  it('fills a resting order behind those who were there before, by trades at its price', () => {
    const { place, shows, trades, told } = market();
    shows('100x5 | 101x5');
    place('a', 'buy', '2', '100');
    place('b', 'buy', '2', '100');
    trades('buy 9x101');
    trades('sell 4x100');
    expect(told()).toEqual(['a accepted', 'b accepted']);
    trades('sell 2x100');
    expect(told()).toEqual(['a buy 1x100 maker, left 1']);
    // All who stood before us are gone; a is first, and b behind it.
    trades('sell 2x100');
    expect(told()).toEqual(['a buy 1x100 maker, left 0', 'b buy 1x100 maker, left 1']);
  });

  it('is filled once by a trade that is told again, and not by one that did not happen', () => {
    const { place, shows, trades$, told } = market();
    const step = (id: string, status: TplusTrade['status']): void => {
      trades$.next(Object.assign(trade('sell 1x100'), { id, status }));
    };
    shows('99 | 101');
    place('a', 'buy', '5', '100');
    told();

    step('1', 'pending');
    step('1', 'confirmed');
    step('2', 'pending');
    step('2', 'rolledBack');
    step('3', 'rolledBack');
    expect(told()).toEqual(['a buy 1x100 maker, left 4', 'a buy 1x100 maker, left 3']);
  });

  it('lets nobody stand before it who is not there, and fills it whole when the market went through', () => {
    const { place, shows, trades, told } = market();
    shows('100x5 | 101x5');
    place('a', 'buy', '2', '100');
    place('c', 'sell', '3', '101');
    shows('100x1 | 101x5');
    trades('sell 2x100');
    expect(told()).toEqual(['a accepted', 'c accepted', 'a buy 1x100 maker, left 1']);
    trades('sell 0.1x99.5');
    trades('buy 0.1x103');
    expect(told()).toEqual(['a buy 1x100 maker, left 0', 'c sell 3x101 maker, left 0']);
  });

  it('stands before all others when told to', () => {
    const { place, shows, trades, told } = market({ queue: 'front' });
    shows('100x5 | 101x5');
    place('a', 'buy', '2', '100');
    trades('sell 1x100');

    expect(told()).toEqual(['a accepted', 'a buy 1x100 maker, left 1']);
  });

  it('heeds the terms of an order', () => {
    const { place, shows, told } = market();
    shows('99x1 | 101x2');
    place('a', 'buy', '1', '101', { postOnly: true });
    place('b', 'buy', '1', '100', { postOnly: true });
    place('c', 'buy', '3', '101', { timeInForce: 'fok' });
    place('d', 'buy', '3', '101', { timeInForce: 'ioc' });
    place('e', 'sell', '2', undefined, { timeInForce: 'fok' });
    place('f', 'sell', '1', undefined, { timeInForce: 'fok' });

    expect(told()).toEqual([
      'a rejected: would take',
      'b accepted',
      'c accepted',
      'c cancelled: fok, left 3',
      'd accepted',
      'd buy 2x101 taker, left 1',
      'd cancelled: ioc, left 1',
      'e accepted',
      'e cancelled: fok, left 2',
      'f accepted',
      'f sell 1x99 taker, left 0',
    ]);
  });

  it('refuses orders that contradict themselves', () => {
    const { place, shows, told } = market();
    shows('99x1 | 101x2');
    place('a', 'buy', '1', undefined, { timeInForce: 'gtc' });
    place('b', 'buy', '1', undefined, { postOnly: true });
    place('c', 'buy', '1', '98', { postOnly: true, timeInForce: 'ioc' });
    place('d', 'buy', '0', '98');
    place('e', 'buy', '1e3', '98');
    place('f', 'buy', '1', '');
    expect(told()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => `${id} rejected: invalid`));
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['latency', { latency: -1 }],
    ['latency', { latency: NaN }],
    ['reportLatency', { reportLatency: -1 }],
    ['queue', { queue: 'middle' }],
    ['taker', { fees: { maker: '0', taker: '5 bps' } }],
    ['maker', { fees: { maker: 0.0002, taker: '0' } }],
    ['book', { book: EMPTY }],
  ])('says at the call that %s can’t be meant: %j', (field, config) => {
    expect(() => paperTrading({ book$: EMPTY, ...config })).toThrow(
      expect.objectContaining({ name: 'InvalidArgumentError', field }) as Error,
    );
  });

  it('takes an order back once, and only one that is there', () => {
    const { place, commands, shows, told } = market();
    shows('99 | 101');
    place('a', 'buy', '1', '98');
    commands.next({ type: 'cancel', id: 'a' });
    commands.next({ type: 'cancel', id: 'a' });
    commands.next({ type: 'cancel', id: 'b' });

    expect(told()).toEqual(['a accepted', 'a cancelled: asked, left 1', 'a rejected: unknown', 'b rejected: unknown']);
  });

  it('rejects what comes while the book cannot be trusted, and fills nothing by it', () => {
    const { place, book$, shows, told } = market();
    place('a', 'buy', '1', '100');
    book$.next(syncingState);
    place('b', 'buy', '1', '100');
    shows('99 | 101');
    place('c', 'buy', '1', '100');
    book$.next(staleState('99 | 100x5'));
    place('d', 'buy', '1');
    expect(told()).toEqual(['a rejected: no book', 'b rejected: no book', 'c accepted', 'd rejected: no book']);
    shows('99 | 100x5');
    expect(told()).toEqual(['c buy 1x100 maker, left 0']);
  });

  it.each<readonly [string, Partial<PlaceOrder>]>([
    ['a size of nothing', { size: '0' }],
    ['a size that is no decimal', { size: 'all' }],
    ['a price that is no decimal', { price: '1e5' }],
    ['a market order that is to rest', { postOnly: true }],
    ['an order that is to rest and not to rest', { price: '99', postOnly: true, timeInForce: 'ioc' }],
  ])('rejects %s', (_, wrong) => {
    const { commands, shows, told } = market();
    shows('99 | 101');
    commands.next({ type: 'place', id: 'a', side: 'buy', size: '1', ...wrong });
    commands.next({ type: 'place', id: 'a', side: 'buy', size: '1' });
    commands.next({ type: 'place', id: 'a', side: 'buy', size: '1' });

    // The id is free as long as nothing came of it.
    expect(told()).toEqual(['a rejected: invalid', 'a accepted', 'a buy 1x101 taker, left 0', 'a rejected: duplicate']);
  });

  it('counts fees by who rested, exactly', () => {
    const { place, shows, trades, reports } = market({ fees: { maker: '-0.0001', taker: '0.0005' } });
    shows('99x1 | 101.5x2');
    place('a', 'buy', '0.3');
    place('b', 'buy', '2', '100');
    trades('sell 2x99');

    expect(reports.flatMap((report) => (report.type === 'fill' ? [report.exact.fee] : []))).toEqual([
      '0.015225',
      '-0.0200',
    ]);
  });

  it(
    'has commands and reports on their way for as long as told',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const book$ = hot<BookState>('a----b-----', { a: liveState('99 | 101'), b: liveState('99 | 105') });
      const commands = cold<OrderCommand>('--c--|', { c: { type: 'place', id: '1', side: 'buy', size: '1' } });
      const reports = commands.pipe(paperTrading({ book$, latency: 4, reportLatency: 2 }));

      // By the time it arrives the price has gone up.
      expectObservable(reports).toBe('--------(rf|)', {
        r: { type: 'accepted', id: '1', at: 6 },
        f: {
          type: 'fill',
          id: '1',
          at: 6,
          instrument: 'BTCUSDT',
          side: 'buy',
          price: 105,
          size: 1,
          liquidity: 'taker',
          exact: { price: '105', size: '1', fee: '0', remaining: '0' },
        },
      });
      expectSubscriptions(book$.subscriptions).toBe('^-----!');
    }),
  );

  it(
    'errors with the book, the trades and the commands, and leaves all',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const failure = new Error('gone');
      const broken = hot<never>('--#', undefined, failure);
      const quiet = hot<never>('---');

      for (const [book$, trades$, commands] of [
        [broken, quiet, quiet],
        [quiet, broken, quiet],
        [quiet, quiet, broken],
      ] as const) {
        expectObservable(commands.pipe(paperTrading({ book$, trades$ }))).toBe('--#', undefined, failure);
      }
      expectObservable(quiet.pipe(paperTrading({ book$: quiet })), '^!').toBe('-');
      expectSubscriptions(broken.subscriptions).toBe(['^-!', '^-!', '^-!']);
      expect(quiet.subscriptions.every(({ unsubscribedFrame }) => unsubscribedFrame <= 2)).toBe(true);
    }),
  );

  it('never fills more than was ordered, nor at a worse price, whatever the market does', () => {
    const price = fc.integer({ min: 95, max: 105 });
    const size = fc.integer({ min: 1, max: 9 });
    const happening = fc.oneof(
      fc.record({ what: fc.constant('book' as const), bid: price, gap: size, bought: size, asked: size }),
      fc.record({ what: fc.constant('trade' as const), side: fc.constantFrom('buy', 'sell'), price, size }),
      fc.record({
        what: fc.constant('order' as const),
        side: fc.constantFrom('buy' as const, 'sell' as const),
        price,
        size,
      }),
    );
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        const { shows, trades, place, reports } = market();
        const ordered = new Map<string, { side: 'buy' | 'sell'; price: number; size: number }>();
        happenings.forEach((one, index) => {
          if (one.what === 'book') shows(`${one.bid}x${one.bought} | ${one.bid + one.gap}x${one.asked}`);
          if (one.what === 'trade') trades(`${one.side} ${one.size}x${one.price}`);
          if (one.what !== 'order') return;
          ordered.set(String(index), one);
          place(String(index), one.side, String(one.size), String(one.price));
        });

        for (const [id, order] of ordered) {
          const fills = reports.flatMap((report) => (report.type === 'fill' && report.id === id ? [report] : []));
          const filled = fills.reduce((sum, fill) => sum + fill.size, 0);
          expect(filled).toBeLessThanOrEqual(order.size);
          for (const fill of fills) {
            expect(order.side === 'buy' ? fill.price <= order.price : fill.price >= order.price).toBe(true);
          }
          if (fills.length > 0) expect(Number(fills.at(-1)?.exact.remaining)).toBe(order.size - filled);
        }
      }),
    );
  });

  it('asks for no more of the book than its states', () => {
    const { subscription, book$, trades$ } = market();
    expect([book$.observed, trades$.observed]).toEqual([true, true]);
    subscription.unsubscribe();
    expect([book$.observed, trades$.observed]).toEqual([false, false]);
    expect(book('|').bestBid).toBeUndefined();
  });
});
