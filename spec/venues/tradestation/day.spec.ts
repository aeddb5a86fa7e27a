import { inspect } from 'node:util';
import { type Observable, VirtualTimeScheduler, of, tap } from 'rxjs';
import { recorder } from '../../../lib/recording/recorder.js';
import { parseFaults, simulatedTradestation } from '../../../lib/simulation/index.js';
import { tradestation } from '../../../lib/venues/tradestation/index.js';

const HOUR = 3_600_000;
const ACCOUNT = 'SIM0000001M';

it('goes on over half a day of tokens of 20 minutes: none restarts a stream, each refresh token is kept before it is used, and none is told', () => {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedTradestation({
    scheduler,
    rotates: true,
    stepEvery: 9_900,
    depth: 5,
    activity: 2,
    accountActivity: 0.001,
    instruments: ['MSFT'],
    faults: [
      { fault: 'goAway', at: HOUR, every: 3 * HOUR, target: 'quotes/MSFT' },
      { fault: 'unauthorized', at: 2 * HOUR, every: 5 * HOUR, for: HOUR, count: 1 },
      { fault: 'failingSnapshot', at: 1_000_000, every: 4 * HOUR, target: 'oauth', status: 503 },
      { fault: 'terminate', at: 2 * HOUR + 1_000, every: 5 * HOUR },
    ],
  });
  const told: unknown[] = [];
  const stored: string[] = [];
  const used: string[] = [];
  const network = {
    ...venue.network,
    request: (request: Parameters<typeof venue.network.request>[0]) => {
      const token = new URLSearchParams(request.body ?? '').get('refresh_token');
      if (token !== null) used.push(token);
      return venue.network.request(request);
    },
  };
  const exchange = tradestation({
    login: {
      clientId: 'me',
      clientSecret: 'my-own-client-secret',
      refreshToken: 'simulated-refresh-token',
      store: (token) => of(token).pipe(tap((one) => stored.push(one))),
    },
    network,
    scheduler,
    random: () => 0.5,
  });
  exchange.faults$.subscribe((fault) => told.push(fault));
  exchange.connection$.subscribe((state) => told.push(state));
  const ends: unknown[] = [];
  let quotes = 0;
  let live = '';
  exchange.quote('MSFT').subscribe({
    next: () => {
      quotes += 1;
    },
    error: (error) => ends.push(error),
  });
  exchange.book('MSFT').subscribe({
    next: ({ status }) => {
      live = status;
    },
    error: (error) => ends.push(error),
  });
  exchange.positions([ACCOUNT]).subscribe({ error: (error) => ends.push(error) });
  exchange.orderStates([ACCOUNT]).subscribe({ error: (error) => ends.push(error) });
  scheduler.maxFrames = 12 * HOUR;
  scheduler.flush();

  expect(ends).toEqual([]);
  expect(quotes).toBeGreaterThan(1_000);
  expect(live).toBe('live');
  // A token every 15 minutes, and each refresh token but the first was kept before it was sent.
  expect(used.length).toBeGreaterThanOrEqual(45);
  expect(new Set(used.slice(1)).size).toBeGreaterThan(40);
  for (const token of used.slice(1)) expect(stored.includes(token) || token === 'simulated-refresh-token').toBe(true);
  // Lost by the plan alone: 4 announced ends, and 3 times every stream.
  const accepted = venue.stats().accepted;
  expect(accepted).toBeLessThan(4 + 4 + 4 * 3 + 8);
  expect(venue.stats().violations).toEqual([]);
  const shown = inspect(told, { depth: 10, maxArrayLength: null });
  for (const secret of [...venue.secrets(), 'my-own-client-secret']) expect(shown).not.toContain(secret);
  exchange.close();
  venue.close();
});

it('tells no secret in faults, errors, connection states, frames, values or recordings, whatever goes wrong', () => {
  const faults =
    'failingSnapshot@1s+9s,corruptJson@5s+5s,wrongTypes@20s+5s,unauthorized@3s,terminate@30s/15s,goAway@12s,halfLine@14s,refuseConnections@44s+4s,tooMany@58s';
  const scheduler = new VirtualTimeScheduler(undefined, 150_000);
  const venue = simulatedTradestation({
    scheduler,
    rotates: true,
    faults: parseFaults(faults),
    limits: { tokenLife: 30_000 },
    instruments: ['MSFT'],
  });
  const lines: string[] = [];
  const network = recorder(venue.network, {
    sink: (line) => lines.push(line),
    venue: 'tradestation',
    clock: scheduler,
  });
  const login = { clientId: 'me', clientSecret: 'my-own-client-secret', refreshToken: 'simulated-refresh-token' };
  const exchange = tradestation({ login, network, scheduler, random: () => 0.5 });
  const told: unknown[] = [];
  const tell = (value: unknown): void => {
    told.push(value instanceof Error ? [value.name, value.message, value.stack, value.cause] : value);
  };
  const all: readonly Observable<unknown>[] = [
    ...[exchange.connection$, exchange.faults$, exchange.socket, exchange.quote('MSFT'), exchange.depth('MSFT')],
    ...[exchange.orders([ACCOUNT]), exchange.positionEvents([ACCOUNT]), exchange.balances([ACCOUNT])],
    exchange.book('NOPE'),
  ];
  for (const told$ of all) told$.subscribe({ next: tell, error: tell });
  scheduler.flush();

  expect(Object.keys(venue.faults.applied()).sort()).toEqual(
    [...new Set(faults.split(',').map((part) => part.split('@')[0]))].sort(),
  );
  const text = JSON.stringify([told, lines, network.header()]);
  expect(lines.length).toBeGreaterThan(100);
  expect(venue.secrets().length).toBeGreaterThan(6);
  for (const secret of [...venue.secrets(), login.clientSecret]) expect(text).not.toContain(secret);
  exchange.close();
  venue.close();
});
