import { type AddressInfo, connect, createServer } from 'node:net';
import { inspect } from 'node:util';
import {
  NEVER,
  type Observable,
  Subscription,
  filter,
  firstValueFrom,
  interval,
  map,
  switchMap,
  take,
  tap,
  timeout,
  timer,
  toArray,
} from 'rxjs';
import type { AccountState, BookSide, BookState, Fault } from '../../lib/index.js';
import { type NatsOptions, type NatsRelayedOptions, natsBus, relay, relayed } from '../../lib/nats/index.js';
import {
  type Bus,
  type BusConnection,
  type Relayed,
  relay as relayOn,
  relayed as relayedBy,
} from '../../lib/relay/index.js';
import { simulatedBinance, simulatedTplus } from '../../lib/simulation/index.js';
import type { LevelText } from '../../lib/simulation/market/side.js';
import { random } from '../../lib/simulation/random.js';
import { type BinanceExchange, binance } from '../../lib/venues/binance/index.js';
import type { TastytradeAccount, TastytradeExchange } from '../../lib/venues/tastytrade/index.js';
import { type TplusExchange, tplus } from '../../lib/venues/tplus/index.js';
import { Witness } from '../support/chaosWitness.js';
import { troubled } from '../support/relayTrouble.js';
import * as rigs from './support/accountRig.js';
import { type NatsServer, describeWithNats, natsNote, natsServer, passwords } from './support/natsServer.js';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];
/** So many steps a book has to go on. */
const MOVES = 6;
/** Nothing here takes longer, in ms. */
const PATIENCE = 15_000;

