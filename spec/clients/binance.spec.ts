import { once } from 'node:events';
import { WebSocket } from 'ws';
import { serve } from '../../lib/node/serve.js';
import { simulatedBinance, type SimulatedVenue } from '../../lib/simulation/index.js';
import { clientOf, type Line } from './client.js';
import { itWith } from './installed.js';

type Json = Readonly<Record<string, unknown>>;
interface Fetched {
  readonly info: { readonly symbols: readonly Json[] };
  readonly depth: { readonly lastUpdateId: number; readonly bids: unknown; readonly asks: unknown };
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

itWith(
  '@binance/spot',
  'the official client of Binance spot is told what the venue has, in microseconds, after a loss too, and leaves',
  async () => {
    const venue = simulatedBinance({ activity: 10, instruments: ['BTCUSDT', 'ETHUSDT'] });
    const sent = new Set<string>();
    const strange: string[] = [];
    const standStill = venue.market.run();
    const served = await serve(overheard(venue, sent));
    const client = clientOf('binance.mjs', [served.httpUrl, served.url, 'BTCUSDT'], ({ kind, value }: Line) => {
      if (STREAMS.includes(kind) && !sent.has(JSON.stringify(value))) strange.push(JSON.stringify(value));
    });
    try {
      const fetched = (await client.until(({ kind }) => kind === 'fetched')).value as Fetched;
      const { tape } = venue.market.instrument('BTCUSDT') ?? {};
      const [trade, aggregate] = [fetched.trades[0], fetched.aggregates[0]];
      expect(fetched.info.symbols.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
      const { lastUpdateId, bids, asks } = fetched.depth;
      expect({ sequence: lastUpdateId, bids, asks }).toEqual(venue.market.trueBook('BTCUSDT', lastUpdateId));
      const truth = tape?.tradesAfter(Number(trade?.['id']) - 1)[0];
      expect(trade).toMatchObject({ price: truth?.price, qty: truth?.size, time: Number(truth?.at) * 1_000 });
      const whole = tape?.aggregatesAfter(Number(aggregate?.['a']) - 1)[0];
      expect(aggregate).toMatchObject({ p: whole?.price, q: whole?.size, f: whole?.firstTrade, l: whole?.lastTrade });
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
