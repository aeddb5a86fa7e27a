import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import WebSocket from 'ws';
import { serve } from '../../lib/node/serve.js';
import { simulatedDxLink, simulatedTastytrade, type SimulatedVenue } from '../../lib/simulation/index.js';
import {
  balanceKeys,
  keysOf,
  orderKeys,
  orderKeysOf,
  positionKeys,
  statusKeys,
} from '../simulation/tastytrade/keys.js';
import { itWith } from './installed.js';

type Json = Readonly<Record<string, unknown>>;
const ACCOUNT = '5WT00000';
const ACTIONS = [
  ...['connect', 'quote-alerts-subscribe', 'public-watchlists-subscribe', 'user-message-subscribe', 'heartbeat'],
];
/** What the venue says when is left to it: each is waited for, however long that takes. */
const AWAITED = [...Object.keys(keysOf), ...ACTIONS];

/** The venue, and every text that it sends. */
function overheard(venue: SimulatedVenue, sent: string[]): SimulatedVenue {
  return {
    ...venue,
    accept: (request, connection) =>
      venue.accept(request, {
        ...connection,
        send: (text) => {
          sent.push(text);
          connection.send(text);
        },
      }),
  };
}

itWith(
  '@tastytrade/api',
  'the official client of tastytrade is told all that was sent, with every key of the venue, and has its quotes from dxLink',
  async () => {
    const quotes = simulatedDxLink({
      activity: 10,
      tokens: (token) => (venue.isQuoteToken(token) ? Infinity : undefined),
    });
    const servedQuotes = await serve(quotes);
    const venue = simulatedTastytrade({ activity: 40, stepEvery: 25, dxlinkUrl: () => servedQuotes.url });
    const sent: string[] = [];
    const served = await serve(overheard(venue, sent));
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(__dirname, 'tastytrade.mjs'), served.httpUrl, served.url, ACCOUNT, AWAITED.join()],
        { timeout: 50_000, maxBuffer: 64 * 1024 * 1024 },
      );
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly kind: string; readonly value: unknown });
      const of = (kind: string): readonly unknown[] =>
        lines.filter((line) => line.kind === kind).map(({ value }) => value);
      const one = (kind: string): Json => of(kind)[0] as Json;

      // Its numbers of requests; the replies are among the messages.
      const requests = ['connect', 'alerts', 'watchlists', 'messages'].map((kind) => of(kind)[0]);
      expect(requests).toEqual(['connect', 2, 3, 4]);
      const messages = of('message') as readonly Json[];
      const frames = sent.map((text) => JSON.parse(text) as Json);
      expect(messages).toEqual(frames.slice(0, messages.length));
      const replies = messages.filter((message) => 'action' in message);
      expect(replies.map((reply) => reply['status'])).toEqual(replies.map(() => 'ok'));
      expect(replies.map((reply) => reply['action'])).toEqual(expect.arrayContaining(ACTIONS));

      // Every type, and each of them whole.
      const lacking = new Map<string, readonly string[]>();
      for (const { type, data } of messages) {
        if (typeof type !== 'string') continue;
        const ofStatus = type === 'Order' ? (orderKeysOf[String((data as Json)['status'])] ?? ['what status']) : [];
        const whole = [...(keysOf[type] ?? ['what is it']), ...ofStatus];
        const missing = whole.filter((key) => !(key in (data as Json)));
        lacking.set(type, [...(lacking.get(type) ?? []), ...missing]);
      }
      expect(Object.fromEntries(lacking)).toEqual(Object.fromEntries(Object.keys(keysOf).map((type) => [type, []])));

      // So by request, under the same keys.
      expect(Object.keys(one('balances'))).toEqual(expect.arrayContaining([...balanceKeys]));
      expect(Object.keys(one('tradingStatus'))).toEqual(expect.arrayContaining([...statusKeys]));
      for (const position of of('positions')[0] as readonly Json[]) {
        expect(Object.keys(position)).toEqual(expect.arrayContaining([...positionKeys]));
      }
      for (const order of of('liveOrders')[0] as readonly Json[]) {
        expect(Object.keys(order)).toEqual(expect.arrayContaining([...orderKeys]));
      }
      expect(of('accounts')[0]).toMatchObject([{ account: { 'account-number': ACCOUNT, 'is-closed': false } }]);
      expect(one('quoteToken')).toMatchObject({ level: 'api', 'dxlink-url': servedQuotes.url });

      // Its quotes are those of the market, though it asks for no fields.
      const events = of('quote') as readonly Json[];
      const types = new Set(events.map(({ eventType }) => eventType));
      expect([...types].sort()).toEqual(['Greeks', 'Profile', 'Quote', 'Summary', 'Trade', 'Underlying']);
      const trade = events.find(({ eventType }) => eventType === 'Trade');
      const trades = quotes.market.instrument('AAPL')?.tape.tradesAfter(0) ?? [];
      expect(trades.map(({ price, size, at }) => [Number(price), Number(size), at])).toContainEqual([
        ...[trade?.['price'], trade?.['size'], trade?.['time']],
      ]);
      expect(events.find(({ eventType }) => eventType === 'Underlying')).toMatchObject({ optionVolume: 200_000 });
      expect(venue.stats().violations).toEqual([]);
      const texts = venue.stats().connections.flatMap((connection) => connection.texts);
      expect(texts[0]).toMatch(/"action":"connect".*"auth-token":"Bearer sim-access/);
    } finally {
      await served.close();
      await servedQuotes.close();
      venue.close();
      quotes.close();
    }
  },
  60_000,
);

it('a ping is answered with what it held', async () => {
  const venue = simulatedTastytrade();
  const served = await serve(venue);
  const socket = new WebSocket(served.url);
  try {
    await once(socket, 'open');
    const answer = once(socket, 'pong');
    socket.ping('are you there');
    expect(String((await answer)[0])).toBe('are you there');
  } finally {
    socket.terminate();
    await served.close();
    venue.close();
  }
});