describeWithNats(natsNote, () => {
  let server: NatsServer;
  let venue: ReturnType<typeof simulatedBinance>;
  let witness: Witness;
  let after: Subscription;

  beforeAll(async () => {
    server = await natsServer();
  });
  afterAll(() => server.kill());
  beforeEach(() => {
    venue = simulatedBinance({ seed: 5, market: 'spot', instruments: SYMBOLS, depth: 15, stepEvery: 20, latency: 1 });
    witness = new Witness(venue, () => 0);
    after = new Subscription();
    after.add(() => venue.close());
  });
  afterEach(() => {
    after.unsubscribe();
    expect(witness.problems).toEqual([]);
    expect(witness.compared).toBeGreaterThan(20);
  });

  /** A gateway; `bus` where trouble is made on its way. */
  const gateway = (as: string, bus?: Bus, symbols: readonly string[] = SYMBOLS): { stop: () => void } => {
    const exchange = binance({ network: venue.network });
    const offer = { book: symbols };
    const status$ =
      bus === undefined ? relay(exchange, { servers: server.url, as, offer }) : relayOn(exchange, { bus, as, offer });
    const running = status$.subscribe();
    running.add(() => exchange.close());
    after.add(running);
    return { stop: () => running.unsubscribe() };
  };

  interface Watched {
    readonly exchange: Relayed<BinanceExchange>;
    readonly claims: readonly string[];
    readonly faults: readonly Fault[];
    /** Resolves when all books are live from now on, and have moved. */
    well(): Promise<unknown>;
    /** Resolves when one of its books makes that claim. */
    says(claim: RegExp): Promise<unknown>;
  }

  const claimOf = (state: BookState): string => (state.status === 'stale' ? `stale ${state.reason}` : state.status);

  const consumer = (options: Partial<NatsRelayedOptions> = {}, bus?: Bus): Watched => {
    const exchange =
      bus === undefined
        ? relayed<BinanceExchange>({ servers: server.url, venue: 'binance-spot', ...options })
        : relayedBy<BinanceExchange>({ bus, venue: 'binance-spot' });
    after.add(() => exchange.close());
    const claims: string[] = [];
    const faults: Fault[] = [];
    after.add(exchange.faults$.subscribe((fault) => faults.push(fault)));
    const books: readonly Observable<BookState>[] = SYMBOLS.map((symbol) => exchange.book(symbol));
    books.forEach((book$, i) => {
      after.add(
        book$.subscribe((state) => {
          witness.state(String(SYMBOLS[i]), String(SYMBOLS[i]), state);
          const claim = claimOf(state);
          if (claims.at(-1) !== claim) claims.push(claim);
        }),
      );
    });
    const heard = (book$: Observable<BookState>, ...on: Parameters<typeof filter<BookState>>): Promise<unknown> =>
      firstValueFrom(book$.pipe(filter(...on), take(1), timeout(PATIENCE)));
    return {
      exchange,
      claims,
      faults,
      well: () =>
        Promise.all(
          books.map(async (book$) => {
            let live = 0;
            await heard(book$, (state) => state.status === 'live' && ++live > MOVES);
          }),
        ),
      says: (claim) => Promise.race(books.map((book$) => heard(book$, (state) => claim.test(claimOf(state))))),
    };
  };

  it('has the true books, also who joins late', async () => {
    gateway('A');
    const first = consumer();
    await first.well();
    const late = consumer();
    await late.well();
    expect(late.claims).toEqual(['syncing', 'live']);
    expect(first.claims).toEqual(['syncing', 'live']);
  });

  it('comes back with the server', async () => {
    gateway('A');
    const { well, claims } = consumer();
    await well();
    await server.restart();
    await well();
    expect(claims).toEqual(['syncing', 'live', 'stale disconnected', 'live']);
  });

  it('goes on by whoever takes the place of a gateway that was killed', async () => {
    const way = troubled(natsBus({ servers: server.url }));
    const a = gateway('A', way);
    const { well, says } = consumer();
    await well();
    way.cut();
    a.stop();
    await says(/stale disconnected/);
    gateway('A');
    await well();
  });

  it('does not notice the loss of one of two that are heard', async () => {
    const way = troubled(natsBus({ servers: server.url }));
    const a = gateway('A', way);
    gateway('B');
    const all = consumer({ hear: 'all' });
    const first = consumer({ gateways: ['A'] });
    await Promise.all([all.well(), first.well()]);
    way.cut();
    a.stop();
    await first.says(/stale/);
    await all.well();
    expect(all.claims).toEqual(['syncing', 'live']);
  });

  it('makes no book live while the venue is away', async () => {
    gateway('A');
    const { well, says } = consumer();
    await well();
    venue.faults.inject('terminate');
    venue.faults.inject('refuseConnections', { for: 1_000 });
    await says(/stale disconnected/);
    await well();
  });

  it('does not let one who does not read hold up the others', async () => {
    let own: BusConnection | undefined;
    const bus: Bus = {
      connect: () =>
        natsBus({ servers: server.url })
          .connect()
          .pipe(tap((connection) => (own = connection))),
    };
    gateway('A', bus);
    const { well, claims } = consumer();
    await well();
    // It hears all, and reads nothing.
    const blocked = connect(Number(new URL(server.url).port), '127.0.0.1');
    const ended = new Promise((resolve) => blocked.once('close', resolve));
    blocked.on('error', () => undefined);
    blocked.write('CONNECT {"verbose":false}\r\nSUB millrace.1.flood.> 1\r\n');
    const reading = setTimeout(() => blocked.resume(), 4_000);
    after.add(() => {
      clearTimeout(reading);
      blocked.destroy();
    });
    // More than what the system holds for it, by the gateway itself.
    const much = 'x'.repeat(100_000);
    const flood = interval(5).subscribe(() => own?.publish('millrace.1.flood.A.book.X', much));
    after.add(flood);
    await firstValueFrom(timer(2_500));
    await well();
    flood.unsubscribe();
    await ended;
    await well();
    expect(claims).toEqual(['syncing', 'live']);
  });

  it('says so while the server hangs, and goes on with it', async () => {
    gateway('A');
    const { well, says, claims } = consumer();
    await well();
    server.hang(true);
    try {
      await says(/stale/);
    } finally {
      server.hang(false);
    }
    await well();
    expect(claims.slice(0, 3)).toEqual(['syncing', 'live', 'stale disconnected']);
  });

  it('takes for live nothing that came while it was held up', async () => {
    gateway('A');
    const way = troubled(natsBus({ servers: server.url }));
    const { well, says, claims, exchange } = consumer({}, way);
    await well();
    const losses: unknown[] = [];
    after.add(exchange.connection$.subscribe((state) => state.status === 'lost' && losses.push(state)));
    // Where the machine holds up more than this bus, the gateway is missed before its messages come late: once more.
    for (let round = 0; round < 5 && losses.length === 0; round += 1) {
      const stale = says(/stale disconnected/);
      way.block();
      await firstValueFrom(timer(2_600));
      way.unblock();
      await stale;
      await well();
    }
    expect(losses[0]).toMatchObject({
      reason: 'silent',
      text: expect.stringMatching(/^messages of A come \d+ ms late$/),
    });
    expect(claims.slice(-2)).toEqual(['stale disconnected', 'live']);
  });

  it('has each symbol from whoever serves it', async () => {
    gateway('A', undefined, ['BTCUSDT']);
    gateway('B', undefined, ['ETHUSDT']);
    const { well, claims } = consumer();
    await well();
    await well();
    expect(claims).toEqual(['syncing', 'live']);
  });

  it('tells why the server refuses', async () => {
    gateway('A');
    await consumer().well();
    const guarded = await natsServer('accounts.conf', passwords);
    const lossOf = (connection: NonNullable<NatsRelayedOptions['connection']>): Promise<string> => {
      const exchange = relayed<BinanceExchange>({ servers: guarded.url, venue: 'binance-spot', connection });
      after.add(() => exchange.close());
      after.add(exchange.book('BTCUSDT').subscribe());
      return firstValueFrom(
        exchange.connection$.pipe(
          filter((state) => state.status === 'lost'),
          map(({ status, ...state }) => JSON.stringify({ status, ...state })),
          timeout(PATIENCE),
        ),
      );
    };
    try {
      const refused = await lossOf({ user: 'consumer', pass: 'guess' });
      expect(refused).toContain('"reason":"auth"');
      expect(refused).not.toContain('guess');
      const relaying = relay(binance({ network: venue.network }), {
        servers: guarded.url,
        as: 'A',
        offer: { book: SYMBOLS },
        connection: { user: 'gateway', pass: 'one' },
      });
      after.add(relaying.subscribe());
      await consumer({ servers: guarded.url, connection: { user: 'consumer', pass: 'two' } }).well();
      // Who may only hear can be no gateway.
      const states$ = relay(binance({ network: venue.network }), {
        servers: guarded.url,
        as: 'B',
        offer: { book: SYMBOLS },
        connection: { user: 'consumer', pass: 'two' },
      });
      const lost = await firstValueFrom(
        states$.pipe(
          filter(({ status }) => status === 'lost'),
          timeout(PATIENCE),
        ),
      );
      expect(lost).toMatchObject({ reason: 'auth' });
    } finally {
      await guarded.kill();
    }
  });
});

