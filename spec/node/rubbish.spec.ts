import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { type ServedVenue, serve } from '../../lib/node/serve.js';
import * as simulation from '../../lib/simulation/index.js';
import type { SimulatedVenue } from '../../lib/simulation/index.js';

/** Every simulated venue there is, by the name of what makes it: a new one can't be forgotten. */
const venues = Object.entries(simulation).filter(
  (entry): entry is [string, () => SimulatedVenue] =>
    /^simulated[A-Z]/.test(entry[0]) &&
    typeof entry[1] === 'function' &&
    entry[1].length <= 1 &&
    !entry[0].endsWith('Id'),
);

/** Where a venue lets in clients by sockets. */
const PATHS: Readonly<Record<string, string>> = {
  simulatedBinance: '/ws',
  simulatedCoinbase: '/',
  simulatedDxLink: '/realtime',
  simulatedKraken: '/v2',
  simulatedO2: '/v1/ws',
  simulatedOkx: '/ws/v5/public',
  simulatedTastytrade: '/',
  simulatedTplus: '/trades',
};

const thousand = Array.from({ length: 1_000 }, (_, index) => `S${String(index)}`);
const frames: readonly string[] = [
  ...['', ' ', '{', '[]', 'null', '1', '"text"', '{}', '[[[[[]]]]]', '\u0000', '{"__proto__":{"id":1}}', '\ufeff{}'],
  '['.repeat(20_000),
  '{"a":'.repeat(20_000),
  ...[null, 1, 'x', [], {}, [null], [{}], [[]], { 0: 1 }, thousand].flatMap((value) =>
    [
      { method: value, params: value, id: value },
      { method: 'SUBSCRIBE', params: value, id: value },
      { method: 'UNSUBSCRIBE', params: value, id: 1 },
      { method: 'LIST_SUBSCRIPTIONS', params: value },
      { method: 'SET_PROPERTY', params: value, id: 1 },
      { method: 'subscribe', params: value, req_id: value },
      { method: 'subscribe', params: { channel: value, symbol: value } },
      { method: 'subscribe', params: { channel: 'book', symbol: value, depth: value, snapshot: value } },
      { method: 'subscribe', params: { channel: 'ohlc', symbol: value, interval: value } },
      { method: 'unsubscribe', params: { channel: 'ticker', symbol: value, event_trigger: value } },
      { op: 'subscribe', args: value, id: value },
      { op: value, args: [{ channel: value, instId: value }] },
      { op: 'unsubscribe', args: [{ channel: 'books', instId: value }] },
      { op: 'subscribe', args: [value, { channel: 'candle1m', instId: value }] },
      { type: 'subscribe', channel: value, product_ids: value },
      { type: 'subscribe', channel: 'level2', product_ids: value, jwt: value },
      { type: 'unsubscribe', channel: 'candles', product_ids: [value] },
      { action: 'subscribe_depth', market_id: value, precision: value },
      { action: 'subscribe_orders', identities: value, market_ids: value },
      { action: 'subscribe_depth', precision: '1', market_id: thousand[0], markets: value },
      { action: value, value, 'auth-token': value, 'request-id': value },
      { action: 'connect', value, 'auth-token': value },
      { type: 'SETUP', channel: value, version: value, keepaliveTimeout: value },
      { type: 'AUTH', channel: 0, token: value },
      { type: 'CHANNEL_REQUEST', channel: 1, service: 'FEED', parameters: value },
      { type: 'CHANNEL_REQUEST', channel: 3, service: 'DOM', parameters: { symbol: value, sources: value } },
      {
        type: 'FEED_SETUP',
        channel: 1,
        acceptDataFormat: value,
        acceptEventFields: value,
        acceptAggregationPeriod: value,
      },
      { type: 'FEED_SUBSCRIPTION', channel: 1, add: value, remove: value, reset: value },
      { type: 'FEED_SUBSCRIPTION', channel: 1, add: [{ type: value, symbol: value, fromTime: value }] },
      { type: 'FEED_SUBSCRIPTION', channel: 1, add: thousand.map((symbol) => ({ type: 'Quote', symbol })) },
      { type: 'DOM_SETUP', channel: 3, acceptDepthLimit: value, acceptOrderFields: value },
      { type: 'CHANNEL_CANCEL', channel: value },
    ].map((message) => JSON.stringify(message)),
  ),
];

