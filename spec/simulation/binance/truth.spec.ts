import type { TrueTrade } from '../../../lib/simulation/index.js';
import { type RawClient, stage, subscribe } from '../rawClient.js';

// What a simulated Binance tells of trades, candles, days and the best levels against what its market did.

type Json = Readonly<Record<string, unknown>>;
const SYMBOL = 'BTCUSDT';
const MINUTE = 60_000;
const WITHIN = 75_000;
const NAMES = {
  public: ['trade', 'bookTicker', 'depth5@100ms', 'depth20@100ms'],
  market: ['aggTrade', 'kline_1m', 'ticker', 'miniTicker'],
};

/** All that is told of a symbol over the turn of a minute, and what was true meanwhile. */
function traded(market: 'spot' | 'usdm') {
  const { open, until, get, venue } = stage({ market, seed: 6, activity: 3, history: 100_000 });
  const clients: readonly RawClient[] = (['public', 'market'] as const).map((half) =>
    open(market === 'spot' ? '/stream' : `/${half}/stream`, subscribe(...NAMES[half].map(streamOf))),
  );
  until(WITHIN);
  const frames = clients
    .flatMap((client) => client.texts())
    .map((text) => JSON.parse(text) as { readonly stream?: string; readonly data?: Json });
  const of = (name: string): readonly Json[] =>
    frames.flatMap(({ stream, data }) => (stream === streamOf(name) && data !== undefined ? [data] : []));
  const ask = (path: string): unknown => {
    const answers = get(`${market === 'spot' ? '/api/v3' : '/fapi/v1'}/${path}`);
    until(venueNow() + 200);
    return JSON.parse(answers[0]?.response.body ?? 'null');
  };
  const venueNow = (): number => venue.market.now();
  const tape = venue.market.instrument(SYMBOL)?.tape;
  return { of, ask, venue, trades: () => tape?.tradesAfter(0) ?? [], aggregates: () => tape?.aggregatesAfter(0) ?? [] };
}
const streamOf = (name: string): string => `${SYMBOL.toLowerCase()}@${name}`;
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const near = (value: number): number => expect.closeTo(value, 4) as number;
const numbers = (...values: readonly unknown[]): readonly number[] => values.map(Number);

/** First, highest, lowest and last price, the sums of sizes and of what was paid, how many, and by which ids. */
function wholeOf(trades: readonly TrueTrade[]) {
  const prices = trades.map(({ price }) => Number(price));
  return {
    prices: [prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1)],
    sums: [sumOf(trades.map(({ size }) => Number(size))), sumOf(trades.map(paidFor))].map(near),
    count: trades.length,
    ids: [trades[0]?.id, trades.at(-1)?.id],
  };
}
const paidFor = ({ price, size }: TrueTrade): number => Number(price) * Number(size);