describeWithNats(`${natsNote}, one message in 500 lost`, () => {
  let server: NatsServer;
  beforeAll(async () => {
    server = await natsServer();
  });
  afterAll(() => server.kill());

  /** The bus, less what a gateway says in vain. */
  const lossy = (seed: number, noted: () => void): Bus => {
    const draw = random(seed);
    return {
      connect: () =>
        natsBus({ servers: server.url })
          .connect()
          .pipe(
            map((connection) => ({
              inbox: connection.inbox,
              flush: () => connection.flush(),
              subscribe: (subject, heard) => connection.subscribe(subject, heard),
              publish: (subject, text, reply) => {
                if (draw() < 1 / 500) noted();
                else connection.publish(subject, text, reply);
              },
            })),
          ),
    };
  };

  it.each([
    ['one gateway', ['A'], 'first'],
    ['two, both heard', ['A', 'B'], 'all'],
  ] as const)('every book that says live is the true one: %s', async (_, names, hear) => {
    const instruments = [
      { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: '60000.00', size: '0.50000', grain: 20 },
    ];
    const venue = simulatedTplus({ seed: 7, instruments, depth: 12, stepEvery: 4, activity: 2, latency: 1 });
    let lost = 0;
    const running = names.map((as, i) => {
      const exchange = tplus({ network: venue.network });
      const bus = lossy(i === 0 ? 11 : 37, () => (lost += 1));
      const relaying = relayOn(exchange, { bus, as, offer: { book: ['200'] } }).subscribe();
      relaying.add(() => exchange.close());
      return relaying;
    });
    const far = relayed<TplusExchange>({ servers: server.url, venue: 'tplus', hear });
    const wrong: unknown[] = [];
    let compared = 0;
    const textsOf = (side: BookSide): readonly LevelText[] =>
      Array.from(side, ({ exact }) => [exact.price, exact.size]);
    const isDone = (state: BookState): boolean => {
      if (state.status !== 'live') return false;
      const { bids, asks, sequence = -1 } = state.book;
      const said = JSON.stringify([textsOf(bids), textsOf(asks)]);
      const truths = venue.trueBooks('200', sequence).map((truth) => JSON.stringify([truth.bids, truth.asks]));
      compared += 1;
      if (!truths.includes(said)) wrong.push(sequence);
      return lost > 2 && compared > 500;
    };
    await firstValueFrom(far.book('200').pipe(filter(isDone), timeout({ first: PATIENCE })));
    const { gaps = 0 } = far.tally('200') ?? {};
    far.close();
    for (const relaying of running) relaying.unsubscribe();
    venue.close();

    expect(wrong).toEqual([]);
    // One of two that are heard is not missed.
    expect(gaps > 0).toBe(names.length === 1);
  });
});

