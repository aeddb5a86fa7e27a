import { VirtualTimeScheduler } from 'rxjs';
import type { Network } from '../../../lib/network/network.js';
import { simulatedDxLink, simulatedTastytrade } from '../../../lib/simulation/index.js';
import { marketData, tastytrade } from '../../../lib/venues/tastytrade/index.js';

const LOGIN = { clientSecret: 'simulated-client-secret', refreshToken: 'simulated-refresh-token' };

it('asks for a token before each attempt and ahead of its end, and streams quotes with it', () => {
  const scheduler = new VirtualTimeScheduler(undefined, 400_000);
  const dxlinkUrl = 'wss://quotes.example/realtime';
  const life = 90_000;
  const venue = simulatedTastytrade({ scheduler, dxlinkUrl, limits: { quoteTokenLife: life } });
  const quotes = simulatedDxLink({
    scheduler,
    tokens: (token) => (venue.isQuoteToken(token) ? scheduler.now() + life : undefined),
  });
  const opened: string[] = [];
  const network: Network = {
    request: (request) => venue.network.request(request),
    open: (endpoint) => {
      opened.push(endpoint.url);
      return quotes.network.open(endpoint);
    },
  };
  const account = tastytrade({ accounts: ['5WT00000'], login: LOGIN, network, scheduler, random: () => 0.5 });
  const data = marketData(account, { network, scheduler, random: () => 0.5, renewAhead: 86_340_000 });
  const bids: (number | undefined)[] = [];
  const statuses: string[] = [];
  data.connection$.subscribe(({ status }) => statuses.push(status));

  data.quotes(quotes.market.symbols[0] ?? '').subscribe(({ bid }) => bids.push(bid?.price));
  scheduler.schedule(() => quotes.faults.inject('terminate'), 10_000);
  scheduler.flush();

  expect(opened).toEqual([dxlinkUrl, dxlinkUrl]);
  expect(bids.length).toBeGreaterThan(100);
  expect(statuses.filter((status) => status === 'lost')).toHaveLength(1);
  // A token is taken to be good for a day: this far ahead of its end, it is renewed every minute.
  expect(venue.stats().requests['/api-quote-tokens']).toBeGreaterThanOrEqual(6);
  expect(venue.stats().accepted).toBe(0);
  data.close();
  account.close();
});
