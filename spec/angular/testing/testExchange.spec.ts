import { TestExchange } from '../../../lib/angular/testing/index.js';
import { SubscriptionRefusedError } from '../../../lib/errors/subscriptionRefusedError.js';
import type { Observable } from 'rxjs';

const BTC = '100x1 | 101x2';

/** What a stream tells from now on. */
function heard<T>(stream$: Observable<T>) {
  const told: { readonly values: T[]; error?: unknown; isComplete: boolean } = { values: [], isComplete: false };
  stream$.subscribe({
    next: (value) => told.values.push(value),
    error: (error: unknown) => {
      told.error = error;
    },
    complete: () => {
      told.isComplete = true;
    },
  });
  return told;
}

describe('TestExchange', () => {
  it('tells a book as it is driven, and a late observer how it stands', () => {
    const exchange = new TestExchange();
    const early = heard(exchange.book('BTCUSDT'));
    exchange.showBook('BTCUSDT', BTC);
    exchange.staleBook('BTCUSDT', 'crossed', 3);
    const late = heard(exchange.book('BTCUSDT'));
    expect(early.values.map(({ status }) => status)).toEqual(['syncing', 'live', 'stale']);
    expect(late.values).toMatchObject([
      { status: 'stale', reason: 'crossed', since: 3, book: { instrument: 'BTCUSDT' } },
    ]);
    expect(() => exchange.staleBook('ETHUSDT')).toThrow('no book of ETHUSDT was shown yet');
  });

  it('tells quotes, trades, faults and wires', () => {
    const exchange = new TestExchange('mine');
    exchange.showQuote('A', { bid: ['1', '1'] });
    exchange.showTrade('A');
    const [quotes, trades] = [heard(exchange.quotes('A')), heard(exchange.trades('A'))];
    const [faults, wires] = [heard(exchange.faults$), heard(exchange.connection$)];
    exchange.showTrade('A', { price: '7' });
    exchange.showFault({ type: 'venue', message: 'no' }, 9);
    exchange.showConnection({ status: 'ready' });
    expect(quotes.values).toMatchObject([{ instrument: 'A', bid: { price: 1 } }]);
    expect(trades.values).toMatchObject([{ instrument: 'A', price: 7 }]);
    expect(faults.values).toEqual([{ type: 'venue', message: 'no', venue: 'mine', at: 9 }]);
    expect(wires.values).toMatchObject([{ status: 'ready', wire: 'test#1' }]);
  });

  it('refuses those who listen and those who come, until something is shown again', () => {
    const exchange = new TestExchange();
    const early = heard(exchange.book('NOPE'));
    exchange.refuse('book NOPE', 'no such symbol');
    const late = heard(exchange.book('NOPE'));
    expect([early.error, late.error]).toEqual([
      new SubscriptionRefusedError('test', 'book NOPE', 'no such symbol'),
      new SubscriptionRefusedError('test', 'book NOPE', 'no such symbol'),
    ]);
    expect(exchange.observed()).toEqual([]);
    exchange.showBook('NOPE', BTC);
    expect(heard(exchange.book('NOPE')).values).toMatchObject([{ status: 'live' }]);
  });

  it('knows what is observed, and completes all of it when it is closed', () => {
    const exchange = new TestExchange();
    expect(exchange.plan()).toEqual([]);
    const book = heard(exchange.book('A'));
    const candles = heard(exchange.candles('A', '1m'));
    const ticker = heard(exchange.ticker('A'));
    expect(exchange.observed()).toEqual(['book A', 'candles A 1m', 'ticker A']);
    expect(exchange.plan()).toMatchObject([{ channels: ['book A', 'candles A 1m', 'ticker A'] }]);
    exchange.resync('A');
    exchange.resync();
    exchange.wake();
    expect([exchange.resyncs(), exchange.wakes()]).toEqual([['A', undefined], 1]);
    exchange.close();
    expect([book, candles, ticker, heard(exchange.book('B'))].map(({ isComplete }) => isComplete)).toEqual(
      Array(4).fill(true),
    );
    expect([exchange.observed(), exchange.isClosed()]).toEqual([[], true]);
  });
});