describeWithNats(`${natsNote}, an account`, () => {
  let server: NatsServer;
  let after: Subscription;
  beforeAll(async () => {
    server = await natsServer('accounts.conf', passwords);
  });
  afterAll(() => server.kill());
  beforeEach(() => {
    after = new Subscription();
  });
  afterEach(() => after.unsubscribe());

  const gateway = (): ReturnType<typeof rigs.tastytradeRig> => {
    const rig = rigs.tastytradeRig();
    const relaying = relay(rig.exchange, {
      servers: server.url,
      as: 'A',
      streams: rigs.tastytradeStreams,
      accounts: { main: rigs.TASTYTRADE_ACCOUNT },
      offer: { account: [['main']], orders: [['main']] },
      connection: { user: 'account-gateway', pass: 'three' },
    }).subscribe();
    after.add(() => {
      relaying.unsubscribe();
      rig.exchange.close();
      rig.venue.close();
    });
    return rig;
  };

  const consumer = (connection: NonNullable<NatsRelayedOptions['connection']>) => {
    const exchange = relayed<TastytradeExchange, typeof rigs.tastytradeStreams>({
      servers: server.url,
      venue: 'tastytrade',
      streams: rigs.tastytradeStreams,
      connection,
    });
    after.add(() => exchange.close());
    return exchange;
  };
  const trader = { user: 'trader', pass: 'four', inboxPrefix: '_INBOX_trader' };

  it('is had by whoever may hear it, and stale while the venue is away', async () => {
    const { venue, exchange } = gateway();
    const far = consumer(trader);
    const states: string[] = [];
    after.add(far.account('main').subscribe((state) => states.push(state.status === 'stale' ? 'stale' : state.status)));
    const live = (): Promise<AccountState<TastytradeAccount>> =>
      firstValueFrom(
        far.account('main').pipe(
          filter(({ status }) => status === 'live'),
          timeout(PATIENCE),
        ),
      );
    const state = await live();
    expect(JSON.stringify(state)).not.toContain(rigs.TASTYTRADE_ACCOUNT);
    const near = await firstValueFrom(exchange.account(rigs.TASTYTRADE_ACCOUNT));
    expect([state.status, near.status]).toEqual(['live', 'live']);
    const orders = await firstValueFrom(far.orders('main').pipe(take(3), toArray(), timeout(PATIENCE)));
    expect(orders.map(({ type }) => type)).toEqual(['reset', 'snapshot', 'event']);

    venue.faults.inject('terminate');
    venue.faults.inject('refuseConnections', { for: 1_000 });
    await firstValueFrom(
      far.account('main').pipe(
        filter(({ status }) => status === 'stale'),
        timeout(PATIENCE),
      ),
    );
    await live();
    expect(states.filter((one, i) => one !== states[i - 1]).slice(0, 4)).toEqual(['syncing', 'live', 'stale', 'live']);
  });

  it('is hidden from whoever may hear markets alone', async () => {
    gateway();
    const far = consumer({ user: 'consumer', pass: 'two' });
    const heard: string[] = [];
    after.add(far.account('main').subscribe(({ status }) => heard.push(status)));
    const lost = await firstValueFrom(
      far.connection$.pipe(
        filter(({ status }) => status === 'lost'),
        timeout(PATIENCE),
      ),
    );
    expect(lost).toMatchObject({ reason: 'auth' });
    expect(heard).toEqual(['syncing']);
  });

  it.each(['_INBOX_trader.>', 'millrace-account.1.>', '>'])('is not had by listening to %s', async (subject) => {
    const bus = natsBus({ servers: server.url, connection: { user: 'consumer', pass: 'two' } });
    const loss$ = bus.connect().pipe(
      switchMap((connection) => {
        connection.subscribe(subject, () => undefined);
        return NEVER;
      }),
    );
    await expect(firstValueFrom(loss$)).rejects.toMatchObject({ name: 'WireLostError', reason: 'auth' });
  });
});

