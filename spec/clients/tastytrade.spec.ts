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
  orderKeysFor,
  orderKeysOf,
  positionKeys,
  statusKeys,
} from '../simulation/tastytrade/keys.js';
import { itWith } from './installed.js';

type Json = Readonly<Record<string, unknown>>;
const ACCOUNT = '5WT00000';
/** What an account begins with, in dollars. */
const FIRST_CASH = 10_000;
/** What any order may have. */
const OPTIONAL_ORDER_KEYS = ['replaces-order-id', 'replacing-order-id', 'complex-order-id', 'complex-order-tag'];
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

const amountOf = (data: Json, name: string): number => Number(data[name]);
const signedOf = (data: Json, name: string): number =>
  amountOf(data, name) * (data[`${name}-effect`] === 'Debit' ? -1 : 1);
const sizeOf = (position: Json): number =>
  amountOf(position, 'quantity') * (position['quantity-direction'] === 'Short' ? -1 : 1);
/** Money is told to a tenth of a cent. */
const sameMoney = (one: number, other: number): boolean => Math.abs(one - other) < 0.000_5;

/** What is wrong with an order taken by itself. */
function* strangeOrder(order: Json): Iterable<string> {
  const { id, status, size } = order;
  const known = [...orderKeysFor(order), ...OPTIONAL_ORDER_KEYS];
  const more = Object.keys(order).filter((key) => !known.includes(key));
  const own = orderKeysOf[String(status)] ?? [];
  if (more.sort().join() !== [...own].sort().join()) yield `${String(id)}: ${String(status)} with ${more.join()}`;
  if (order['cancellable'] !== (status === 'Live')) yield `${String(id)}: ${String(status)}, cancellable`;
  const [leg] = order['legs'] as readonly Json[];
  const left = amountOf(leg ?? {}, 'quantity') - filledOf(order);
  if (amountOf(leg ?? {}, 'remaining-quantity') !== left) yield `${String(id)}: not what is left`;
  if (amountOf(leg ?? {}, 'quantity') !== size) yield `${String(id)}: not its size`;
  if (status === 'Cancelled' && amountOf(order, 'cancelled-size') !== left)
    yield `${String(id)}: not what was cancelled`;
}

const fillsOf = (order: Json): readonly Json[] =>
  (order['legs'] as readonly Json[]).flatMap((leg) => leg['fills'] as readonly Json[]);
const filledOf = (order: Json): number => fillsOf(order).reduce((sum, fill) => sum + amountOf(fill, 'quantity'), 0);

/**
 * What contradicts itself: orders by their status, positions that are not those before with what was filled since, money
 * that is not that before less what was paid. `compared`: how many positions and balances had one before.
 */
function contradictions(messages: readonly Json[]) {
  const wrong: string[] = [];
  const fills = new Map<unknown, number>();
  const sizes = new Map<unknown, number>();
  let [bought, paid, compared] = [0, 0, 0];
  let cash: number | undefined;
  let isKnown = true;
  for (const { type, data } of messages as readonly { readonly type?: string; readonly data: Json }[]) {
    if (type === 'Order') {
      wrong.push(...strangeOrder(data));
      const { id, status } = data;
      const before = fills.get(id) ?? 0;
      // One of before the stream may have been filled before it, too.
      if (!fills.has(id) && status !== 'Routed') isKnown = false;
      const [leg] = data['legs'] as readonly Json[];
      const sign = String(leg?.['action']).startsWith('Buy') ? 1 : -1;
      const news = fillsOf(data).slice(before);
      fills.set(id, before + news.length);
      for (const fill of news) {
        bought += sign * amountOf(fill, 'quantity');
        paid += sign * amountOf(fill, 'quantity') * amountOf(fill, 'fill-price');
      }
    }
    if (type === 'ExternalTransaction') paid -= amountOf(data, 'amount');
    if (type === 'CurrentPosition') {
      const { symbol } = data;
      const before = sizes.get(symbol);
      sizes.set(symbol, sizeOf(data));
      if (isKnown && before !== undefined) {
        compared += 1;
        if (sizeOf(data) !== before + bought) wrong.push(`${String(symbol)}: ${before} + ${bought} = ${sizeOf(data)}`);
      }
    }
    if (type === 'AccountBalance') {
      const before = cash;
      cash = FIRST_CASH + signedOf(data, 'pending-cash');
      if (isKnown && before !== undefined) {
        compared += 1;
        if (!sameMoney(cash, before - paid)) wrong.push(`cash ${before} - ${paid} = ${cash}`);
      }
      const held = amountOf(data, 'long-equity-value') - amountOf(data, 'short-equity-value');
      // Told without a sign.
      if (!sameMoney(amountOf(data, 'cash-balance'), Math.abs(cash))) wrong.push(`cash ${cash}`);
      if (!sameMoney(amountOf(data, 'net-liquidating-value'), Math.abs(cash + held)))
        wrong.push(`worth ${cash + held}`);
      [bought, paid, isKnown] = [0, 0, true];
    }
  }
  return { wrong, compared };
}

