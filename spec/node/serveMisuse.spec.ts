import { once } from 'node:events';
import { request as ask } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { type ServedVenue, serve } from '../../lib/node/serve.js';
import {
  type Refusal,
  type SimulatedVenue,
  simulatedBinance,
  simulatedCoinbase,
  simulatedDxLink,
  simulatedKraken,
  simulatedO2,
  simulatedOkx,
  simulatedTastytrade,
  simulatedTplus,
  simulatedTradestation,
} from '../../lib/simulation/index.js';

let venue: SimulatedVenue;
let served: ServedVenue;
const start = async (change: Partial<SimulatedVenue> = {}): Promise<void> => {
  venue = simulatedBinance({ instruments: ['BTCUSDT'] });
  served = await serve({ ...venue, ...change });
};
afterEach(async () => {
  venue.close();
  await served.close();
});

const HANDSHAKE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

/** What is answered to bytes by the time that the words are in it. */
async function answered(bytes: string, words: string): Promise<string> {
  const client = connect(served.port, '127.0.0.1');
  client.setEncoding('latin1');
  let heard = '';
  client.write(bytes);
  while (!heard.includes(words)) heard += ((await once(client, 'data')) as [string])[0];
  client.destroy();
  return heard;
}

describe('a client that offers HTTP/2 with its requests', () => {
  const OFFER = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n';

  it('is answered as if it had not, and so is the next one on the same connection', async () => {
    await start();
    const one = `GET /api/v3/time HTTP/1.1\r\nHost: x\r\n${OFFER}\r\n`;
    const heard = await answered(`${one}GET /api/v3/ping HTTP/1.1\r\nHost: x\r\n\r\n`, '{}');

    expect(heard.match(/^HTTP\/1.1 \d+/gm)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(heard).toContain('{"serverTime":');
    expect(venue.stats()).toMatchObject({ refused: 0, requests: { '/api/v3/time': 1, '/api/v3/ping': 1 } });
  });

  it('has its body read', async () => {
    const bodies: (string | undefined)[] = [];
    const { http } = simulatedBinance();
    await start({
      http: (request) => {
        bodies.push(request.body);
        return http(request);
      },
    });
    await answered(`POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n${OFFER}\r\nä=1`, 'HTTP/1.1');

    expect(bodies).toEqual(['ä=1'].map((text) => Buffer.from(text).toString('utf8')));
  });
});

describe('requests', () => {
  it('for a head alone are answered by one, as a GET would be', async () => {
    await start();
    const answer = await fetch(`${served.httpUrl}/api/v3/time`, { method: 'HEAD' });

    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json;charset=UTF-8']);
    expect(await answer.text()).toBe('');
  });

  it('in a method that is none are told which there are', async () => {
    await start();
    const answer = await fetch(`${served.httpUrl}/api/v3/time`, { method: 'PATCH' });

    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, PUT, DELETE, OPTIONS']);
  });

  it.each([
    ['binance', simulatedBinance, ['/api/v3/depth', '/api/v3/ticker/24hr', '/ws', '/none']],
    ['coinbase', simulatedCoinbase, ['/api/v3/brokerage/market/products', '/', '/none']],
    ['dxlink', simulatedDxLink, ['/realtime', '/none']],
    ['kraken', simulatedKraken, ['/0/public/Time', '/v2', '/none']],
    ['o2', simulatedO2, ['/v1/markets', '/v1/orders', '/v1/ws', '/none']],
    ['okx', simulatedOkx, ['/api/v5/public/instruments', '/ws/v5/public', '/none']],
    ['tastytrade', simulatedTastytrade, ['/oauth/token', '/accounts/5WT00000/balances', '/none']],
    ['tplus', simulatedTplus, ['/auth', '/marketdepth/200', '/orders', '/none']],
    [
      'tradestation',
      simulatedTradestation,
      ['/oauth/token', '/v3/brokerage/accounts', '/v3/marketdata/stream/quotes/MSFT', '/v2/stream/tickbars/MSFT/1/1'],
    ],
  ] as const)(
    'that browsers put before others are answered on every route, and none is the venue’s: %s',
    async (...all) => {
      const [, simulated, paths] = all;
      venue = simulated();
      served = await serve(venue);
      for (const path of paths) {
        const preflight = ask(served.httpUrl + path, {
          method: 'OPTIONS',
          headers: { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
        });
        preflight.end();
        const [answer] = (await once(preflight, 'response')) as [
          { readonly statusCode: number; readonly headers: object; resume(): void },
        ];
        answer.resume();
        expect([path, answer.statusCode]).toEqual([path, 204]);
        expect(answer.headers).toMatchObject({
          'access-control-allow-origin': '*',
          'access-control-allow-headers': 'authorization',
        });
      }
      expect(venue.stats()).toMatchObject({ accepted: 0, refused: 0, requests: {} });
    },
  );
});

describe('a refused upgrade', () => {
  it('frees its connection, whether its client ends its own side or not', async () => {
    await start({ accept: (): Refusal => ({ refuse: 403, headers: { 'x-why': 'no' }, body: '{"a":1}' }) });
    const client = connect({ port: served.port, host: '127.0.0.1', allowHalfOpen: true });
    client.setEncoding('latin1');
    let heard = '';
    client.on('data', (text: string) => (heard += text));
    client.write(`GET /ws HTTP/1.1\r\nHost: x\r\n${HANDSHAKE}\r\n`);
    await once(client, 'end');
    expect(heard).toMatch(/^HTTP\/1.1 403 Forbidden\r\ncontent-type: application\/json\r\nx-why: no\r\n[^]*\{"a":1\}$/);

    // Who writes to a connection that is gone is told.
    const gone = new Promise((resolve) => client.once('error', resolve));
    const writing = setInterval(() => client.write('x'), 5);
    expect(await gone).toMatchObject({ code: expect.stringMatching(/^(EPIPE|ECONNRESET)$/) });
    clearInterval(writing);
    client.destroy();
  });
});

describe('frames', () => {
  const LIST = '{"method":"LIST_SUBSCRIPTIONS","id":1}';
  const opened = async (options: string[] = []): Promise<WebSocket> => {
    await start();
    const socket = new WebSocket(`${served.url}/ws`, options);
    await once(socket, 'open');
    return socket;
  };

  it('in pieces are one message, with a ping between them answered at once', async () => {
    const socket = await opened();
    const heard: string[] = [];
    socket.on('message', (data: Buffer) => heard.push(String(data)));
    socket.on('pong', (data: Buffer) => heard.push(`pong ${String(data)}`));
    socket.send(LIST.slice(0, 9), { fin: false });
    socket.ping('between');
    socket.send('', { fin: false });
    socket.send(LIST.slice(9), { fin: true });
    await once(socket, 'message');
    socket.terminate();

    expect(heard).toEqual(['pong between', '{"result":[],"id":1}']);
  });

  it('of bytes say nothing to a venue of texts, and what follows is heard', async () => {
    const socket = await opened();
    socket.send(Buffer.from(LIST), { binary: true });
    socket.send(LIST.replace('1', '2'));
    const [answer] = (await once(socket, 'message')) as [Buffer];
    socket.terminate();

    expect(String(answer)).toBe('{"result":[],"id":2}');
    expect(venue.stats().connections[0]?.received).toBe(1);
  });

  it('whose text is none end the connection with 1007', async () => {
    await start();
    const client = connect(served.port, '127.0.0.1');
    client.write(`GET /ws HTTP/1.1\r\nHost: x\r\n${HANDSHAKE}\r\n`);
    await once(client, 'data');
    client.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]));
    const [frame] = (await once(client, 'data')) as [Buffer];
    client.destroy();

    expect([frame[0], frame.readUInt16BE(2)]).toEqual([0x88, 1007]);
  });

  it('come over whichever protocol a client offers', async () => {
    const socket = await opened(['tplus.ws.v1', 'other']);

    expect(['tplus.ws.v1', 'other']).toContain(socket.protocol);
    socket.terminate();
  });
});
