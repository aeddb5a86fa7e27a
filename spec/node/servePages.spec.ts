import { once } from 'node:events';
import { request as ask } from 'node:http';
import { firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { type ServedVenue, serve } from '../../lib/node/serve.js';
import { wsNetwork } from '../../lib/node/wsNetwork.js';
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

/** What the simulated TradeStation gives for its refresh token. */
async function tokenOf(venue: SimulatedVenue): Promise<string> {
  const body = 'grant_type=refresh_token&client_id=me&refresh_token=simulated-refresh-token';
  const url = 'https://signin.tradestation.com/oauth/token';
  const answer = await firstValueFrom(venue.http({ method: 'POST', url, headers: {}, body }));
  return String((JSON.parse(answer.body) as Readonly<Record<string, unknown>>)['access_token']);
}

describe('a served venue', () => {
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

  it.each([
    ['GET', '/api/v3/depth?symbol=BTCUSDT', 200],
    ['GET', '/elsewhere', 404],
    ['PATCH', '/api/v3/depth', 405],
    ['POST', '/api/v3/depth', 413],
  ])('lets pages read what it answers to %s %s (%d)', async (method, path, status) => {
    await start();
    const body = status === 413 ? 'x'.repeat(2 ** 20 + 1) : undefined;
    const answer = await fetch(served.httpUrl + path, { method, ...(body !== undefined && { body }) });

    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toBe('*');
  });

  it('tells pages beforehand what they may ask, and who is near', async () => {
    await start();
    const preflight = ask(`${served.httpUrl}/api/v3/depth`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://page.example',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,x-key',
        'access-control-request-private-network': 'true',
      },
    });
    preflight.end();
    const [answer] = (await once(preflight, 'response')) as [{ statusCode: number; headers: object; resume(): void }];
    answer.resume();

    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization,x-key',
      'access-control-allow-methods': expect.stringContaining('PUT'),
      'access-control-allow-private-network': 'true',
    });
  });

  it('lets pages read its streams, and refused ones', async () => {
    const streams = (): boolean => true;
    await start({ streams, accept: (): Refusal => ({ refuse: 403, body: '{}' }) });
    const refused = await fetch(`${served.httpUrl}/stream`);
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, '*']);
  });

  it('answers a failure of its own with 500', async () => {
    await start({
      http: () => {
        throw new Error('broken');
      },
    });
    expect((await fetch(`${served.httpUrl}/x`)).status).toBe(500);
  });

  it.each([
    ['binance', simulatedBinance, '/ws'],
    ['coinbase', simulatedCoinbase, '/'],
    ['dxlink', simulatedDxLink, '/realtime'],
    ['kraken', simulatedKraken, '/v2'],
    ['o2', simulatedO2, '/v1/ws'],
    ['okx', simulatedOkx, '/ws/v5/public'],
    ['tastytrade', simulatedTastytrade, ''],
    ['tplus', simulatedTplus, '/trades'],
    ['tradestation', simulatedTradestation, '/stream'],
  ] as const)('gives a ping back what it held: %s', async (name, simulated, path) => {
    venue = simulated();
    const headers = name === 'tradestation' ? { authorization: `Bearer ${await tokenOf(venue)}` } : {};
    served = await serve(venue);
    const socket = new WebSocket(served.url + path, { headers });
    await once(socket, 'open');
    for (const payload of ['', 'a', Buffer.from([0, 255, 128]), 'x'.repeat(125)]) {
      const pong = once(socket, 'pong');
      socket.ping(payload);
      const [echo] = (await pong) as [Buffer];
      expect(echo.equals(Buffer.from(payload))).toBe(true);
    }
    socket.terminate();
  });

  it('says why it refuses an upgrade, and our client tells it', async () => {
    const refusal = {
      refuse: 429,
      headers: { 'retry-after': '7', 'x-why': 'a\r\nb: c' },
      body: '{"code":-1003,"ü":1}',
    };
    await start({ accept: (): Refusal => refusal });
    const error: unknown = await firstValueFrom(wsNetwork().open({ url: `${served.url}/ws?token=abcdefgh` })).catch(
      (told: unknown) => told,
    );

    expect(error).toMatchObject({
      name: 'WireLostError',
      code: 429,
      text: `${served.url}/ws was refused with status 429: {"code":-1003,"ü":1}`,
      cause: new RequestFailedError('{"code":-1003,"ü":1}', 429, 7_000),
    });
  });
});