const raw: readonly string[] = [
  '\r\n\r\n',
  'GET\r\n\r\n',
  'BREW / HTTP/1.1\r\nhost: x\r\n\r\n',
  'GET http://[ HTTP/1.1\r\nhost: x\r\n\r\n',
  'GET //// HTTP/1.1\r\nhost: x\r\n\r\n',
  'GET /%ff%00%zz?a=%zz&%=% HTTP/1.1\r\nhost: x\r\n\r\n',
  'CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
  'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf',
  'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
  'GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: x\r\nupgrade: other\r\nconnection: upgrade\r\nsec-websocket-key: x\r\n\r\n',
  'GET //[ HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
];

const paths = [
  '/%ff',
  '/%',
  '/?%',
  '//',
  '/v3/%zz',
  '/v3/brokerage/accounts/%ff/orders',
  '/accounts/%ff/positions',
  '/instruments/equities/%',
  '/ticker/%ff',
  '/api/v5/market/candles?instId=%00&limit=NaN&after=x',
  '/api/v3/klines?symbol=BTCUSDT&limit=-1&startTime=x&interval=7m',
  '/api/v3/depth?symbol=BTCUSDT&limit=1e9',
  '/api/v3/brokerage/market/products/%zz/candles?start=x',
  '/0/public/OHLC?pair=%00&since=x&interval=-1',
  '/v1/depth?market_id=0x&precision=x',
  '/v1/trades?count=-1&direction=x',
  '/v1/bars?from=x&to=y&resolution=z',
  '/klines/x/y?start=z',
  '/v3/marketdata/stream/quotes/%ff',
  '/v3/marketdata/barcharts/%zz?barsback=-1',
  '/oauth/token',
];

/** Sends bytes and goes away without a word, reading nothing. */
async function throwIn(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
}

describe.each(venues)('%s under rubbish', (name, simulated) => {
  let venue: SimulatedVenue;
  let served: ServedVenue;
  beforeEach(async () => {
    venue = simulated();
    served = await serve(venue);
  });
  afterEach(async () => {
    venue.close();
    await served.close();
  });

  it('answers each request so that a page can read it, and none with a failure of its own', async () => {
    const failed: unknown[] = [];
    for (const path of paths) {
      for (const [method, body] of [
        ['GET'],
        ['POST', '{"a":'],
        ['POST', '[]'],
        ['PUT', '\0'],
        ['DELETE'],
        ['PATCH'],
        ['OPTIONS'],
      ]) {
        const answer = await fetch(served.httpUrl + path, {
          method: method ?? 'GET',
          signal: AbortSignal.timeout(5_000),
          ...(body !== undefined && { body }),
        });
        await answer.body?.cancel();
        const isOpen = answer.headers.get('access-control-allow-origin') === '*';
        if (answer.status === 500 || !isOpen) failed.push([method, path, answer.status, isOpen]);
      }
    }
    expect(failed).toEqual([]);
  });

  it('goes on for others whatever is thrown at its port', async () => {
    for (const text of raw) await throwIn(served.port, text);
    const path = PATHS[name];
    if (path !== undefined) {
      for (let from = 0; from < frames.length; from += 20) {
        const socket = new WebSocket(served.url + path);
        socket.on('error', () => undefined);
        await once(socket, 'open');
        for (const frame of frames.slice(from, from + 20)) if (socket.readyState === socket.OPEN) socket.send(frame);
        if (socket.readyState === socket.OPEN) socket.send(Buffer.from([0xff, 0xfe]), { binary: true });
        const pong = Promise.race([once(socket, 'pong'), once(socket, 'close')]);
        if (socket.readyState === socket.OPEN) socket.ping('still there');
        if (socket.readyState !== socket.CLOSED) await pong;
        socket.terminate();
      }
    }
    const answer = await fetch(`${served.httpUrl}/elsewhere`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});
