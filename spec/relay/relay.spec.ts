import { BehaviorSubject } from 'rxjs';
import {
  type BookState,
  type Candle,
  type DepthEvent,
  type DepthSnapshot,
  type Fault,
  type Quote,
  type Ticker,
  type Trade,
  bookFrom,
  levelOf,
} from '../../lib/index.js';
import { type BusMessage, type GatewayReport, memoryBus, relay, relayed } from '../../lib/relay/index.js';
import { Backlog } from '../support/backlog.js';
import { troubled } from '../support/relayTrouble.js';
import { relayRig } from './support/relayRig.js';

const everything = {
  book: ['BTCUSDT'],
  trades: ['BTCUSDT'],
  aggregateTrades: ['BTCUSDT'],
  quotes: ['BTCUSDT'],
  candles: [['BTCUSDT', '1m']],
  ticker: ['BTCUSDT'],
} as const;

describe('a relayed exchange', () => {
  it('has the same values as the exchange itself', () => {
    const { gateway, consumer, pass } = relayRig();
    const { exchange } = gateway('A', everything);
    const far = consumer();
    const heard = (of: Pick<typeof exchange, 'trades' | 'aggregateTrades' | 'quotes' | 'candles' | 'ticker'>) => {
      const values: Record<string, (Trade | Quote | Candle | Ticker)[]> = {};
      const note = (name: string) => (value: Trade | Quote | Candle | Ticker) => {
        (values[name] ??= []).push({ ...value, receivedTime: 0 });
      };
      of.trades('BTCUSDT').subscribe(note('trades'));
      of.aggregateTrades('BTCUSDT').subscribe(note('aggregates'));
      of.quotes('BTCUSDT').subscribe(note('quotes'));
      of.candles('BTCUSDT', '1m').subscribe(note('candles'));
      of.ticker('BTCUSDT').subscribe(note('ticker'));
      return values;
    };
    const theirs = heard(far);
    pass(1_000);
    const direct = heard(exchange);
    pass(10_000);

    for (const [name, values] of Object.entries(direct)) {
      expect(values.length).toBeGreaterThan(2);
      // The last may be on its way.
      expect(theirs[name]).toEqual(expect.arrayContaining(values.slice(0, -1)));
    }
    far.close();
  });

  it('has the same book, at every step', () => {
    const { gateway, consumer, pass, watch, witness } = relayRig();
    gateway('A');
    const { states, claims } = watch(consumer());
    pass(10_000);

    expect(claims()).toEqual(['syncing', 'live']);
    expect(states.length).toBeGreaterThan(50);
    expect(witness.problems).toEqual([]);
  });

  it('gives who comes late the state as it is', () => {
    const { gateway, consumer, pass, watch, witness } = relayRig();
    gateway('A', everything);
    pass(5_000);
    const far = consumer();
    const { claims } = watch(far);
    const quotes: Quote[] = [];
    const tickers: Ticker[] = [];
    far.quotes('BTCUSDT').subscribe((quote) => quotes.push(quote));
    far.ticker('BTCUSDT').subscribe((ticker) => tickers.push(ticker));
    pass(30);

    expect(claims()).toEqual(['syncing', 'live']);
    expect(quotes.length).toBeGreaterThan(0);
    expect(tickers).toHaveLength(1);
    expect(witness.problems).toEqual([]);
  });

  it('errors where the venue refuses the instrument', () => {
    const { gateway, consumer, pass } = relayRig();
    gateway('A', { book: ['NOSUCH'] });
    const errors: unknown[] = [];
    consumer()
      .book('NOSUCH')
      .subscribe({ error: (error: unknown) => errors.push(error) });
    pass(5_000);

    expect(errors).toEqual([expect.objectContaining({ name: 'SubscriptionRefusedError', venue: 'binance-spot' })]);
  });

  it('asks on for what nobody serves, and says so', () => {
    const { gateway, consumer, pass, watch } = relayRig();
    gateway('A');
    const far = consumer();
    const faults: Fault[] = [];
    far.faults$.subscribe((fault) => faults.push(fault));
    const { claims } = watch(far, 'ETHUSDT');
    pass(12_000);
    expect(claims()).toEqual(['syncing']);
    expect(faults.map(({ type }) => type)).toEqual(['venue', 'unconfirmed']);
    expect(faults[0]?.message).toContain('book.ETHUSDT: no gateway serves it');

    gateway('B', { book: ['ETHUSDT'] });
    pass(3_000);
    expect(claims()).toEqual(['syncing', 'live']);
  });

  it('has each symbol from whoever serves it', () => {
    const { gateway, consumer, pass, watch, witness } = relayRig();
    gateway('A', { book: ['BTCUSDT'] });
    gateway('B', { book: ['ETHUSDT'] });
    const far = consumer();
    const both = [watch(far, 'BTCUSDT'), watch(far, 'ETHUSDT')];
    pass(5_000);

    expect(both.map(({ claims }) => claims())).toEqual([
      ['syncing', 'live'],
      ['syncing', 'live'],
    ]);
    expect(far.plan()).toEqual([{ wire: 'relay#1', status: 'ready', channels: ['book.BTCUSDT', 'book.ETHUSDT'] }]);
    expect(witness.problems).toEqual([]);
  });

  it('is relayed on by a gateway of its own', () => {
    const { gateway, consumer, pass, watch, witness, scheduler } = relayRig();
    gateway('A');
    const inner = consumer();
    const second = memoryBus({ scheduler, latency: () => 2 });
    relay(inner, { bus: second, as: 'inner', offer: { book: ['BTCUSDT'] }, scheduler, random: () => 0.5 }).subscribe();
    const { claims } = watch(consumer({ bus: second }));
    pass(5_000);

    expect(claims()).toEqual(['syncing', 'live']);
    expect(witness.problems).toEqual([]);
  });
});

