import { filter, firstValueFrom } from 'rxjs';
import { type ServedVenue, serve } from '../../../lib/node/serve.js';
import { wsNetwork } from '../../../lib/node/wsNetwork.js';
import { type SimulatedTradestation, simulatedTradestation } from '../../../lib/simulation/index.js';
import { httpTransport, plainCodec, tradestation, webSocketTransport } from '../../../lib/venues/tradestation/index.js';

let venue: SimulatedTradestation;
let served: ServedVenue;

beforeEach(async () => {
  venue = simulatedTradestation({ stepEvery: 20, activity: 8 });
  served = await serve(venue);
});
afterEach(async () => {
  venue.close();
  await served.close();
});

it.each(['http', 'webSocket'] as const)(
  'over real connections (%s): books, quotes, orders, a stream that breaks in the midst of a line, and an end',
  async (kind) => {
    const { httpUrl, url } = served;
    const exchange = tradestation({
      login: { clientId: 'me', refreshToken: 'simulated-refresh-token' },
      network: wsNetwork(),
      baseUrl: httpUrl,
      tokenUrl: `${httpUrl}/oauth/token`,
      linger: 0,
      transport: kind === 'http' ? httpTransport : webSocketTransport({ url: `${url}/stream`, codec: plainCodec }),
    });
    const states: string[] = [];
    const watching = exchange.book('MSFT').subscribe(({ status }) => {
      if (states.at(-1) !== status) states.push(status);
    });
    const live = (): Promise<unknown> =>
      firstValueFrom(exchange.book('MSFT').pipe(filter(({ status }) => status === 'live')));
    await live();
    expect((await firstValueFrom(exchange.quote('AAPL'))).bid?.price).toBeGreaterThan(0);
    const orders = await firstValueFrom(
      exchange.orderStates(['SIM0000001M']).pipe(filter(({ status }) => status === 'live')),
    );
    expect(orders).toMatchObject({ status: 'live' });
    await expect(firstValueFrom(exchange.book('NOPE'))).resolves.toEqual({ status: 'syncing' });

    venue.faults.inject('halfLine');
    await firstValueFrom(exchange.book('MSFT').pipe(filter(({ status }) => status === 'stale')));
    await live();
    expect(states).toEqual(['syncing', 'live', 'stale', 'live']);
    watching.unsubscribe();
    expect(exchange.openStreams()).toBe(0);
    exchange.close();
  },
);

it('a refused opening says over a real connection what it says', async () => {
  const opening = wsNetwork().open({
    url: `${served.httpUrl}/v3/marketdata/stream/quotes/MSFT`,
    headers: { Authorization: 'Bearer none' },
  });
  await expect(firstValueFrom(opening)).rejects.toMatchObject({
    code: 401,
    reason: 'failed',
    cause: expect.objectContaining({
      status: 401,
      text: '{"Error":"Unauthorized","Message":"Unauthorized"}',
    }) as unknown,
  });
});