describe.each(['spot', 'usdm'] as const)('a simulated Binance of %s', (market) => {
  const { of, ask, venue, trades, aggregates } = traded(market);
  const before = trades();
  const upTo = (id: unknown): readonly TrueTrade[] => before.filter((trade) => trade.id <= Number(id));

  it('tells each trade once and in order, with the buyer as maker where the taker sold', () => {
    const told = of('trade').map(({ t, p, q, T, m }) => [t, p, q, T, m]);
    const from = Number(told[0]?.[0]);
    const truth = before.map(({ id, price, size, at, side }) => [id, price, size, at, side === 'sell']);

    expect(told.length).toBeGreaterThan(100);
    expect(told).toEqual(truth.slice(from - 1, from - 1 + told.length));
    expect(new Set(told.map((row) => row[4]))).toEqual(new Set([true, false]));
  });

  it('tells in one what a taker filled at a price', () => {
    const told = of('aggTrade');
    const ids = told.map(({ a }) => Number(a));

    expect(told.length).toBeGreaterThan(50);
    expect(ids).toEqual(ids.map((_, place) => (ids[0] ?? 0) + place));
    for (const { p, q, f, l, T, m } of told) {
      const own = before.filter(({ id }) => id >= Number(f) && id <= Number(l));
      expect(Number(q)).toBeCloseTo(sumOf(own.map(({ size }) => Number(size))), 8);
      expect([...new Set(own.map(({ price, at, side }) => JSON.stringify([price, at, side === 'sell'])))]).toEqual([
        JSON.stringify([p, T, m]),
      ]);
    }
  });

  it('tells candles that its trades make, each time', () => {
    const candles = of('kline_1m').map(({ k }) => k as Json);
    expect(new Set(candles.map(({ t }) => t))).toEqual(new Set([0, MINUTE]));
    expect(candles.length).toBeGreaterThan(20);
    for (const { t, T, o, h, l, c, v, q, n, f, L, V, Q } of candles) {
      if (n === 0) continue;
      const own = upTo(L).filter(({ at }) => at >= Number(t) && at < Number(t) + MINUTE);
      const taken = own.filter(({ side }) => side === 'buy');
      const whole = wholeOf(own);
      expect(T).toBe(Number(t) + MINUTE - 1);
      expect(numbers(o, h, l, c)).toEqual(whole.prices);
      expect(numbers(v, q)).toEqual(whole.sums);
      expect([n, [f, L]]).toEqual([whole.count, whole.ids]);
      expect(numbers(V, Q)).toEqual(wholeOf(taken).sums);
    }
  });

  it('tells the day that its trades make, in full and in short, with the best levels of spot', () => {
    const [full, short] = [of('ticker'), of('miniTicker')];
    const { book } = venue.market.instrument(SYMBOL) ?? {};
    expect(full.length).toBeGreaterThan(50);
    for (const ticker of full) {
      const { E, o, h, l, c, v, q, n, F, L, p, P, w, Q, b, B, a, A, x } = ticker;
      const own = upTo(L);
      const whole = wholeOf(own);
      const [open = 0, , , last = 0] = whole.prices;
      expect(numbers(o, h, l, c)).toEqual(whole.prices);
      expect(numbers(v, q)).toEqual(whole.sums);
      expect([n, [F, L]]).toEqual([whole.count, whole.ids]);
      expect(numbers(p, Q)).toEqual([near(last - open), Number(own.at(-1)?.size)]);
      expect(Number(P)).toBeCloseTo((100 * (last - open)) / open, 2);
      expect(Number(w)).toBeCloseTo(Number(q) / Number(v), 1);
      const { bids = [], asks = [] } = venue.market.trueBook(SYMBOL, book?.sequenceAt(Number(E))) ?? {};
      expect([b, B, a, A, x]).toEqual(
        market === 'spot' ? [...(bids[0] ?? []), ...(asks[0] ?? []), o] : Array.from({ length: 5 }),
      );
    }
    const shortened = full.map(({ E, s, c, o, h, l, v, q }) => ({ e: '24hrMiniTicker', E, s, c, o, h, l, v, q }));
    expect(short).toEqual(shortened);
  });

  it('tells the best levels of the book as it stood', () => {
    const tops = of('bookTicker');
    expect(tops.length).toBeGreaterThan(50);
    for (const { u, b, B, a, A } of tops) {
      const { bids = [], asks = [] } = venue.market.trueBook(SYMBOL, Number(u)) ?? {};
      expect([b, B, a, A]).toEqual([...(bids[0] ?? []), ...(asks[0] ?? [])]);
    }
    for (const count of [5, 20]) {
      const told = of(`depth${String(count)}@100ms`);
      expect(told.length).toBeGreaterThan(50);
      for (const { lastUpdateId, u, bids, asks, b, a } of told) {
        const truth = venue.market.trueBook(SYMBOL, Number(lastUpdateId ?? u));
        expect(truth?.sequence).toBe(lastUpdateId ?? u);
        expect([bids ?? b, asks ?? a]).toEqual([truth?.bids.slice(0, count), truth?.asks.slice(0, count)]);
      }
    }
    // Of futures each names the one before.
    if (market === 'spot') return;
    const links = of('depth5@100ms').map(({ pu, u }) => [pu, u]);
    expect(links.slice(1).map(([pu]) => pu)).toEqual(links.slice(0, -1).map(([, u]) => u));
  });

  it('answers for trades what it told, the newest last, and pages of them without a hole or a double', () => {
    const rows = ask(`trades?symbol=${SYMBOL}&limit=30`) as readonly Json[];
    const all = trades();
    const last = all.findIndex(({ id }) => id === rows.at(-1)?.['id']);
    expect(all.length - last).toBeLessThan(20);
    expect(rows.map(({ id, price, qty, time, isBuyerMaker }) => [id, price, qty, time, isBuyerMaker])).toEqual(
      all.slice(last - 29, last + 1).map(({ id, price, size, at, side }) => [id, price, size, at, side === 'sell']),
    );

    const pages: Json[] = [];
    for (let from = 1; from <= 50; from = Number(pages.at(-1)?.['a']) + 1) {
      const page = ask(`aggTrades?symbol=${SYMBOL}&fromId=${String(from)}&limit=8`) as readonly Json[];
      expect(page).toHaveLength(8);
      pages.push(...page);
    }
    expect(pages.map(({ a, p, q, f, l, T, m }) => [a, p, q, f, l, T, m])).toEqual(
      aggregates()
        .slice(0, pages.length)
        .map(({ id, price, size, firstTrade, lastTrade, at, side }) => [
          ...[id, price, size, firstTrade, lastTrade, at, side === 'sell'],
        ]),
    );
    const recent = ask(`aggTrades?symbol=${SYMBOL}&limit=8`) as readonly Json[];
    const ids = recent.map(({ a }) => Number(a));
    expect(ids).toEqual(ids.map((_, place) => (ids[0] ?? 0) + place));
    expect(aggregates().length - Number(ids.at(-1))).toBeLessThan(20);
  });

  it('answers for a book what it is at the id that it names', () => {
    for (const limit of [5, 10, 20]) {
      const at = venue.market.trueBook(SYMBOL)?.sequence ?? 0;
      const { lastUpdateId, bids, asks } = ask(`depth?symbol=${SYMBOL}&limit=${String(limit)}`) as Json;
      const truth = venue.market.trueBook(SYMBOL, Number(lastUpdateId));
      expect(Number(lastUpdateId)).toBeGreaterThanOrEqual(at);
      expect([lastUpdateId, bids, asks]).toEqual([
        ...[truth?.sequence, truth?.bids.slice(0, limit), truth?.asks.slice(0, limit)],
      ]);
    }
  });
});

