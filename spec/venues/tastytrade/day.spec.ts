import { VirtualTimeScheduler, type Observable } from 'rxjs';
import { recorder } from '../../../lib/recording/recorder.js';
import { parseFaults, simulatedTastytrade } from '../../../lib/simulation/index.js';
import { fillsOf, tastytrade, type TastytradeAccount } from '../../../lib/venues/tastytrade/index.js';

const HOUR = 3_600_000;
const LOGIN = { clientSecret: 'simulated-client-secret', refreshToken: 'simulated-refresh-token' };

it('loses no message and no session in 24 hours over the lives of about a hundred tokens', () => {
  const scheduler = new VirtualTimeScheduler(undefined, 24 * HOUR);
  const venue = simulatedTastytrade({ seed: 5, scheduler, stepEvery: 30_000, activity: 0.03, latency: 10 });
  const exchange = tastytrade({
    accounts: ['5WT00000'],
    login: LOGIN,
    network: venue.network,
    scheduler,
    random: () => 0.5,
  });
  const connection: string[] = [];
  const faults: string[] = [];
  const sequences: number[] = [];
  let last: TastytradeAccount | undefined;
  exchange.connection$.subscribe(({ status }) => connection.push(status));
  exchange.faults$.subscribe(({ message }) => faults.push(message));
  exchange.notifications().subscribe(({ sequence }) => {
    if (sequence !== undefined) sequences.push(sequence);
  });
  exchange.account().subscribe((state) => {
    if (state.status === 'live') last = state.value;
  });

  scheduler.flush();

  expect([connection, faults]).toEqual([['connecting', 'ready'], []]);
  expect(venue.stats().violations).toEqual([]);
  expect(venue.stats().requests['/oauth/token']).toBeGreaterThan(95);
  const fills = [...(last?.orders.values() ?? [])].flatMap(({ order }) => fillsOf(order));
  expect(fills.length).toBeGreaterThan(500);
  // The answers to some heartbeats are numbered, too: what is told of the account has no two numbers alike, in order.
  expect(sequences).toEqual([...new Set(sequences)].sort((left, right) => left - right));
  const told = venue.stats().connections[0]?.sent ?? 0;
  const heartbeats = Math.floor((24 * HOUR) / 20_000);
  expect(sequences.length).toBeGreaterThanOrEqual(told - heartbeats - 10);
  exchange.close();
});

it('tells no secret in faults, errors, connection states, values or recordings, whatever goes wrong', () => {
  const faults =
    'failingToken@14s+6s,corruptJson@5s+5s,wrongTypes@20s+5s,tokenRefused@40s,terminate@30s/15s,anonymousError@0s,failingSnapshot@30s+30s,refuseConnections@46s+4s';
  const scheduler = new VirtualTimeScheduler(undefined, 120_000);
  const limits = { tokenLife: 30_000 };
  const venue = simulatedTastytrade({ seed: 2, scheduler, faults: parseFaults(faults), activity: 1, limits });
  const lines: string[] = [];
  const network = recorder(venue.network, { sink: (line) => lines.push(line), venue: 'tastytrade', clock: scheduler });
  const exchange = tastytrade({ accounts: ['5WT00000'], login: LOGIN, network, scheduler, random: () => 0.5 });
  const told: unknown[] = [];
  const tell = (value: unknown): void => {
    told.push(value instanceof Error ? [value.name, value.message, value.stack, value.cause] : value);
  };
  const all: readonly Observable<unknown>[] = [
    exchange.connection$,
    exchange.faults$,
    exchange.socket,
    exchange.events(),
    exchange.quoteAlerts(),
    exchange.publicWatchlists(),
  ];
  for (const told$ of all) told$.subscribe({ next: tell, error: tell });

  scheduler.flush();

  const struck = Object.keys(venue.faults.applied()).sort();
  expect(struck).toEqual([...new Set(faults.split(',').map((part) => part.split('@')[0]))].sort());
  const text = JSON.stringify([told, lines, network.header()]);
  expect(lines.length).toBeGreaterThan(50);
  expect(venue.tokens().length).toBeGreaterThan(3);
  for (const secret of [...venue.tokens(), LOGIN.clientSecret, LOGIN.refreshToken]) expect(text).not.toContain(secret);
  exchange.close();
});
