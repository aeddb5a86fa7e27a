import { once } from 'node:events';
import { WebSocket } from 'ws';
import { serve } from '../../lib/node/serve.js';
import { simulatedBinance, type SimulatedVenue } from '../../lib/simulation/index.js';
import { clientOf, type Line } from './client.js';
import { itWith } from './installed.js';
import { isTrueDay } from './ticks.js';

type Json = Readonly<Record<string, unknown>>;
interface Fetched {
  readonly info: { readonly symbols: readonly Json[] };
  readonly depth: {
    readonly lastUpdateId: number;
    readonly bids: unknown;
    readonly asks: unknown;
  };
  readonly trades: readonly Json[];
  readonly aggregates: readonly Json[];
  readonly klines: readonly (readonly unknown[])[];
  readonly day: Json;
}
const STREAMS = ['trade', 'aggTrade', 'depth', 'kline', 'ticker'];

/** The venue, and every text that it sends. */
function overheard(venue: SimulatedVenue, sent: Set<string>): SimulatedVenue {
  return {
    ...venue,
    accept: (request, connection) =>
      venue.accept(request, {
        ...connection,
        send: (text) => {
          sent.add(JSON.stringify((JSON.parse(text) as { readonly data?: unknown }).data));
          connection.send(text);
        },
      }),
  };
}

const MICROSECONDS = 1_000;

/** Whether the market was what a message of a stream says: its books, its trades, and what is made of these. */
function isTrue({ market }: SimulatedVenue, kind: string, message: Json): boolean {
  const tape = market.instrument('BTCUSDT')?.tape;
  const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  if (kind === 'trade') {
    const { t, p, q, T, m } = message;
    const [trade] = tape?.tradesAfter(Number(t) - 1) ?? [];
    return isSame([t, p, q, T, m], made(trade?.id, trade, trade?.side));
  }
  if (kind === 'aggTrade') {
    const { a, p, q, T, m, f, l } = message;
    const [whole] = tape?.aggregatesAfter(Number(a) - 1) ?? [];
    return isSame([a, p, q, T, m, f, l], [...made(whole?.id, whole, whole?.side), whole?.firstTrade, whole?.lastTrade]);
  }
  if (kind === 'depth') {
    const book = market.trueBook('BTCUSDT', Number(message['u']));
    const isSide = (told: unknown, side: readonly (readonly [string, string])[] = []): boolean => {
      const sizes = new Map(side);
      return (told as readonly (readonly [string, string])[]).every(
        ([price, size]) => Number(size) === Number(sizes.get(price) ?? 0),
      );
    };
    return isSide(message['b'], book?.bids) && isSide(message['a'], book?.asks);
  }
  if (kind === 'ticker') return isTrueTicker(market, message);
  const { f, L, o, h, l, c, v, n } = message['k'] as Json;
  if (n === 0) return Number(v) === 0;
  const trades = (tape?.tradesAfter(Number(f) - 1) ?? []).slice(0, Number(L) - Number(f) + 1);
  const prices = trades.map(({ price }) => Number(price));
  const volume = trades.reduce((sum, { size }) => sum + Number(size), 0);
  const known = [prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1), volume.toFixed(5), trades.length];
  return isSame([...[o, h, l, c].map(Number), Number(v).toFixed(5), n], known);
}

/** The day, its last trade, its counts, and bests that stood together. */
function isTrueTicker(market: SimulatedVenue['market'], message: Json): boolean {
  const { E, c, o, h, l, v, q, Q, F, L, n, p, P, b, B, a, A } = message;
  const at = Math.floor(Number(E) / MICROSECONDS);
  const trades =
    market
      .instrument('BTCUSDT')
      ?.tape.tradesAfter(0)
      .filter((trade) => trade.at <= at) ?? [];
  const last = market.trueBook('BTCUSDT')?.sequence ?? 0;
  const bests = Array.from({ length: 2_000 }, (_, back) => market.trueBook('BTCUSDT', last - back));
  const [open, change] = [Number(o), Number(c) - Number(o)];
  return (
    isTrueDay(market, at, [c, o, h, l, v, q].map(Number)) &&
    JSON.stringify([F, L, n, Q]) === JSON.stringify([1, trades.at(-1)?.id, trades.length, trades.at(-1)?.size]) &&
    Math.abs(Number(p) - change) < 1e-6 &&
    Math.abs(Number(P) - (100 * change) / open) <= 1e-3 &&
    bests.some(
      (book) =>
        JSON.stringify([book?.bids[0], book?.asks[0]]) ===
        JSON.stringify([
          [b, B],
          [a, A],
        ]),
    )
  );
}

const made = (
  id: number | undefined,
  trade: { readonly price: string; readonly size: string; readonly at: number } | undefined,
  side: string | undefined,
): readonly unknown[] => [id, trade?.price, trade?.size, Number(trade?.at) * MICROSECONDS, side === 'sell'];

