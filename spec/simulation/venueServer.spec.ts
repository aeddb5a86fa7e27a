import { VirtualTimeScheduler } from 'rxjs';
import {
  type SimulatedCoinbaseConfig,
  type SimulatedKrakenConfig,
  type SimulatedOkxConfig,
  simulatedCoinbase,
  simulatedKraken,
  simulatedOkx,
} from '../../lib/simulation/index.js';
import { smallVenue } from './smallVenue.js';

describe('the server of a simulated venue', () => {
  it('lets in who the door lets in, and counts', () => {
    const { connect, venue } = smallVenue();

    connect();
    connect();
    connect('/elsewhere');

    const { open, accepted, refused, connections } = venue.stats();
    expect({ open, accepted, refused }).toEqual({ open: 2, accepted: 2, refused: 1 });
    expect(connections.map(({ id, url, sent }) => [id, url, sent])).toEqual([
      [1, '/open', 1],
      [2, '/open', 1],
    ]);
  });

  it.each([
    ['by a status', '/elsewhere', { refuse: 404 }],
    ["in the door's own words", '/teapot', { refuse: 418, body: 'short and stout' }],
    ['where the address is none', '//', { refuse: 404 }],
  ])('refuses %s', (_, url, refusal) => {
    expect(smallVenue().connect(url).refusal).toEqual(refusal);
  });

  it("writes a status in the venue's way", () => {
    const { connect } = smallVenue([], (status) => ({ refuse: status, body: `no: ${status}` }));

    expect(connect('/elsewhere').refusal).toEqual({ refuse: 404, body: 'no: 404' });
  });

  it('refuses by plan', () => {
    const { connect } = smallVenue([{ fault: 'refuseConnections', at: 0, count: 1, status: 429 }]);

    expect(connect().refusal).toEqual({ refuse: 429 });
    expect(connect().refusal).toBeUndefined();
  });

  it('says nothing to one that is closed as it opens', () => {
    const { connect, venue } = smallVenue([{ fault: 'acceptAndClose', at: 0, code: 1012 }]);

    expect(connect().met).toEqual(['close 1012']);
    expect(venue.stats()).toMatchObject({ open: 0, accepted: 1 });
  });

  it('strikes a newcomer with what lasts', () => {
    const { connect, until } = smallVenue([{ fault: 'silent', at: 0, for: 250 }]);
    const { met } = connect();

    until(400);

    expect(met).toEqual(['{"step":1}', '{"step":1}']);
  });

  it('lets the market go while somebody is connected, and no longer', () => {
    const { connect, venue, until, scheduler } = smallVenue();
    expect(venue.market.running).toBe(false);

    const [first, second] = [connect(), connect()];
    until(300);
    first.session?.closed();
    expect(venue.market.running).toBe(true);
    second.session?.closed();

    expect(venue.market.running).toBe(false);
    expect(first.met).toEqual(['hello', '{"step":1}', '{"step":1}', '{"step":1}']);
    expect(scheduler.actions).toEqual([]);
  });

  it('hurries through a burst, in which no other fault of one moment strikes', () => {
    const { connect, until } = smallVenue([
      { fault: 'burst', at: 100, count: 2 },
      { fault: 'terminate', at: 200 },
    ]);
    const { met } = connect();

    until(200);

    expect(met).toEqual(['hello', '{"hurried":1}', '{"hurried":1}', '{"step":1}', 'terminate']);
  });

  it('ends every connection when it closes, refuses from then on, and leaves no timer', () => {
    const { connect, venue, scheduler } = smallVenue();
    const { met } = connect();

    venue.close();

    expect(met).toEqual(['hello', 'close 1001']);
    expect(connect().refusal).toEqual({ refuse: 503 });
    expect(venue.stats()).toMatchObject({ open: 0, accepted: 1, refused: 1 });
    expect(scheduler.actions).toEqual([]);
  });

  it('notes requests by path, and limits gone over', () => {
    const { server, venue } = smallVenue();

    server.requested('/depth');
    server.requested('/depth');
    server.violated('weight');

    expect(venue.stats()).toMatchObject({ requests: { '/depth': 2 }, violations: [{ limit: 'weight', at: 0 }] });
  });

  const perSecond = { limits: { connectionsPerSecond: 2 } };
  const [okxOfTwo, krakenOfTwo, coinbaseOfTwo] = [
    (config: SimulatedOkxConfig) => simulatedOkx({ ...config, ...perSecond }),
    (config: SimulatedKrakenConfig) =>
      simulatedKraken({ ...config, limits: { connections: 2, connectionWindow: 1_000 } }),
    (config: SimulatedCoinbaseConfig) => simulatedCoinbase({ ...config, ...perSecond }),
  ];

  it.each([
    ['OKX', okxOfTwo, 'wss://ws.okx.com/ws/v5/public', 'connectionsPerSecond'],
    ['Kraken', krakenOfTwo, 'wss://ws.kraken.com/v2', 'connections'],
    ['Coinbase', coinbaseOfTwo, 'wss://advanced-trade-ws.coinbase.com/', 'connectionsPerSecond'],
  ] as const)('of %s refuses who asks for connections too often', (_, simulated, url, limit) => {
    const scheduler = new VirtualTimeScheduler(undefined, 3_000);
    const venue = simulated({ scheduler, latency: 0 });
    const refused: number[] = [];
    const ask = (): void => {
      venue.network.open({ url }).subscribe({ error: () => refused.push(scheduler.now()) });
    };

    for (let count = 0; count < 3; count += 1) ask();
    scheduler.schedule(ask, 1_500);
    scheduler.flush();

    expect(refused).toEqual([0]);
    expect(venue.stats()).toMatchObject({ accepted: 3, refused: 1, violations: [{ limit }] });
  });
});
