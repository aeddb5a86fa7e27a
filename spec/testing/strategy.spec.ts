import { distinctUntilChanged, map, type Observable } from 'rxjs';
import type { BookState } from '../../lib/model/bookState.js';
import { liveOrNone } from '../../lib/operators/liveOrNone.js';
import { marbleNetwork } from '../../lib/testing/marbleNetwork.js';
import { marbles } from '../../lib/testing/marbles.js';
import { bookStates } from '../../lib/testing/bookStates.js';
import { binance } from '../../lib/venues/binance/index.js';

/** Quotes one tick inside the best bid while the book is right, and pulls its quote as soon as it is not. */
const quotes = (book$: Observable<BookState>): Observable<string> =>
  book$.pipe(
    liveOrNone(),
    map((book) => (book?.bestBid === undefined ? 'pull' : `bid ${book.bestBid.price + 1}`)),
    distinctUntilChanged(),
  );

const depth = (first: number, last: number, bids: readonly (readonly [string, string])[]) => ({
  stream: 'btcusdt@depth@100ms',
  data: { e: 'depthUpdate', E: 1, s: 'BTCUSDT', U: first, u: last, b: bids, a: [] },
});

describe('a strategy', () => {
  it(
    'is tested without a network, on books drawn in marbles',
    marbles(({ hot, expectObservable }) => {
      const book$ = bookStates(hot, 's--a-b-g--c', {
        s: 'syncing',
        a: { bids: [['100', '1']] },
        b: { bids: [['101', '1']] },
        g: 'gap',
        c: { bids: [['102', '1']] },
      });

      expectObservable(quotes(book$)).toBe('p--a-b-p--c', { p: 'pull', a: 'bid 101', b: 'bid 102', c: 'bid 103' });
    }),
  );

  const acknowledge = (message: unknown): readonly unknown[] =>
    typeof message === 'object' && message !== null && 'id' in message ? [{ result: null, id: message.id }] : [];

  it(
    'is tested from the frames of the socket to its quotes and back, over a loss, in virtual time',
    marbles((helpers) => {
      const network = marbleNetwork(helpers, {
        wires: ['--o--a--b-#', '#', '--o----d'],
        values: {
          a: depth(11, 11, [['100', '2']]),
          b: depth(12, 12, [['101', '1']]),
          d: depth(21, 21, [['105', '1']]),
          s: { lastUpdateId: 10, bids: [['99', '1']], asks: [['110', '1']] },
          t: { lastUpdateId: 20, bids: [['104', '1']], asks: [['110', '1']] },
        },
        reply: acknowledge,
        respond: () => (network.requests.length === 1 ? '--s' : '--t'),
      });
      const exchange = binance({ network, scheduler: helpers.scheduler, random: () => 0.5 });

      const wires = '     o---------o     249ms o';
      const sent = '      --s       259ms       t 1037ms u';
      const requests = '  --r       259ms       r';
      const until = '     ^         299ms            !';
      const quoted = '    p---ab--c-p     253ms d--e';
      const connection = 'c-r-------(lwclw) 243ms c-r';

      helpers.expectObservable(quotes(exchange.book('BTCUSDT')), until).toBe(quoted, {
        p: 'pull',
        a: 'bid 100',
        b: 'bid 101',
        c: 'bid 102',
        d: 'bid 105',
        e: 'bid 106',
      });
      helpers.expectObservable(exchange.connection$.pipe(map(({ status }) => status)), until).toBe(connection, {
        c: 'connecting',
        r: 'ready',
        l: 'lost',
        w: 'waiting',
      });
      network.expectOpened(wires);
      network.expectSent(sent, {
        s: { method: 'SUBSCRIBE', params: ['btcusdt@depth@100ms'], id: 1 },
        t: { method: 'SUBSCRIBE', params: ['btcusdt@depth@100ms'], id: 1 },
        u: { method: 'UNSUBSCRIBE', params: ['btcusdt@depth@100ms'], id: 2 },
      });
      network.expectClosed('2300ms c', { c: 1000 });
      network.expectRequested(requests);
    }),
  );

  it(
    'is tested for how it takes silence, in virtual time',
    marbles((helpers) => {
      const network = marbleNetwork(helpers, {
        wires: '--o--a 9999ms b',
        values: {
          a: depth(11, 11, [['100', '2']]),
          b: depth(12, 12, [['101', '1']]),
          s: { lastUpdateId: 10, bids: [['99', '1']], asks: [['110', '1']] },
        },
        reply: acknowledge,
        respond: () => 's',
      });
      const exchange = binance({ network, scheduler: helpers.scheduler });
      const book$ = exchange.book('BTCUSDT', { silentAfter: 5_000 });

      helpers.expectObservable(quotes(book$), '^ 10999ms !').toBe('p-a--b 4999ms p 4999ms c', {
        p: 'pull',
        a: 'bid 100',
        b: 'bid 101',
        c: 'bid 102',
      });
    }),
  );
});