describe('what is lost', () => {
  it('is noticed by the next number, and joined anew', () => {
    let loses = false;
    const { gateway, consumer, pass, watch, witness } = relayRig({
      loses: ({ text }) => loses && text.includes('"t":"d"') && !(loses = false),
    });
    gateway('A');
    const far = consumer();
    const { claims } = watch(far);
    pass(3_000);
    loses = true;
    pass(1_000);

    expect(claims()).toEqual(['syncing', 'live', 'stale gap', 'stale disconnected', 'live']);
    expect(far.tally('BTCUSDT')?.gaps).toBe(1);
    expect(witness.problems).toEqual([]);
  });

  it('is noticed within a second where nothing follows', () => {
    let loses = false;
    const { gateway, consumer, pass, watch, venue, scheduler } = relayRig({
      loses: ({ text }) => loses && !text.includes('"t":"h"'),
    });
    gateway('A');
    const { claims, states } = watch(consumer());
    const stop = venue.market.run();
    pass(3_000);
    loses = true;
    pass(200);
    stop();
    venue.market.stop();
    const since = scheduler.now();
    pass(1_200);

    expect(claims().slice(0, 3)).toEqual(['syncing', 'live', 'stale gap']);
    const stale = states.find(({ status }) => status === 'stale');
    expect(stale?.status === 'stale' && stale.since - since).toBeLessThan(1_200);
  });

  it('makes no book live while its source is not', () => {
    const { gateway, consumer, pass, watch, venue, witness } = relayRig();
    const { exchange } = gateway('A');
    const near = watch(exchange);
    const { claims, last } = watch(consumer());
    pass(3_000);
    venue.faults.inject('terminate');
    venue.faults.inject('refuseConnections', { for: 4_000 });
    pass(100);
    expect(near.last()?.status).toBe('stale');
    expect(last()).toMatchObject({ status: 'stale', reason: 'disconnected' });
    pass(30_000);

    expect(claims()).toEqual(['syncing', 'live', 'stale disconnected', 'live']);
    expect(witness.problems).toEqual([]);
  });

  it('makes no book live while its source lags, and has it as it stands when that has caught up', () => {
    const { gateway, consumer, pass, watch, venue, scheduler, witness } = relayRig();
    const backlog = new Backlog(venue.network, scheduler);
    gateway('A', undefined, { network: backlog.network, maxLag: 2_000 });
    const { claims, last } = watch(consumer());
    pass(3_000);
    backlog.delay(4_000);
    pass(10_000);
    expect(last()).toMatchObject({ status: 'stale', reason: 'disconnected' });
    backlog.delay(0);
    pass(6_000);

    expect(claims()).toEqual(['syncing', 'live', 'stale disconnected', 'live']);
    expect(witness.problems).toEqual([]);
  });

  it('is a message that can not be read, which is told with its place', () => {
    const { gateway, consumer, pass, watch, bus } = relayRig();
    gateway('A');
    const far = consumer();
    const faults: Fault[] = [];
    far.faults$.subscribe((fault) => faults.push(fault));
    const { claims } = watch(far);
    pass(3_000);
    bus.connect().subscribe((connection) => {
      connection.publish('millrace.1.binance-spot.A.book.BTCUSDT', 'no message');
    });
    pass(1_000);

    expect(faults).toContainEqual(
      expect.objectContaining({ type: 'decode', channel: 'book.BTCUSDT', raw: '"no message"' }),
    );
    expect(claims()).toEqual(['syncing', 'live', 'stale gap', 'live']);
  });

  it('is the bus, and comes back with it', () => {
    const { gateway, consumer, pass, watch, bus, witness } = relayRig();
    const { statuses } = gateway('A');
    const { claims } = watch(consumer());
    pass(3_000);
    bus.stop();
    pass(5_000);
    bus.start();
    pass(5_000);

    expect(claims()).toEqual(['syncing', 'live', 'stale disconnected', 'live']);
    expect(statuses.slice(0, 3)).toEqual(['connecting', 'ready', 'lost']);
    expect(statuses.at(-1)).toBe('ready');
    expect(witness.problems).toEqual([]);
  });
});

