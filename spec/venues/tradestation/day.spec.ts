import { inspect } from 'node:util';
import { VirtualTimeScheduler, of, tap } from 'rxjs';
import { simulatedTradestation } from '../../../lib/simulation/index.js';
import { tradestation } from '../../../lib/venues/tradestation/index.js';

const HOUR = 3_600_000;
const ACCOUNT = 'SIM0000001M';

it('goes on over a day of tokens of 20 minutes: none restarts a stream, each refresh token is kept before it is used, and none is told', () => {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedTradestation({
    ...{ scheduler, rotates: true, stepEvery: 4_900, depth: 5, activity: 2, accountActivity: 0.001 },
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
    ...{ network, scheduler, random: () => 0.5 },
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
  exchange.orderBook([ACCOUNT]).subscribe({ error: (error) => ends.push(error) });
  scheduler.maxFrames = 24 * HOUR;
  scheduler.flush();

  expect(ends).toEqual([]);
  expect(quotes).toBeGreaterThan(1_000);
  expect(live).toBe('live');
  // A token every 15 minutes, and each refresh token but the first was kept before it was sent.
  expect(used.length).toBeGreaterThanOrEqual(90);
  expect(new Set(used.slice(1)).size).toBeGreaterThan(80);
  for (const token of used.slice(1)) expect(stored.includes(token) || token === 'simulated-refresh-token').toBe(true);
  // Lost by the plan alone: 8 announced ends, and 5 times every stream.
  const accepted = venue.stats().accepted;
  expect(accepted).toBeLessThan(4 + 8 + 4 * 5 + 8);
  expect(venue.stats().violations).toEqual([]);
  const shown = inspect(told, { depth: 10, maxArrayLength: null });
  for (const secret of [...venue.secrets(), 'my-own-client-secret']) expect(shown).not.toContain(secret);
  exchange.close();
  venue.close();
}, 120_000);
