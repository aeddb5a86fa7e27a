import { computed, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NEVER, VirtualTimeScheduler, startWith } from 'rxjs';
import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import { injectBook, withConflation } from '../../lib/angular/index.js';
import type { BookState } from '../../lib/model/bookState.js';
import { book, liveState } from '../../lib/testing/index.js';
import { EXCHANGE, prepareAngular, rig } from './rig.js';

const BTC = {
  bids: [
    ['100', '1'],
    ['99', '2'],
    ['98', '3'],
  ],
  asks: [
    ['101', '4'],
    ['102', '5'],
  ],
} as const;

beforeAll(prepareAngular);

const following = (first: string | undefined = 'BTCUSDT') => {
  const symbol = signal<string | undefined>(first);
  const { exchange, ask } = rig();
  const asker = ask(() => injectBook(EXCHANGE, symbol));
  return { symbol, exchange, asker, book: asker.got };
};

describe('injectBook', () => {
  it('goes from syncing to live to stale and back', () => {
    const { exchange, book } = following();
    expect(book.status()).toBe('syncing');
    expect(book.isLoading()).toBe(true);
    expect(book.hasValue()).toBe(false);
    expect([book.book(), book.live(), book.top(), book.levels(2), book.age(), book.stale(), book.error()]).toEqual(
      Array(7).fill(undefined),
    );

    exchange.showBook('BTCUSDT', BTC);
    expect(book.status()).toBe('live');
    expect(book.isLoading()).toBe(false);
    expect(book.hasValue()).toBe(true);
    expect(book.top()).toMatchObject({ bid: { price: 100 }, ask: { price: 101 }, mid: 100.5, spread: 1 });
    expect(book.levels(2)?.bids.map(({ price }) => price)).toEqual([100, 99]);
    expect(book.live()).toBe(book.book());

    exchange.staleBook('BTCUSDT', 'gap', 7);
    expect(book.state()).toMatchObject({ status: 'stale', reason: 'gap', since: 7 });
    expect(book.stale()?.reason).toBe('gap');
    expect(book.live()).toBeUndefined();
    expect(book.book()?.bestBid?.price).toBe(100);

    exchange.showBook('BTCUSDT', BTC);
    expect(book.stale()).toBeUndefined();
    expect(book.live()).toBeDefined();
  });

  it('shows nothing of one symbol under another, not even until it is subscribed', () => {
    const { exchange, book, symbol } = following();
    exchange.showBook('BTCUSDT', BTC);

    symbol.set('ETHUSDT');
    expect(book.status()).toBe('syncing');
    expect([book.book(), book.top(), book.levels(1), book.live()]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(exchange.observed()).toEqual(['book BTCUSDT']);

    TestBed.tick();
    expect(exchange.observed()).toEqual(['book ETHUSDT']);
    exchange.showBook('BTCUSDT', BTC);
    expect(book.book()).toBeUndefined();
    exchange.showBook('ETHUSDT', { bids: [['5', '1']] });
    expect(book.top()?.bid?.price).toBe(5);
  });

  it('is idle, and subscribes nothing, where there is no symbol', () => {
    const { exchange, book, symbol } = following('');
    expect(book.status()).toBe('idle');
    expect(book.isLoading()).toBe(false);
    expect(book.reload()).toBe(false);
    expect(exchange.observed()).toEqual([]);

    symbol.set('BTCUSDT');
    TestBed.tick();
    exchange.showBook('BTCUSDT', BTC);
    symbol.set(undefined);
    expect(book.status()).toBe('idle');
    expect(book.state()).toEqual({ status: 'syncing' });
    TestBed.tick();
    expect(exchange.observed()).toEqual([]);
  });

  it('tells an error without throwing, and forgets it with its symbol', () => {
    const { exchange, book, symbol } = following('NOPE');
    exchange.refuse('book NOPE', 'no such symbol');
    expect(book.status()).toBe('error');
    expect(book.error()).toBeInstanceOf(SubscriptionRefusedError);
    expect(book.state()).toEqual({ status: 'syncing' });
    expect(book.isLoading()).toBe(false);
    expect([book.book(), book.top(), book.levels(3), book.age()]).toEqual([undefined, undefined, undefined, undefined]);

    symbol.set('BTCUSDT');
    expect(book.error()).toBeUndefined();
    expect(book.status()).toBe('syncing');
  });

  it('trusts no book any more whose stream is over', () => {
    const { exchange, book } = following();
    exchange.showBook('BTCUSDT', BTC);
    exchange.refuse('book BTCUSDT');
    expect(book.status()).toBe('error');
    expect(book.live()).toBeUndefined();
    expect(book.stale()).toMatchObject({ reason: 'disconnected', book: { bestBid: { price: 100 } } });
  });

  it('trusts no book of an exchange that was closed', () => {
    const { exchange, book } = following();
    exchange.showBook('BTCUSDT', BTC);
    exchange.close();
    expect(book.status()).toBe('stale');
    expect(book.live()).toBeUndefined();
  });

  it('has a running book mended, and asks anew for one that was refused', () => {
    const { exchange, book } = following();
    exchange.showBook('BTCUSDT', BTC);
    expect(book.reload()).toBe(true);
    expect(exchange.resyncs()).toEqual(['BTCUSDT']);

    exchange.refuse('book BTCUSDT');
    expect(exchange.observed()).toEqual([]);
    exchange.showBook('BTCUSDT', BTC);
    expect(book.reload()).toBe(true);
    expect(book.error()).toBeUndefined();
    TestBed.tick();
    expect(book.status()).toBe('live');
    expect(exchange.resyncs()).toEqual(['BTCUSDT']);
  });

  it('leaves the book with whoever asked for it', () => {
    const { exchange, asker } = following();
    expect(exchange.observed()).toEqual(['book BTCUSDT']);
    asker.leave();
    expect(exchange.observed()).toEqual([]);
  });

  it('changes top and levels only when they do', () => {
    const { exchange, book } = following();
    exchange.showBook('BTCUSDT', BTC);
    const [top, two, all] = [book.top(), book.levels(2), book.levels(10)];
    exchange.showBook('BTCUSDT', {
      ...BTC,
      bids: [
        ['100', '1'],
        ['99', '2'],
        ['98', '7'],
      ],
    });
    expect(book.top()).toBe(top);
    expect(book.levels(2)).toBe(two);
    expect(book.levels(10)).not.toBe(all);
    expect(() => book.levels(0)).toThrow(InvalidArgumentError);
  });

  it('gives the venue its options, and subscribes anew only where they say something else', () => {
    const { exchange, ask } = rig();
    const depth = signal(5);
    const calls: unknown[] = [];
    const venue = {
      venue: 'test',
      book: (_: string, options?: { readonly depth: number }) => {
        calls.push(options);
        return NEVER;
      },
      resync: (symbol?: string) => {
        exchange.resync(symbol);
      },
    };
    const other = signal(0);
    const options = computed(() => ({ depth: depth() + 0 * other() }));
    ask(() => injectBook(venue, () => 'BTCUSDT', { book: options }));
    other.set(1);
    TestBed.tick();
    depth.set(10);
    TestBed.tick();
    expect(calls).toEqual([{ depth: 5 }, { depth: 10 }]);
  });

  it('tells what the exchange throws at the call, and what the symbol itself throws', () => {
    const { ask } = rig();
    const throwing = {
      venue: 'test',
      book: (): never => {
        throw new InvalidArgumentError('symbol', 'a symbol', '?');
      },
      resync: () => {},
    };
    const { got } = ask(() => injectBook(throwing, () => '?'));
    expect(got.error()).toBeInstanceOf(InvalidArgumentError);
    const failing = ask(() =>
      injectBook(EXCHANGE, () => {
        throw new Error('not set yet');
      }),
    );
    expect(failing.got.error()?.message).toBe('not set yet');
    expect(failing.got.status()).toBe('error');
  });

  it('asserts its context, takes an injector, and refuses options it does not know', () => {
    const { exchange, ask } = rig();
    expect(() => injectBook(EXCHANGE, () => 'BTCUSDT')).toThrow(/injectBook.*injection context/);
    const { injector, leave } = ask(() => undefined);
    const late = injectBook(EXCHANGE, () => 'BTCUSDT', { injector });
    TestBed.tick();
    exchange.showBook('BTCUSDT', BTC);
    expect(late.status()).toBe('live');
    leave();
    expect(exchange.observed()).toEqual([]);
    const unknown = { ageEvery: 1, deep: 1 };
    expect(() => ask(() => injectBook(EXCHANGE, () => 'BTCUSDT', unknown))).toThrow(InvalidArgumentError);
  });
});

describe('the age of a book', () => {
  const aged = () => {
    const scheduler = new VirtualTimeScheduler();
    const to = (moment: number): void => {
      scheduler.maxFrames = moment;
      scheduler.schedule(() => {}, moment - scheduler.now());
      scheduler.flush();
    };
    const { ask } = rig({ features: [withConflation({ every: 0, scheduler })] });
    const state: BookState = liveState(book({ receivedTime: -500 }));
    const shown = { venue: 'test', book: () => NEVER.pipe(startWith(state)), resync: () => {} };
    return { to, scheduler, ask: () => ask(() => injectBook(shown, () => 'BTCUSDT')) };
  };

  it('ticks every second once somebody reads it, and not before', () => {
    const { to, scheduler, ask } = aged();
    const { got, leave } = ask();
    expect(scheduler.actions).toHaveLength(0);
    expect(got.age()).toBe(500);
    to(999);
    expect(got.age()).toBe(500);
    to(1_000);
    expect(got.age()).toBe(1_500);
    leave();
    expect(scheduler.actions.filter(({ closed }) => !closed)).toHaveLength(0);
  });
});
