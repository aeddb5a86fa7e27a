import { filter, firstValueFrom, take, timeout } from 'rxjs';
import { WebSocket } from 'ws';
import type { BookState } from '../../lib/index.js';
import { serveRelay, type ServeRelayConfig, wsNetwork } from '../../lib/node/index.js';
import { type MemoryBus, memoryBus, relay, relayed } from '../../lib/relay/index.js';
import { simulatedBinance } from '../../lib/simulation/index.js';
import { type BinanceExchange, binance } from '../../lib/venues/binance/index.js';
import { Witness } from '../support/chaosWitness.js';

const PATIENCE = 10_000;

describe('serveRelay', () => {
  const closing: (() => unknown)[] = [];
  let bus: MemoryBus;
  let witness: Witness;

  beforeEach(() => {
    bus = memoryBus();
    const venue = simulatedBinance({ seed: 5, market: 'spot', depth: 15, stepEvery: 20, latency: 1 });
    witness = new Witness(venue, () => 0);
    const exchange = binance({ network: venue.network });
    const relaying = relay(exchange, { bus, as: 'A', venue: 'binance', offer: { book: ['BTCUSDT'] } }).subscribe();
    closing.push(() => {
      relaying.unsubscribe();
      exchange.close();
      venue.close();
    });
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    expect(witness.problems).toEqual([]);
  });

  const served = async (config: ServeRelayConfig = {}): Promise<string> => {
    const { url, close } = await serveRelay(bus, config);
    closing.push(close);
    return url;
  };

  const watch = (url: string): { readonly claims: string[]; readonly well: () => Promise<unknown> } => {
    const exchange = relayed<BinanceExchange>({ venue: 'binance', url, network: wsNetwork() });
    closing.push(() => exchange.close());
    const claims: string[] = [];
    const book$ = exchange.book('BTCUSDT');
    book$.subscribe((state) => {
      witness.state(url, 'BTCUSDT', state);
      if (claims.at(-1) !== state.status) claims.push(state.status);
    });
    let live = 0;
    const isWell = (state: BookState): boolean => state.status === 'live' && ++live > 5;
    return {
      claims,
      well: () => {
        live = 0;
        return firstValueFrom(book$.pipe(filter(isWell), take(1), timeout(PATIENCE)));
      },
    };
  };

  /** The status that an upgrade is answered with, or the code that the socket is closed with. */
  const answerTo = (url: string, headers: Readonly<Record<string, string>>, said?: string): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(url, { headers });
      socket.on('unexpected-response', (_, { statusCode }) => {
        resolve(Number(statusCode));
      });
      socket.on('error', () => undefined);
      socket.on('close', (code) => {
        resolve(code);
      });
      socket.on('open', () => {
        if (said === undefined) {
          socket.close(1000);
          resolve(101);
        } else socket.send(said);
      });
      closing.push(() => socket.terminate());
    });

  it('lets any number of programs have the same books over sockets', async () => {
    const url = await served();
    const some = [watch(url), watch(url), watch(url)];
    await Promise.all(some.map(({ well }) => well()));
    expect(some.map(({ claims }) => claims)).toEqual(Array.from(some, () => ['syncing', 'live']));
  });

  it('closes its clients with the bus, and has them again', async () => {
    const url = await served();
    const { well, claims } = watch(url);
    await well();
    bus.stop();
    bus.start();
    await well();
    expect(claims).toEqual(['syncing', 'live', 'stale', 'live']);
  });

  it('lets in who shows the token, in a header or in the address', async () => {
    const url = await served({ token: 'open sesame' });
    await watch(`${url}/?token=open%20sesame`).well();
    await expect(answerTo(url, {})).resolves.toBe(401);
    await expect(answerTo(`${url}/?token=open`, {})).resolves.toBe(401);
    await expect(answerTo(url, { authorization: 'Bearer open sesamf' })).resolves.toBe(401);
    await expect(answerTo(url, { authorization: 'Bearer open sesame' })).resolves.toBe(101);
  });

  it('lets in the pages that were named, and no others', async () => {
    const url = await served({ origins: ['https://mine.example'] });
    await watch(url).well();
    await expect(answerTo(url, { origin: 'https://mine.example' })).resolves.toBe(101);
    await expect(answerTo(url, { origin: 'https://other.example' })).resolves.toBe(403);
  });

  it.each([
    ['hear _INBOX.>'],
    ['hear millrace.1.>'],
    ['hear millrace-account.1.binance.A.orders.x'],
    ['ask 1 millrace.1.binance.A.book.BTCUSDT join'],
    ['ask 1 millrace.1.binance.A.join.book.BTCUSDT delete'],
    ['publish x'],
  ])('closes who says %s', async (said) => {
    const url = await served();
    await watch(url).well();
    await expect(answerTo(url, {}, said)).resolves.toBe(1008);
  });

  it.each([
    [{ host: '0.0.0.0' }, 'token'],
    [{ origins: ['*'] }, 'origins'],
    [{ origins: 'https://mine.example' as never }, 'origins'],
    [{ secret: 1 } as never, 'secret'],
  ])('refuses %j', async (config, field) => {
    await expect(serveRelay(bus, config)).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidArgumentError', field }),
    );
  });
});
