import { stage, subscribe } from '../rawClient.js';

const list = { method: 'LIST_SUBSCRIPTIONS', id: 1 };

describe('the limits of a simulated Binance', () => {
  it('messages per second: five are fine, six are not', () => {
    const { open, until, venue } = stage({ latency: 10 });
    const good = open('/ws');
    const bad = open('/ws');
    until(100);
    for (let count = 0; count < 5; count += 1) good.send(list);
    for (let count = 0; count < 6; count += 1) bad.send(list);
    until(1_100);
    for (let count = 0; count < 5; count += 1) good.send(list);
    until(3_000);

    expect(good.ended).toEqual([]);
    expect(good.frames).toHaveLength(10);
    expect(bad.ended).toMatchObject([{ code: 1008 }]);
    expect(venue.stats().violations).toMatchObject([{ limit: 'messagesPerSecond', connection: 2 }]);
    expect(venue.stats().connections.map(({ received, open: isOpen }) => [received, isOpen])).toEqual([
      [10, true],
      [6, false],
    ]);
  });

  it('messages per second: the pong to a ping counts', () => {
    const { open, until, venue } = stage({ limits: { pingEvery: 1_000, messagesPerSecond: 1 }, latency: 1 });
    const client = open('/ws');
    until(500);
    client.send(list);
    until(3_000);

    expect(client.signs.length).toBeGreaterThan(0);
    expect(client.ended).toMatchObject([{ code: 1008 }]);
    expect(venue.stats().violations).toHaveLength(1);
  });

  it('streams per connection, by message and by URL', () => {
    const { open, until, venue } = stage({ limits: { streamsPerConnection: 2 } });
    const names = ['btcusdt@trade', 'ethusdt@trade', 'btcusdt@depth'];
    const clients = [
      open('/ws', subscribe(...names)),
      open(`/stream?streams=${names.join('/')}`),
      open(`/stream?streams=${names.slice(1).join('/')}`, subscribe(...names.slice(1))),
    ];
    until(1_000);

    expect(clients.map(({ ended }) => ended[0]?.code)).toEqual([1008, 1008, undefined]);
    expect(venue.stats().violations.map(({ limit }) => limit)).toEqual([
      'streamsPerConnection',
      'streamsPerConnection',
    ]);
  });

  it('bytes per message, counted as UTF-8', () => {
    const { open, until, venue } = stage({ limits: { bytesPerMessage: 1_000 }, latency: 10 });
    const message = (letter: string, count: number): object => ({ ...list, note: letter.repeat(count) });
    const clients = [open('/ws', message('x', 900)), open('/ws', message('€', 320)), open('/ws', message('€', 300))];
    until(1_000);

    expect(clients.map(({ ended }) => ended[0]?.code)).toEqual([undefined, 1008, undefined]);
    expect(venue.stats().violations).toMatchObject([{ limit: 'bytesPerMessage', connection: 2 }]);
  });

  it('connection attempts within five minutes', () => {
    const { open, until, venue } = stage({ limits: { connections: 3 }, latency: 10 });
    const clients = [1, 2, 3, 4].map(() => open('/ws'));
    until(1_000);
    expect(clients.map(({ ended }) => ended[0]?.code)).toEqual([undefined, undefined, undefined, 429]);
    expect(venue.stats()).toMatchObject({ open: 3, accepted: 3, refused: 1 });

    until(301_000);
    const later = open('/ws');
    until(302_000);
    expect(later.ended).toEqual([]);
  });

  it('request weight: 429 with Retry-After, then 418, and free again in the end', () => {
    const { get, until, venue } = stage({ limits: { weightPerMinute: 12, refusalsBeforeBan: 1 } });
    const ask = (): { readonly status: number | undefined; readonly after: string | undefined } => {
      const answers = get('/api/v3/depth?symbol=BTCUSDT');
      until(venue.market.now() + 100);
      const { status, headers } = answers[0]?.response ?? {};
      return { status, after: headers?.['retry-after'] };
    };

    expect([ask(), ask()].map(({ status }) => status)).toEqual([200, 200]);
    expect(ask()).toEqual({ status: 429, after: '60' });
    expect(ask()).toEqual({ status: 418, after: '120' });
    until(125_000);
    expect(ask().status).toBe(200);
    expect(venue.stats().requests).toEqual({ '/api/v3/depth': 5 });
  });

  it('snapshots per second, where such a limit is set', () => {
    const { get, until, venue } = stage({ limits: { snapshotsPerSecond: 2 } });
    const answers = [1, 2, 3].map(() => get('/api/v3/depth?symbol=BTCUSDT'));
    until(100);

    expect(answers.map(([answer]) => answer?.response.status).sort()).toEqual([200, 200, 429]);
    expect(venue.stats().violations).toMatchObject([{ limit: 'snapshotsPerSecond' }]);
  });

  it('lifetime: told ten seconds ahead, then closed', () => {
    const { open, until } = stage({ limits: { lifetime: 60_000 } });
    const raw = open('/ws');
    const combined = open('/stream');
    until(61_000);

    expect(raw.frames).toHaveLength(1);
    expect(raw.frames[0]?.text).toMatch(/^\{"e":"serverShutdown","E":\d+\}$/);
    expect(combined.frames[0]?.text).toMatch(
      /^\{"stream":"!serverShutdown","data":\{"e":"serverShutdown","E":\d+\}\}$/,
    );
    expect((raw.ended[0]?.at ?? 0) - (raw.frames[0]?.at ?? 0)).toBeGreaterThan(9_900);
    expect(raw.ended).toMatchObject([{ code: 1001 }]);
  });

  it.each([
    ['spot', 3],
    ['usdm', 0],
  ] as const)('pings of %s in 70 s: %p', (market, pings) => {
    const { open, until } = stage({ market });
    const client = open('/public/ws'.slice(market === 'spot' ? 7 : 0));
    until(70_000);

    expect(client.signs).toHaveLength(pings);
    expect(client.ended).toEqual([]);
  });

  it('paths that are none are refused with 404', () => {
    const { open, until } = stage();
    const client = open('/elsewhere');
    until(100);

    expect(client.ended).toMatchObject([{ code: 404 }]);
  });
});