describe('gateways', () => {
  it('that end say so, and the next one is heard at once', () => {
    const { gateway, consumer, pass, watch, witness } = relayRig();
    const a = gateway('A');
    pass(2_000);
    const { claims, states } = watch(consumer());
    pass(2_000);
    gateway('B');
    pass(2_000);
    a.stop();
    pass(100);

    expect(claims()).toEqual(['syncing', 'live', 'stale disconnected', 'live']);
    expect(states.at(-1)?.status).toBe('live');
    expect(witness.problems).toEqual([]);
  });

  it('that are gone without a word are missed within three seconds', () => {
    const { gateway, consumer, pass, watch, witness } = relayRig();
    const a = gateway('A');
    pass(2_000);
    const { claims } = watch(consumer());
    pass(2_000);
    gateway('B');
    pass(1_000);
    a.kill();
    pass(3_000);

    expect(claims()).toEqual(['syncing', 'live', 'stale disconnected', 'live']);
    expect(witness.problems).toEqual([]);
  });

  it('of whom all are heard are not missed one by one', () => {
    const { gateway, consumer, pass, watch, witness } = relayRig();
    const a = gateway('A');
    const b = gateway('B');
    const { claims, states } = watch(consumer({ hear: 'all' }));
    pass(3_000);
    a.kill();
    pass(5_000);
    gateway('A');
    pass(7_000);
    b.kill();
    pass(5_000);

    expect(claims()).toEqual(['syncing', 'live']);
    expect(states.length).toBeGreaterThan(120);
    expect(witness.problems).toEqual([]);
  });

  it('of whom all are heard tell each trade once', () => {
    const { gateway, consumer, pass } = relayRig();
    const a = gateway('A', everything);
    gateway('B', everything);
    const trades: string[] = [];
    consumer({ hear: 'all' })
      .trades('BTCUSDT')
      .subscribe(({ id }) => trades.push(id));
    pass(4_000);
    a.kill();
    pass(4_000);

    expect(trades.length).toBeGreaterThan(20);
    expect(new Set(trades).size).toBe(trades.length);
    const ids = trades.map(Number);
    expect(ids).toEqual(ids.map((_, i) => Number(ids[0]) + i));
  });

  it('that can not be trusted are left for one who can', () => {
    const { gateway, consumer, pass, watch, witness, venue, scheduler } = relayRig();
    gateway('A', { book: ['BTCUSDT'] }, { streamsPerWire: 1 });
    pass(2_000);
    const { claims } = watch(consumer());
    pass(1_000);
    venue.faults.inject('terminate');
    venue.faults.inject('refuseConnections', { for: 20_000 });
    pass(1_000);
    expect(claims().at(-1)).toBe('stale disconnected');
    venue.faults.clear();
    gateway('B');
    pass(4_000);
    expect(claims().at(-1)).toBe('live');
    expect(scheduler.frame).toBeLessThan(10_000);
    expect(witness.problems).toEqual([]);
  });

  it('are asked by name where names are given', () => {
    const { gateway, consumer, pass, watch } = relayRig();
    gateway('A');
    const [one, other] = [watch(consumer({ gateways: ['B'] })), watch(consumer({ gateways: ['A', 'B'] }))];
    pass(3_000);
    expect([one.claims(), other.claims()]).toEqual([['syncing'], ['syncing', 'live']]);
  });

  it('tell where their wires stand, and their faults without what they quote', () => {
    const { gateway, consumer, pass, venue } = relayRig();
    gateway('A');
    const reports: GatewayReport[] = [];
    consumer()
      .gateways()
      .subscribe((report) => reports.push(report));
    pass(3_000);
    venue.faults.inject('corruptJson');
    pass(2_000);

    expect(reports).toContainEqual(
      expect.objectContaining({
        type: 'wires',
        gateway: 'A',
        wires: [expect.objectContaining({ wire: 'spot#1', status: 'ready' })],
      }),
    );
    expect(reports).toContainEqual(
      expect.objectContaining({ type: 'fault', gateway: 'A', fault: expect.objectContaining({ type: 'decode' }) }),
    );
    expect(JSON.stringify(reports)).not.toContain('"raw"');
  });

  it('put a long book into pieces', () => {
    const { consumer, pass, scheduler, bus } = relayRig();
    const lengths: number[] = [];
    bus.connect().subscribe((connection) => {
      connection.subscribe('millrace.1.binance-spot.A.book.LONG', ({ text }: BusMessage) => lengths.push(text.length));
    });
    // Together they take more than a message may have.
    const levels = Array.from({ length: 16_000 }, (_, i) => levelOf(`${50_000 - i}.00000000`, '1.00000000'));
    const snapshot: DepthSnapshot = {
      type: 'snapshot',
      instrument: 'LONG',
      sequence: 7,
      bids: levels,
      asks: [],
      receivedTime: 1,
    };
    const state$ = new BehaviorSubject<BookState>({ status: 'live', book: bookFrom(snapshot) });
    const event$ = new BehaviorSubject<DepthEvent>(snapshot);
    const exchange = {
      ...consumer(),
      book: () => state$,
      depth: () => event$,
    };
    relay(exchange, { bus, as: 'A', offer: { book: ['LONG'] }, scheduler, random: () => 0.5 }).subscribe();
    const states: BookState[] = [];
    consumer()
      .book('LONG')
      .subscribe((one) => states.push(one));
    pass(1_000);
    expect(states.at(-1)).toMatchObject({ status: 'live', book: { sequence: 7, bestBid: levels[0] } });
    const last = states.at(-1);
    expect(last?.status === 'live' && last.book.bids.slice()).toEqual(levels);

    const next: DepthSnapshot = { ...snapshot, sequence: 8, bids: levels.slice(1) };
    state$.next({ status: 'live', book: bookFrom(next) });
    event$.next(next);
    pass(1_000);
    expect(states.at(-1)).toMatchObject({ status: 'live', book: { sequence: 8, bestBid: levels[1] } });
    expect(lengths.filter((length) => length > 1_000)).toHaveLength(2);
    expect(Math.max(...lengths)).toBeLessThan(400_000);
  });
});

