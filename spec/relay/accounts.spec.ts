import { createHash } from 'node:crypto';
import { NEVER, type Observable, map } from 'rxjs';
import type { AccountEvent, AccountState, Fault } from '../../lib/index.js';
import { Bridge } from '../../lib/relay/bridge/bridge.js';
import {
  type Bus,
  type BusMessage,
  type GatewayReport,
  type MemoryBusOptions,
  type Relayed,
  type RelayedOptions,
  memoryBus,
  relay,
  relayed,
} from '../../lib/relay/index.js';
import { encoded } from '../../lib/relay/wire/plain.js';
import { random } from '../../lib/simulation/random.js';
import type { TastytradeAccount, TastytradeExchange } from '../../lib/venues/tastytrade/index.js';
import { virtualDay } from '../support/chaosClock.js';
import { type TroubledBus, troubled } from '../support/relayTrouble.js';
import * as rigs from './support/accountRig.js';

/** Of which the simulated venues tell no events. */
const QUIET = ['complexOrders', 'tradingStatus'];

type Call = (...args: readonly unknown[]) => Observable<unknown>;

/** A stream that is called on an exchange by name. */
const stream = (exchange: object, method: string, args: readonly unknown[]): Observable<unknown> =>
  (exchange as Readonly<Record<string, Call | undefined>>)[method]?.(...args) ?? NEVER;