/** What of the account's standing is not so: day trades that are not counted one by one, an answer that no message agrees with. */
function* strangeStatus(messages: readonly Json[], answered: Json): Iterable<string> {
  const told = messages.flatMap(({ type, data }) => (type === 'TradingStatus' ? [data as Json] : []));
  const counts = told.map((status) => amountOf(status, 'day-trade-count'));
  const [first = 1] = counts;
  for (const [place, status] of [...told, answered].entries()) {
    const count = amountOf(status, 'day-trade-count');
    if (status !== answered && count !== first + place) yield `${count} after ${first + place - 1}`;
    if (status['is-pattern-day-trader'] !== count > 3) yield `${count} day trades, pattern`;
    if (status['account-number'] !== ACCOUNT) yield `of ${String(status['account-number'])}`;
    if (status['is-closed'] !== false || status['is-closing-only'] !== false) yield `${count}, but it trades`;
  }
  const same = told.find((status) => status['day-trade-count'] === answered['day-trade-count']);
  const before = amountOf(answered, 'day-trade-count');
  if (same === undefined ? before >= first : JSON.stringify(same) !== JSON.stringify(answered)) yield 'another answer';
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
        const ofType = type === 'Order' ? orderKeysFor(data as Json) : keysOf[type];
        const whole = [...(ofType ?? ['what is it']), ...ofStatus];
        const missing = whole.filter((key) => !(key in (data as Json)));
        lacking.set(type, [...(lacking.get(type) ?? []), ...missing]);
      }
      expect(Object.fromEntries(lacking)).toEqual(Object.fromEntries(Object.keys(keysOf).map((type) => [type, []])));

      // The parts of it agree with each other.
      const { wrong, compared } = contradictions(messages);
      expect(wrong).toEqual([]);
      expect(compared).toBeGreaterThan(10);

      // So by request, under the same keys.
      expect(Object.keys(one('balances'))).toEqual(expect.arrayContaining([...balanceKeys]));
      expect(Object.keys(one('tradingStatus'))).toEqual(expect.arrayContaining([...statusKeys]));
      expect([...strangeStatus(messages, one('tradingStatus'))]).toEqual([]);
      for (const position of of('positions')[0] as readonly Json[]) {
        expect(Object.keys(position)).toEqual(expect.arrayContaining([...positionKeys]));
      }
      for (const order of of('liveOrders')[0] as readonly Json[]) {
        expect(Object.keys(order)).toEqual(expect.arrayContaining([...orderKeysFor(order)]));
      }
      // A share of the market, in steps in which its orders are priced.
      expect(one('share')).toMatchObject({ symbol: 'NOK', 'streamer-symbol': 'NOK', 'instrument-type': 'Equity' });
      expect(one('share')['tick-sizes']).toEqual([{ value: '0.0001', threshold: '1.0' }, { value: '0.01' }]);
      expect(of('precisions')[0]).toEqual([
        { 'instrument-type': 'Equity', value: 5, 'minimum-increment-precision': 0 },
      ]);
      const offers = messages.flatMap(({ type, data }) => (type === 'Order' ? [data as Json] : []));
      const cents = offers.map((order) =>
        Number((amountOf(order, order['order-type'] === 'Stop' ? 'stop-trigger' : 'price') * 100).toFixed(6)),
      );
      expect(cents.filter((price) => !Number.isInteger(price))).toEqual([]);
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