itWith(
  '@binance/spot',
  'the official client of Binance spot is told what the venue has, in microseconds, after a loss too, and leaves',
  async () => {
    const venue = simulatedBinance({
      activity: 10,
      instruments: ['BTCUSDT', 'ETHUSDT'],
    });
    const sent = new Set<string>();
    const strange: string[] = [];
    const standStill = venue.market.run();
    const served = await serve(overheard(venue, sent));
    const client = clientOf('binance.mjs', [served.httpUrl, served.url, 'BTCUSDT'], ({ kind, value }: Line) => {
      if (!STREAMS.includes(kind)) return;
      const text = JSON.stringify(value);
      if (!sent.has(text) || !isTrue(venue, kind, value as Json)) strange.push(text);
    });
    try {
      const fetched = (await client.until(({ kind }) => kind === 'fetched')).value as Fetched;
      const { tape } = venue.market.instrument('BTCUSDT') ?? {};
      const [trade, aggregate] = [fetched.trades[0], fetched.aggregates[0]];
      expect(fetched.info.symbols.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
      const { lastUpdateId, bids, asks } = fetched.depth;
      expect({ sequence: lastUpdateId, bids, asks }).toEqual(venue.market.trueBook('BTCUSDT', lastUpdateId));
      const truth = tape?.tradesAfter(Number(trade?.['id']) - 1)[0];
      expect(trade).toMatchObject({
        price: truth?.price,
        qty: truth?.size,
        time: Number(truth?.at) * 1_000,
      });
      const whole = tape?.aggregatesAfter(Number(aggregate?.['a']) - 1)[0];
      expect(aggregate).toMatchObject({
        p: whole?.price,
        q: whole?.size,
        f: whole?.firstTrade,
        l: whole?.lastTrade,
      });
      expect(fetched.klines.at(-1)).toHaveLength(12);
      // Of the last one, which still grew, as many trades as it counts.
      const traded = fetched.klines.filter(([, , , , , volume]) => Number(volume) > 0);
      const trueKlines = traded.map((kline) => {
        const [from, to] = [Number(kline[0]) / 1_000, Number(kline[6]) / 1_000];
        const within = (tape?.tradesAfter(0) ?? [])
          .filter(({ at }) => at >= from && at <= to)
          .slice(0, Number(kline[8]));
        const prices = within.map(({ price }) => Number(price));
        const volume = within.reduce((sum, { size }) => sum + Number(size), 0);
        return [prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1), volume.toFixed(5), within.length];
      });
      expect(traded.length).toBeGreaterThan(0);
      expect(
        traded.map(([, open, high, low, close, volume, , , count]) => [
          ...[open, high, low, close].map(Number),
          Number(volume).toFixed(5),
          count,
        ]),
      ).toEqual(trueKlines);
      expect(fetched.day).toMatchObject({ symbol: 'BTCUSDT' });
      const { closeTime, lastPrice, openPrice, highPrice, lowPrice } = fetched.day;
      const figures = [lastPrice, openPrice, highPrice, lowPrice, fetched.day['volume'], fetched.day['quoteVolume']];
      expect(isTrueDay(venue.market, Number(closeTime) / MICROSECONDS, figures.map(Number))).toBe(true);
      const { bidPrice, bidQty, askPrice, askQty } = fetched.day;
      const now = venue.market.trueBook('BTCUSDT')?.sequence ?? 0;
      const tops = Array.from({ length: 2_000 }, (_, back) => venue.market.trueBook('BTCUSDT', now - back));
      expect(tops.map((book) => [book?.bids[0], book?.asks[0]])).toContainEqual([
        ...[
          [bidPrice, bidQty],
          [askPrice, askQty],
        ],
      ]);

      for (const kind of STREAMS) await client.until((line) => line.kind === kind);
      venue.faults.inject('terminate');
      await client.until(({ kind }) => kind === 'closed');
      for (const kind of STREAMS) await client.until((line) => line.kind === kind);
      expect(strange).toEqual([]);

      const of = (kind: string): boolean =>
        venue.stats().connections.some(({ open, subscriptions }) => open && subscriptions.includes(`btcusdt@${kind}`));
      expect(of('trade')).toBe(true);
      client.say('trade');
      await client.until(({ kind }) => kind === 'left');
      for (let i = 0; i < 50 && of('trade'); i += 1) await client.until(({ kind }) => kind === 'depth');
      expect([of('trade'), of('aggTrade')]).toEqual([false, true]);
      // From then on trades are told as parts of others alone.
      const before = new Set(sent);
      const isNews = ({ kind, value }: Line): boolean => kind === 'aggTrade' && !before.has(JSON.stringify(value));
      for (let i = 0; i < 3; i += 1) await client.until(isNews);
      const after = [...sent].slice(before.size);
      expect(after.filter((text) => text.startsWith('{"e":"trade"'))).toEqual([]);
      expect(venue.stats().violations).toEqual([]);
    } finally {
      await client.end();
      standStill();
      await served.close();
      venue.close();
    }
  },
  60_000,
);

it('a ping is answered with what it holds, as clients in other languages want it', async () => {
  const venue = simulatedBinance();
  const served = await serve(venue);
  const socket = new WebSocket(`${served.url}/ws`);
  try {
    await once(socket, 'open');
    socket.ping('1770123456789');
    expect(String((await once(socket, 'pong'))[0])).toBe('1770123456789');
  } finally {
    socket.terminate();
    await served.close();
    venue.close();
  }
});