describe('a client that leaves some of its streams', () => {
  it.each(['/ws', '/stream'])('by %s hears no more of these, and of the others as before', (path) => {
    const { open, until } = stage({ activity: 10 });
    const client = open(path, subscribe(streamOf('trade'), streamOf('bookTicker'), streamOf('aggTrade')));
    until(2_000);
    client.send({ method: 'UNSUBSCRIBE', params: [streamOf('trade'), streamOf('bookTicker')], id: 2 });
    until(2_200);
    const kinds = (texts: readonly string[]): ReadonlySet<unknown> =>
      new Set(
        texts.map((text) => {
          const frame = JSON.parse(text) as { readonly data?: Json } & Json;
          return (frame.data ?? frame)['e'] ?? 'bookTicker';
        }),
      );
    const heard = client.frames.length;
    client.send({ method: 'LIST_SUBSCRIPTIONS', id: 3 });
    until(2_400);
    expect(client.texts()).toContain(`{"result":["${streamOf('aggTrade')}"],"id":3}`);
    expect(kinds(client.texts().slice(1, heard - 10))).toEqual(new Set(['trade', 'bookTicker', 'aggTrade']));
    const left = client.frames.length;
    until(4_000);
    expect(kinds(client.texts().slice(left))).toEqual(new Set(['aggTrade']));
  });
});