const textOf = (value: unknown): string => JSON.stringify(encoded(value));
/** Short enough to be read where two differ. */
const digestOf = (value: unknown): string => {
  const text = textOf(value);
  return `${text.slice(0, 60)} ${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
};

/** A bus that notes what is said on it. */
const tapped = (bus: Bus, said: BusMessage[]): Bus => ({
  connect: () =>
    bus.connect().pipe(
      map((connection) => ({
        inbox: connection.inbox,
        flush: () => connection.flush(),
        subscribe: (subject, heard) => connection.subscribe(subject, heard),
        publish: (subject, text, reply) => {
          said.push({ subject, text, reply });
          connection.publish(subject, text, reply);
        },
      })),
    ),
});

const venues = [
  ['tastytrade', rigs.tastytradeRig, rigs.tastytradeStreams, [rigs.TASTYTRADE_ACCOUNT]],
  ['tradestation', rigs.tradestationRig, rigs.tradestationStreams, [[rigs.TRADESTATION_ACCOUNT]]],
  ['tplus', rigs.tplusRig, rigs.tplusStreams, []],
  ['o2', rigs.o2Rig, rigs.o2Streams, [rigs.O2_ACCOUNT]],
] as const;

describe.each(venues)('an account of %s', (name, rig, streams, args) => {
  const account: Readonly<Record<string, string>> = streams.account;
  const methodsOf = (kind: string): readonly string[] => Object.keys(account).filter((one) => account[one] === kind);
  const calls = [...args];

  const run = (methods: readonly string[]) => {
    const { scheduler, pass } = virtualDay();
    const around = { scheduler, random: random(5) };
    const { exchange, venue } = rig(around);
    const bus = memoryBus({ scheduler, latency: () => 2 });
    const offer = Object.fromEntries(methods.map((method) => [method, [calls]]));
    relay(exchange, { bus, as: 'A', offer: offer, streams, ...around }).subscribe();
    const far = relayed({ bus, venue: name, streams, ...around });
    return { pass, exchange, venue, far };
  };

  it.each(methodsOf('states'))('has the same states: %s', (method) => {
    const { pass, exchange, far } = run([method]);
    const heard = (of: object): string[] => {
      const states: string[] = [];
      // One that changed nothing is told once.
      const tell = (state: unknown): void => {
        const digest = digestOf(state);
        if (digest !== states.at(-1)) states.push(digest);
      };
      stream(of, method, calls).subscribe(tell);
      return states;
    };
    const ours = heard(exchange);
    const theirs = heard(far);
    pass(20_000);
    const told = theirs.slice(1);
    const from = ours.indexOf(told[0] ?? '');

    expect(theirs[0]).toBe(digestOf({ status: 'syncing' }));
    expect(told.length).toBeGreaterThan(4);
    expect(told).toEqual(ours.slice(from, from + told.length));
    // The last may be on its way.
    expect(ours.length - from - told.length).toBeLessThan(2);
  });

  it.each(methodsOf('events'))('has the same events, from reset to snapshot: %s', (method) => {
    const { pass, exchange, far } = run([method]);
    const heard = (of: object): AccountEvent<unknown, unknown>[] => {
      const events: AccountEvent<unknown, unknown>[] = [];
      stream(of, method, calls).subscribe((event) => events.push(event as AccountEvent<unknown, unknown>));
      return events;
    };
    const theirs = heard(far);
    const ours = heard(exchange);
    pass(20_000);
    // Ours begin with the wire, theirs with the joining.
    const told = (events: readonly AccountEvent<unknown, unknown>[]): readonly string[] =>
      events.filter(({ type }) => type === 'event').map(({ at, ...event }) => digestOf(event));
    const [near, there] = [told(ours), told(theirs)];
    const from = near.indexOf(there[0] ?? '');

    expect(theirs.find(({ type }) => type !== 'event')?.type).toBe('reset');
    expect(theirs.map(({ type }) => type)).toContain('snapshot');
    expect(there.length > 1).toBe(!QUIET.includes(method));
    expect(there).toEqual(near.slice(from, from + there.length));
    expect(near.length - from - there.length).toBeLessThan(2);
  });
});

/** tastytrade's account, on a bus, in virtual time. */
function account(options: Omit<MemoryBusOptions, 'scheduler'> = {}) {
  const { scheduler, pass } = virtualDay();
  const { exchange, venue } = rigs.tastytradeRig({ scheduler, random: random(9) });
  const bus = memoryBus({ scheduler, latency: () => 2, ...options });
  const said: BusMessage[] = [];
  const around = { scheduler, random: random(3) };
  const gateway = (
    as: string,
    of: TastytradeExchange = exchange,
    accounts: Readonly<Record<string, string>> = { main: rigs.TASTYTRADE_ACCOUNT },
    called = 'main',
  ): { readonly stop: () => void; readonly kill: () => void } => {
    const own: TroubledBus = troubled(tapped(bus, said));
    const running = relay(of, {
      bus: own,
      as,
      streams: rigs.tastytradeStreams,
      accounts,
      offer: { account: [[called]], orders: [[called]] },
      ...around,
    }).subscribe();
    return {
      stop: () => running.unsubscribe(),
      kill: () => {
        own.cut();
        running.unsubscribe();
      },
    };
  };
  const consumer = (
    more: Pick<RelayedOptions, 'hear'> = {},
  ): Relayed<TastytradeExchange, typeof rigs.tastytradeStreams> =>
    relayed<TastytradeExchange, typeof rigs.tastytradeStreams>({
      bus,
      venue: 'tastytrade',
      streams: rigs.tastytradeStreams,
      ...around,
      ...more,
    });
  const watch = (far: Pick<TastytradeExchange, 'account'>, called = 'main') => {
    const states: AccountState<TastytradeAccount>[] = [];
    far.account(called).subscribe({ next: (state) => states.push(state), error: () => undefined });
    return {
      states,
      last: () => states.at(-1),
      claims: () => {
        const claims = states.map((state) => (state.status === 'stale' ? `stale ${state.reason}` : state.status));
        return claims.filter((claim, i) => claim !== claims[i - 1]);
      },
    };
  };
  return { scheduler, pass, exchange, venue, bus, said, around, gateway, consumer, watch };
}

describe('trust in a relayed account', () => {
  it('goes and comes with that of the gateway', () => {
    const { pass, venue, gateway, consumer, watch, exchange } = account();
    gateway('A');
    const far = watch(consumer());
    const near = watch(exchange, rigs.TASTYTRADE_ACCOUNT);
    pass(5_000);
    venue.faults.inject('terminate');
    venue.faults.inject('refuseConnections', { for: 5_000 });
    // One way is 4 ms; nothing that is said to be live is older.
    for (let ms = 0; ms < 20_000; ms += 5) {
      const isStale = near.last()?.status === 'stale';
      pass(5);
      if (isStale && near.last()?.status === 'stale') expect(far.last()?.status).toBe('stale');
    }

    expect(far.claims().slice(0, 4)).toEqual(['syncing', 'live', expect.stringMatching(/^stale/), 'live']);
    expect(textOf(far.last()) === textOf(near.last()).replaceAll(rigs.TASTYTRADE_ACCOUNT, 'main')).toBe(true);
  });

  it('is none for who hears events and comes late, while the gateway has none', () => {
    const { pass, venue, gateway, consumer } = account();
    gateway('A');
    const far = consumer();
    far.orders('main').subscribe();
    pass(5_000);
    venue.faults.inject('terminate');
    venue.faults.inject('refuseConnections', { for: 5_000 });
    pass(30);
    const late: string[] = [];
    far.orders('main').subscribe(({ type }) => late.push(type));
    expect(late).toEqual([]);
    pass(30_000);
    expect(late.slice(0, 2)).toEqual(['reset', 'snapshot']);
  });

  it('ends with a message that is lost, until it is joined again', () => {
    let loses = false;
    const { pass, gateway, consumer, watch } = account({
      loses: ({ text }) => loses && text.includes('"t":"a"') && !(loses = false),
    });
    gateway('A');
    const far = consumer();
    const events: AccountEvent<unknown, unknown>[] = [];
    far.orders('main').subscribe((event) => events.push(event));
    const { claims } = watch(far);
    pass(5_000);
    loses = true;
    pass(30_000);

    expect(
      claims()
        .filter((claim) => claim.startsWith('stale'))
        .every((claim) => claim === 'stale gap'),
    ).toBe(true);
    const told = events.filter(({ type }) => type !== 'event');
    expect([claims().at(-1), told.length > 2 || claims().length > 2]).toEqual(['live', true]);
    const reasons = told.flatMap((event) => (event.type === 'reset' ? [event.reason] : []));
    expect(reasons.slice(1).every((reason) => reason === 'gap')).toBe(true);
  });

  it('ends with the gateway, and comes with another one', () => {
    const { pass, gateway, consumer, watch, around } = account();
    const a = gateway('A');
    const far = watch(consumer());
    pass(5_000);
    expect(far.claims()).toEqual(['syncing', 'live']);
    a.stop();
    pass(10);
    expect(far.claims()).toEqual(['syncing', 'live', 'stale closed']);
    const b = gateway('B', rigs.tastytradeRig(around).exchange);
    pass(10_000);
    expect(far.last()?.status).toBe('live');
    b.kill();
    pass(3_000);
    expect(far.claims().at(-1)).toBe('stale silent');
  });

  it('ends with the bus, and comes back with it', () => {
    const { pass, bus, gateway, consumer, watch } = account();
    gateway('A');
    const far = consumer();
    const { claims } = watch(far);
    const types: string[] = [];
    far.orders('main').subscribe((event) => types.push(event.type === 'reset' ? event.reason : event.type));
    pass(5_000);
    bus.stop();
    expect(claims()).toEqual(['syncing', 'live', 'stale failed']);
    bus.start();
    pass(10_000);
    expect(claims().slice(0, 4)).toEqual(['syncing', 'live', 'stale failed', 'live']);
    expect(types.filter((type) => type !== 'event')).toEqual(['connected', 'snapshot', 'reconnected', 'snapshot']);
  });

  it('is in one gateway at a time, whatever is heard of books', () => {
    const { pass, gateway, consumer, watch, around } = account();
    const a = gateway('A');
    gateway('B', rigs.tastytradeRig(around).exchange);
    const far = watch(consumer({ hear: 'all' }));
    pass(6_000);
    expect(far.claims()).toEqual(['syncing', 'live']);
    a.stop();
    pass(6_000);
    expect(far.last()?.status).toBe('live');
  });
});

describe('the bus', () => {
  it('hears neither the number of an account that has a name, nor any secret', () => {
    const { pass, venue, said, gateway, consumer, watch } = account();
    gateway('A');
    const far = consumer();
    const { last } = watch(far);
    const reports: GatewayReport[] = [];
    far.gateways().subscribe((report) => reports.push(report));
    pass(5_000);
    venue.faults.inject('corruptJson');
    venue.faults.inject('terminate');
    venue.faults.inject('failingSnapshot', { for: 2_000 });
    pass(30_000);

    const text = JSON.stringify(said);
    expect(said.length).toBeGreaterThan(50);
    expect(text).not.toContain(rigs.TASTYTRADE_ACCOUNT);
    for (const secret of ['simulated-client-secret', 'simulated-refresh-token', 'Bearer'])
      expect(text).not.toContain(secret);
    expect(reports.some(({ type }) => type === 'fault')).toBe(true);
    const state = last();
    expect(state?.status === 'live' && state.value.account).toBe('main');
  });

  it('has accounts, and all that tells of them, under a prefix of their own', () => {
    const { pass, said, gateway, consumer, watch } = account();
    gateway('A');
    const far = consumer();
    watch(far);
    pass(5_000);
    const subjects = [...new Set(said.map(({ subject }) => subject))].filter((one) => !one.startsWith('inbox'));
    expect(subjects.sort()).toEqual([
      'millrace-account.1.tastytrade.A.account.main',
      'millrace-account.1.tastytrade.A.orders.main',
      'millrace-account.1.tastytrade.A.status',
    ]);
    expect(far.plan().flatMap(({ channels }) => channels)).toEqual(['account.account.main']);
  });

  it('has an account by its number where it has no name', () => {
    const { pass, gateway, consumer, watch, exchange } = account();
    gateway('A', exchange, {}, rigs.TASTYTRADE_ACCOUNT);
    const far = watch(consumer(), rigs.TASTYTRADE_ACCOUNT);
    pass(5_000);
    const state = far.last();
    expect(state?.status === 'live' && state.value.account).toBe(rigs.TASTYTRADE_ACCOUNT);
  });

  it('has no account that was not offered', () => {
    const { pass, bus, exchange, around, consumer, watch } = account();
    relay<TastytradeExchange, typeof rigs.tastytradeStreams>(exchange, {
      bus,
      as: 'A',
      offer: {},
      streams: rigs.tastytradeStreams,
      ...around,
    }).subscribe();
    const far = consumer();
    const faults: Fault[] = [];
    far.faults$.subscribe((fault) => faults.push(fault));
    const { claims } = watch(far, rigs.TASTYTRADE_ACCOUNT);
    pass(12_000);
    expect(claims()).toEqual(['syncing']);
    expect(faults[0]?.message).toContain('no gateway serves it');
  });
});

describe('accounts by WebSocket', () => {
  const bus = memoryBus();
  const subject = 'hear millrace-account.1.tastytrade.A.account.main';

  const heardBy = (options: ConstructorParameters<typeof Bridge>[1]): readonly number[] => {
    const { scheduler, pass } = virtualDay();
    const codes: number[] = [];
    const bridge = new Bridge(memoryBus({ scheduler }), { scheduler, random: () => 0.5, ...options });
    pass(100);
    const client = bridge.accept(
      { url: '/?token=secret', headers: {} },
      { send: () => undefined, close: (code) => codes.push(code) },
    );
    if ('receive' in client) client.receive(subject);
    return codes;
  };

  it('are heard where that is granted, by whoever has the token', () => {
    expect(heardBy({ token: 'secret' })).toEqual([1008]);
    expect(heardBy({ token: 'secret', accounts: true })).toEqual([]);
  });

  it('take a token', () => {
    expect(() => new Bridge(bus, { accounts: true })).toThrow(expect.objectContaining({ field: 'token' }));
  });
});

describe('arguments of accounts', () => {
  const { bus, exchange } = account();
  const offering =
    (offer: object, accounts: Readonly<Record<string, string>> = {}) =>
    () =>
      relay(exchange, { bus, as: 'A', streams: rigs.tastytradeStreams, accounts, offer });

  it.each([
    ['a name that is none', offering({}, { 'a b': '1' }), 'accounts'],
    ['a number that is none', offering({}, { main: '' }), 'accounts.main'],
    ['one account by two names', offering({}, { a: '1', b: '1' }), 'accounts'],
    ["a name that is another's number", offering({}, { a: '1', b: 'a' }), 'accounts.a'],
    ['a stream that is not relayed', offering({ quoteToken: [[]] }), 'offer'],
    [
      'a stream without its table',
      () => relay(exchange, { bus, as: 'A', offer: { account: [['X']] } as never }),
      'offer',
    ],
  ])('refuse %s', (_, call, field) => {
    expect(call).toThrow(expect.objectContaining({ name: 'InvalidArgumentError', field }));
  });
});
