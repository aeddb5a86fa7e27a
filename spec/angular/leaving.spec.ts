import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { VirtualTimeScheduler } from 'rxjs';
import {
  type BookExchange,
  exchangeToken,
  injectAccount,
  injectBook,
  injectQuotes,
  injectStream,
  withConflation,
} from '../../lib/angular/index.js';
import { TestExchange, withTestExchange } from '../../lib/angular/testing/index.js';
import type { AccountState } from '../../lib/model/accountEvent.js';
import { EXCHANGE, prepareAngular, rig } from './rig.js';

const BTC = { bids: [['100', '1']], asks: [['101', '4']] } as const;

beforeAll(prepareAngular);

describe('what is kept of something that was left', () => {
  const left = () => {
    const symbol = signal('BTCUSDT');
    const { exchange, ask } = rig();
    const { got: book, leave } = ask(() => injectBook(EXCHANGE, symbol));
    exchange.showBook('BTCUSDT', BTC);
    expect(book.live()).toBeDefined();
    leave();
    return { book, exchange, symbol };
  };

  it('is no live book, whoever still holds it', () => {
    const { book } = left();
    expect(book.live()).toBeUndefined();
    expect(book.stale()).toMatchObject({ reason: 'disconnected' });
    expect(book.book()?.bestBid?.price).toBe(100);
    expect(book.age()).toBeGreaterThanOrEqual(0);
  });

  it('can not be loaded anew, nor has anything mended for those who stay', () => {
    const { book, exchange } = left();
    expect(book.reload()).toBe(false);
    expect(exchange.resyncs()).toEqual([]);
    exchange.refuse('book BTCUSDT');
    expect(book.error()).toBeUndefined();
  });

  it('asks for no other symbol', () => {
    const { book, exchange, symbol } = left();
    symbol.set('ETHUSDT');
    TestBed.tick();
    expect(exchange.observed()).toEqual([]);
    expect([book.status(), book.isLoading(), book.book()]).toEqual(['syncing', false, undefined]);
  });

  it('ticks no more', () => {
    const scheduler = new VirtualTimeScheduler();
    const { exchange, ask } = rig({ features: [withConflation({ every: 0, scheduler })] });
    const { got: book, leave } = ask(() => injectBook(EXCHANGE, () => 'BTCUSDT'));
    exchange.showBook('BTCUSDT', BTC);
    leave();
    book.age();
    expect(scheduler.actions).toHaveLength(0);
  });

  it('is an account that is not followed, a stream that is over, and no quotes', () => {
    const { exchange, ask } = rig();
    const { got, leave } = ask(() => ({
      account: injectAccount(EXCHANGE, (of) => of.channel<AccountState<number>>('account')),
      stream: injectStream(() => exchange.channel<number>('figures')),
      quotes: injectQuotes(EXCHANGE, () => ['BTCUSDT']),
    }));
    exchange.show('account', { status: 'live', value: 5 });
    exchange.show('figures', 7);
    exchange.showQuote('BTCUSDT', { bid: ['1', '1'] });
    expect([got.account.status(), got.stream.status(), got.quotes().size]).toEqual(['live', 'streaming', 1]);
    leave();
    expect(got.account.state()).toMatchObject({ status: 'stale', value: 5, reason: 'closed' });
    expect([got.stream.status(), got.stream.value(), got.stream.reload()]).toEqual(['complete', 7, false]);
    expect([...got.quotes()]).toEqual([]);
  });
});

describe('an injector that is gone', () => {
  it.each([
    ['injectBook', (options: Parameters<typeof injectBook>[2]) => injectBook(EXCHANGE, () => 'BTCUSDT', options)],
    ['injectQuotes', (options: Parameters<typeof injectQuotes>[2]) => injectQuotes(EXCHANGE, () => ['A'], options)],
  ])('is refused by %s, which subscribes nothing', (_, inject) => {
    const { exchange, ask } = rig();
    const { injector, leave } = ask(() => undefined);
    leave();
    expect(() => inject({ injector })).toThrow(/destroyed/);
    TestBed.tick();
    expect(exchange.observed()).toEqual([]);
  });
});

describe('several exchanges', () => {
  const OTHER = exchangeToken<TestExchange>('other');

  it('have books of the same symbol that know nothing of one another', () => {
    const other = new TestExchange('other');
    const { exchange, ask } = rig({ features: [withTestExchange(OTHER, other)] });
    const { got } = ask(() => [EXCHANGE, OTHER].map((token) => injectBook(token, () => 'BTCUSDT')));
    exchange.showBook('BTCUSDT', BTC);
    other.refuse('book BTCUSDT');
    expect(got.map((book) => book.status())).toEqual(['live', 'error']);
    other.showBook('BTCUSDT', BTC);
    expect(got.map((book) => book.reload())).toEqual([true, true]);
    TestBed.tick();
    expect(got.map((book) => book.status())).toEqual(['live', 'live']);
    exchange.close();
    expect(got.map((book) => book.status())).toEqual(['stale', 'live']);
  });
});

describe('options of a book', () => {
  it('may be what can not be written as JSON', () => {
    const circular: { self?: unknown; count: bigint } = { count: 1n };
    circular.self = circular;
    const { exchange, ask } = rig();
    const book$ = exchange.book('BTCUSDT');
    const source: BookExchange<{ readonly held: unknown }> = { venue: 'own', resync: () => {}, book: () => book$ };
    const { got } = ask(() => injectBook(source, () => 'BTCUSDT', { book: { held: circular } }));
    expect(got.status()).toBe('syncing');
    exchange.showBook('BTCUSDT', BTC);
    expect(got.status()).toBe('live');
  });
});