describe('natsBus', () => {
  it.each([
    [{ servers: 'http://127.0.0.1' }],
    [{ servers: [] }],
    [{ servers: 'nats://me:secret@127.0.0.1:4222' }],
    [{ servers: '' }],
    [{}],
  ])('refuses %j, and shows no secret', (options) => {
    expect(() => natsBus(options as never)).toThrow(expect.objectContaining({ field: 'servers' }));
    expect(() => natsBus(options as never)).not.toThrow(/secret/);
  });

  it('refuses options it does not know', () => {
    expect(() => natsBus({ servers: 'a:1', user: 'x' } as never)).toThrow(expect.objectContaining({ field: 'user' }));
  });

  describe('at a server that repeats what it was shown', () => {
    const SECRET = 'p4ss/w0rd+of="nobody"=';
    const server = createServer((socket) => {
      socket.write('INFO {"server_id":"x","version":"2.10.0","proto":1,"auth_required":true,"max_payload":1000}\r\n');
      socket.on('data', () => socket.end(`-ERR 'no ${SECRET}, ${encodeURIComponent(SECRET)}'\r\n`));
    });
    beforeAll(() => new Promise<void>((resolve) => void server.listen(0, resolve)));
    afterAll(() => void server.close());

    it.each<readonly [string, NonNullable<NatsOptions['connection']>]>([
      ['a password', { user: 'me', pass: SECRET }],
      ['a token', { token: SECRET }],
      ['what an authenticator gives', { authenticator: () => ({ user: 'me', pass: SECRET }) }],
      ['what one of several gives', { authenticator: [() => ({ auth_token: SECRET })] }],
    ])('tells no secret: %s', async (_, connection) => {
      const { port } = server.address() as AddressInfo;
      const bus = natsBus({ servers: `127.0.0.1:${port}`, connection });
      const loss: unknown = await firstValueFrom(bus.connect()).catch((error: unknown) => error);
      expect(loss).toMatchObject({ name: 'WireLostError', text: 'nats: no …, …' });
      expect(inspect(loss, { depth: 9, showHidden: true })).not.toContain('p4ss');
    });
  });
});
