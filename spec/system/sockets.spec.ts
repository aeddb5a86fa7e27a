import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { filter, firstValueFrom, ReplaySubject, type Observable } from 'rxjs';
import type { BookState } from '../../lib/model/bookState.js';
import type { ConnectionState } from '../../lib/model/connection.js';
import { serve, type ServedVenue } from '../../lib/node/serve.js';
import { wsNetwork } from '../../lib/node/wsNetwork.js';
import { simulatedBinance, type SimulatedVenue } from '../../lib/simulation/index.js';
import { binance, type BinanceMarket } from '../../lib/venues/binance/index.js';
import { Witness } from '../support/chaosWitness.js';
import { tap, type Tap } from '../support/tap.js';

/** A guard against waiting for ever; nothing is measured by it. */
const PATIENCE = 60_000;

let venue: SimulatedVenue;
let served: ServedVenue | undefined;
let relay: Tap | undefined;
/** Told when the venue has lost a connection, whoever ended it. */
let gone: ReplaySubject<void>;

/** A simulated Binance on a real port, behind a relay that sees the bytes. */
async function start(market: Exclude<BinanceMarket, 'coinm'> = 'spot'): Promise<Tap> {
  venue = simulatedBinance({ market, stepEvery: 20, depth: 30, activity: 8, instruments: ['BTCUSDT', 'ETHUSDT'] });
  gone = new ReplaySubject();
  const { accept } = venue;
  served = await serve({
    ...venue,
    accept: (request, connection) => {
      const side = accept(request, connection);
      if (!('receive' in side)) return side;
      return {
        receive: (text) => side.receive(text),
        control: (kind) => side.control?.(kind),
        closed: () => {
          side.closed();
          gone.next();
        },
      };
    },
  });
  return (relay = await tap(served.port));
}

afterEach(async () => {
  venue.close();
  await relay?.stop();
  await served?.close();
  relay = served = undefined;
});

const next = <T>(source$: Observable<T>, is: (value: T) => boolean): Promise<T> =>
  firstValueFrom(source$.pipe(filter(is)));

describe.each(['spot', 'usdm'] as const)('over real sockets, on %s', (market) => {
  it(
    'a book is the true one, survives a broken connection and a gap, and closes with 1000',
    async () => {
      const { url, ended, closeCodes } = await start(market);
      const exchange = binance({ market, url, network: wsNetwork() });
      const witness = new Witness(venue, () => venue.market.now());
      const statuses: string[] = [];
      const connections: ConnectionState[] = [];
      exchange.connection$.subscribe((state) => connections.push(state));
      const state$ = new ReplaySubject<BookState>(1);
      exchange.book('BTCUSDT').subscribe(state$);
      state$.subscribe((state) => {
        statuses.push(state.status === 'stale' ? state.reason : state.status);
        witness.state('the book', 'BTCUSDT', state);
      });
      const lives = (count: number) => {
        let seen = 0;
        return next(state$, ({ status }) => status === 'live' && (seen += 1) > count);
      };

      await lives(5);
      venue.faults.inject('terminate');
      await next(state$, (state) => state.status === 'stale' && state.reason === 'disconnected');
      await lives(5);
      venue.faults.inject('drop');
      await next(state$, (state) => state.status === 'stale' && state.reason === 'gap');
      await lives(5);
      exchange.close();
      await ended(2);
      await next(gone, () => venue.stats().open === 0);

      expect(witness.problems).toEqual([]);
      expect(witness.compared).toBeGreaterThan(15);
      expect([...new Set(statuses)]).toEqual(['syncing', 'live', 'disconnected', 'gap']);
      expect(connections.map(({ status }) => status)).toEqual([
        'connecting',
        'ready',
        'lost',
        'waiting',
        'connecting',
        'ready',
        'closed',
      ]);
      expect(closeCodes).toEqual([undefined, 1000]);
      expect(venue.stats()).toMatchObject({ accepted: 2, open: 0, violations: [] });
    },
    PATIENCE,
  );
});

it(
  'a connection whose last observer has left closes with 1000 after its linger',
  async () => {
    const { url, ended, closeCodes } = await start();
    const exchange = binance({ url, network: wsNetwork(), linger: 0, wireLinger: 0 });
    await next(exchange.book('BTCUSDT'), ({ status }) => status === 'live');
    await ended(1);

    expect(closeCodes).toEqual([1000]);
    expect(exchange.plan()).toEqual([]);
  },
  PATIENCE,
);

it(
  'a process that has left all its streams ends by itself',
  async () => {
    const { url, ended, closeCodes } = await start();
    const child = spawn(process.execPath, ['--import', 'tsx', 'spec/system/subscribeOnce.ts', url], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    const [code] = (await once(child, 'close')) as [number | null];

    expect([code, output]).toEqual([0, 'left\n']);
    await ended(1);
    expect(closeCodes).toEqual([1000]);
  },
  PATIENCE,
);