describe('a consumer that was held up', () => {
  it('takes for live nothing that is old', () => {
    const { bus, gateway, consumer, pass, watch, scheduler, witness } = relayRig();
    gateway('A');
    const own = troubled(bus);
    const far = consumer({ bus: own, maxLag: 1_000 });
    const losses: string[] = [];
    far.connection$.subscribe((state) => {
      if (state.status === 'lost') losses.push(state.text);
    });
    const { claims, states } = watch(far);
    pass(3_000);
    own.block();
    pass(2_000);
    const from = states.length;
    own.unblock();
    const [next] = states.slice(from);
    expect(next?.status).toBe('stale');
    expect(losses).toEqual([expect.stringMatching(/^messages of A come 1\d{3} ms late$/)]);
    pass(2_000);

    expect(claims()).toEqual(['syncing', 'live', 'stale disconnected', 'live']);
    const last = states.at(-1);
    expect(last?.status === 'live' && scheduler.now() - Number(last.book.venueTime)).toBeLessThan(500);
    expect(witness.problems).toEqual([]);
  });
});

describe('arguments', () => {
  const { gateway, consumer, bus } = relayRig();
  const { exchange } = gateway('A');

  it.each([
    ['no bus and no url', () => relayed({ venue: 'binance-spot' }), 'bus'],
    ['both', () => relayed({ venue: 'binance-spot', bus, url: 'ws://127.0.0.1:1' }), 'bus'],
    ['a url of another kind', () => relayed({ venue: 'binance-spot', url: 'http://127.0.0.1:1' }), 'url'],
    ['a venue that is no name', () => relayed({ venue: 'a.b', bus }), 'venue'],
    ['gateways that are no names', () => relayed({ venue: 'binance-spot', bus, gateways: ['*'] }), 'gateways'],
    ['no lag', () => relayed({ venue: 'binance-spot', bus, maxLag: 0 }), 'maxLag'],
    ['another way to hear', () => relayed({ venue: 'binance-spot', bus, hear: 'some' as 'all' }), 'hear'],
    ['an unknown option', () => relayed({ venue: 'binance-spot', bus, ['max']: 1 } as never), 'max'],
    ['a function', () => consumer().book('X', { audit: { compare: () => 1 } as never }), 'options'],
    ['no instrument', () => consumer().book(''), 'instrument'],
    ['a gateway without a name', () => relay(exchange, { bus, as: 'a b', offer: {} }), 'as'],
    ['an offer of nothing known', () => relay(exchange, { bus, as: 'A', offer: { orders: [] } as never }), 'offer'],
    [
      'an offer of a stream that there is not',
      () => relay(exchange, { bus, as: 'A', offer: { fills: ['X'] } as never }),
      'offer.fills',
    ],
    ['an offer that is no list', () => relay(exchange, { bus, as: 'A', offer: { book: 'X' } as never }), 'offer.book'],
    [
      'accounts',
      () =>
        relay({ ...exchange, fills: exchange.trades } as never, {
          bus,
          as: 'A',
          offer: { fills: [[['acc']]] },
        }),
      'instrument',
    ],
  ])('refuse %s', (_, call, field) => {
    expect(call).toThrow(expect.objectContaining({ name: 'InvalidArgumentError', field }));
  });
});
