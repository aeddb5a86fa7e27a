import { type Observable, Subject } from 'rxjs';
import { cliVenues } from '../../../lib/cli/venues/venues.js';
import type { CliVenue } from '../../../lib/cli/venues/cliVenue.js';
import type { Exchange } from '../../../lib/index.js';
import { type OwnStreams, memoryBus, relay } from '../../../lib/relay/index.js';
import { fakeNetwork } from '../../../lib/testing/index.js';

const markets = cliVenues.flatMap((venue) => venue.markets.map((market) => [venue.name, market, venue] as const));

const askedOf = ({ channels, unrelayed = [], instrument, intervals }: CliVenue, market: string) =>
  channels
    .filter((channel) => !unrelayed.includes(channel))
    .map((channel) => ({ channel, instrument, interval: intervals(market)[0] ?? '1m' }));

beforeAll(() => {
  process.env['TASTYTRADE_CLIENT_SECRET'] = process.env['TASTYTRADE_REFRESH_TOKEN'] = 'unused';
});
afterAll(() => {
  delete process.env['TASTYTRADE_CLIENT_SECRET'];
  delete process.env['TASTYTRADE_REFRESH_TOKEN'];
});

describe.each(markets)('%s %s', (_, market, venue) => {
  const options = { market, instrument: venue.instrument, network: fakeNetwork() };

  it('has a gateway offer what each channel is shown by', () => {
    const asked = askedOf(venue, market);
    for (const one of asked) expect([one.channel, venue.calls(options, [one])]).not.toEqual([one.channel, {}]);
    const exchange = venue.connect(options);
    const offering = (): unknown =>
      relay<Exchange, OwnStreams>(exchange, {
        bus: memoryBus(),
        as: 'A',
        streams: venue.streams,
        offer: venue.calls(options, asked),
      });
    expect(offering).not.toThrow();
    exchange.close();
  });

  it('shows by those streams what another process holds', () => {
    const asked = askedOf(venue, market);
    const calls = venue.calls(options, asked);
    const feed = venue.relayed({ market }, { venue: 'x', bus: memoryBus() });
    const heard = new Subject<unknown>();
    for (const { channel, instrument, interval } of asked) {
      const shown$: Observable<unknown> | undefined =
        channel === 'candles'
          ? feed.candles(instrument, interval)
          : channel === 'book' || channel === 'trades' || channel === 'quotes' || channel === 'ticker'
            ? feed[channel](instrument)
            : feed.table?.(instrument, channel);
      shown$?.subscribe(heard).unsubscribe();
    }
    feed.close();
    expect(Object.keys(calls).length).toBeGreaterThan(0);
  });
});

it('has the trades of the library beside those that are shown', () => {
  const binance = cliVenues.find(({ name }) => name === 'binance');
  const calls = binance?.calls({ market: 'spot' }, [{ channel: 'trades', instrument: 'X', interval: '1m' }]);
  expect(calls).toEqual({ aggregateTrades: [['X']], trades: [['X']] });
});
