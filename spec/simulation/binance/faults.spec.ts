import { parseFaults } from '../../../lib/simulation/index.js';
import { stage, subscribe, type RawClient, type Stage } from '../rawClient.js';

const DEPTH = 'btcusdt@depth@100ms';

function heard(faults: string, more: Parameters<typeof stage>[0] = {}): Stage & { readonly client: RawClient } {
  const made = stage({ faults: parseFaults(faults), seed: 6, activity: 10, ...more });
  return { ...made, client: made.open('/stream', subscribe(DEPTH)) };
}

interface Diff {
  readonly U: number;
  readonly u: number;
  readonly b: readonly (readonly [string, string])[];
}
interface Ids {
  readonly lastUpdateId: number;
}
/** Diffs that can be read, with the places where one does not follow the other. */
function diffs(client: RawClient): { readonly list: Diff[]; readonly breaks: number[]; readonly unread: string[] } {
  const list: Diff[] = [];
  const unread: string[] = [];
  for (const text of client.texts()) {
    try {
      const { data } = JSON.parse(text) as { data?: Diff };
      if (data !== undefined) list.push(data);
    } catch {
      unread.push(text);
    }
  }
  const breaks = list.flatMap(({ U }, index) => (index > 0 && U !== (list[index - 1]?.u ?? 0) + 1 ? [index] : []));
  return { list, breaks, unread };
}

describe('faults of frames', () => {
  it('none: every diff follows the one before', () => {
    const { client, until } = heard('');
    until(5_000);

    expect(diffs(client).list.length).toBeGreaterThan(40);
    expect(diffs(client).breaks).toEqual([]);
  });

  it('drop: one diff is missing', () => {
    const { client, until, venue } = heard('drop@2s');
    until(5_000);
    const { list, breaks } = diffs(client);

    expect(breaks).toHaveLength(1);
    expect(list[breaks[0] ?? 0]?.U).toBeGreaterThan((list[(breaks[0] ?? 0) - 1]?.u ?? 0) + 1);
    expect(venue.faults.applied()).toEqual({ drop: 1 });
  });

  it('drop on USD-M: the link to the one before is broken', () => {
    const { open, until } = stage({ market: 'usdm', activity: 10, faults: parseFaults('drop@2s') });
    const client = open('/public/stream', subscribe(DEPTH));
    until(5_000);
    const links = client
      .texts()
      .slice(1)
      .map((text) => (JSON.parse(text) as { data: { pu: number; u: number } }).data);

    expect(links.slice(1).filter(({ pu }, index) => pu !== links[index]?.u)).toHaveLength(1);
  });

  it('drop strikes one connection: another one misses nothing', () => {
    const { client, open, until } = heard('drop@2s');
    const other = open('/stream', subscribe(DEPTH));
    until(5_000);

    expect([client, other].map((each) => diffs(each).breaks.length).sort()).toEqual([0, 1]);
  });

  it('duplicate: one diff comes twice', () => {
    const { client, until } = heard('duplicate@2s');
    until(5_000);
    const { list, breaks } = diffs(client);

    expect(breaks).toHaveLength(1);
    expect(list[breaks[0] ?? 0]).toEqual(list[(breaks[0] ?? 0) - 1]);
  });

  it('reorder: two diffs have changed places, and none is missing', () => {
    const { client, until } = heard('reorder@2s');
    until(5_000);
    const { list, breaks } = diffs(client);
    const sorted = [...list].sort((left, right) => left.u - right.u);

    expect(breaks).toHaveLength(3);
    expect(sorted.slice(1).every(({ U }, index) => U === (sorted[index]?.u ?? 0) + 1)).toBe(true);
  });

  it('corruptJson: one frame is no JSON, and its diff is lost', () => {
    const { client, until } = heard('corruptJson@2s');
    until(5_000);

    expect(diffs(client).unread).toHaveLength(1);
    expect(diffs(client).breaks).toHaveLength(1);
  });

  it('wrongTypes: one frame has a field of another type', () => {
    const { client, until } = heard('wrongTypes@2s');
    until(5_000);
    const shapes = diffs(client).list.map((diff) =>
      JSON.stringify(Object.values(diff).map((value) => [typeof value, Array.isArray(value)])),
    );
    const usual = shapes[0];

    expect(shapes.filter((shape) => shape !== usual)).toHaveLength(1);
  });

  it('crossedBook: one diff holds a bid above the best ask, the true book does not', () => {
    const { client, until, venue } = heard('crossedBook@2s');
    until(5_000);
    const crossing = diffs(client).list.filter(({ u, b }) => {
      const ask = Number(venue.market.trueBook('BTCUSDT', u)?.asks[0]?.[0]);
      return b.some(([price, size]) => Number(size) > 0 && Number(price) >= ask);
    });

    expect(crossing).toHaveLength(1);
    expect(diffs(client).breaks).toEqual([]);
    for (const { b } of crossing) expect(new Set(b.map(([price]) => price)).size).toBe(b.length);
    for (const { u } of diffs(client).list) {
      const { bids, asks } = venue.market.trueBook('BTCUSDT', u) ?? { bids: [], asks: [] };
      expect(Number(bids[0]?.[0])).toBeLessThan(Number(asks[0]?.[0]));
    }
  });

  it('burst: many frames at one instant, none missing', () => {
    const { client, until, venue } = heard('burst@2sx40', { latency: 1 });
    until(5_000);
    const byTime = new Map<number, number>();
    for (const { at } of client.frames) byTime.set(at, (byTime.get(at) ?? 0) + 1);

    expect(Math.max(...byTime.values())).toBeGreaterThanOrEqual(38);
    expect(diffs(client).breaks).toEqual([]);
    expect(venue.faults.applied()).toEqual({ burst: 1 });
    expect(client.frames.filter(({ at }) => at > 2_300).length).toBeGreaterThan(20);
  });

  it('several at once: each is told, and leaves its mark', () => {
    const { client, until, venue } = heard('drop@2s,duplicate@2s,corruptJson@3s,crossedBook@3s');
    until(6_000);

    expect(venue.faults.applied()).toEqual({ drop: 1, duplicate: 1, corruptJson: 1, crossedBook: 1 });
    expect(diffs(client).breaks.length).toBeGreaterThan(0);
    expect(diffs(client).unread).toHaveLength(1);
  });

  it('by hand, again and again', () => {
    const { client, until, venue } = heard('drop@2s/1s');
    until(5_500);
    venue.faults.clear();
    venue.faults.inject('duplicate', { target: 'btcusdt' });
    until(8_000);

    expect(venue.faults.applied()).toEqual({ drop: 4, duplicate: 1 });
    expect(diffs(client).breaks).toHaveLength(5);
  });
});

describe('faults of connections', () => {
  it('refuseConnections: refused with a status while it lasts', () => {
    const { client, open, until } = heard('refuseConnections=502@0s+1s');
    until(1_500);
    const later = open('/ws');
    until(2_000);

    expect(client.ended).toMatchObject([{ code: 502 }]);
    expect(client.opened).toEqual([]);
    expect(later.opened).toHaveLength(1);
  });

  it('acceptAndClose: opened, and closed at once', () => {
    const { client, until, scheduler, venue } = heard('acceptAndClose=1001@0s');
    until(2_000);

    expect(client.opened).toHaveLength(1);
    expect(client.ended).toMatchObject([{ code: 1001 }]);
    expect(venue.stats().open).toBe(0);
    expect(scheduler.actions).toHaveLength(0);
  });

  it('closeCleanly and terminate: ended with the code given, and without a handshake', () => {
    const closed = heard('closeCleanly=1012@2s');
    const broken = heard('terminate@2s');
    closed.until(5_000);
    broken.until(5_000);

    expect(closed.client.ended).toMatchObject([{ code: 1012 }]);
    expect(broken.client.ended).toMatchObject([{ code: 1006 }]);
    expect(closed.client.frames.length).toBeGreaterThan(10);
  });

  it('silent for a while: nothing meanwhile, diffs missing afterwards, commands obeyed all along', () => {
    const { client, until, venue } = heard('silent@2s+1s');
    until(2_500);
    client.send(subscribe('ethusdt@trade'));
    until(6_000);

    expect(client.frames.filter(({ at }) => at > 2_100 && at < 3_000)).toEqual([]);
    expect(diffs(client).breaks.length).toBeGreaterThan(0);
    expect(client.frames.at(-1)?.at).toBeGreaterThan(5_500);
    expect(venue.stats().connections[0]?.subscriptions).toEqual([DEPTH, 'ethusdt@trade']);
  });

  it('silent for good: nothing more on this connection, pings included, and all is well on the next', () => {
    const { client, open, until } = heard('silent@2s');
    until(3_500);
    const next = open('/stream', subscribe(DEPTH));
    until(60_000);

    expect(client.frames.at(-1)?.at).toBeLessThan(2_200);
    expect(client.signs).toEqual([]);
    expect(client.ended).toEqual([]);
    expect(next.frames.length).toBeGreaterThan(100);
    expect(next.signs.length).toBe(2);
  });

  it('halfOpen: nothing comes, nothing is received, nobody is told, and leaving leaves nothing behind', () => {
    const { client, until, venue, scheduler } = heard('halfOpen@2s');
    until(3_000);
    client.send({ method: 'UNSUBSCRIBE', params: [DEPTH], id: 2 });
    until(120_000);

    expect(client.frames.at(-1)?.at).toBeLessThan(2_200);
    expect(client.ended).toEqual([]);
    expect(venue.stats().connections[0]?.received).toBe(1);
    client.leave();
    expect(venue.stats().open).toBe(0);
    expect(scheduler.actions).toHaveLength(0);
  });

  it('a target strikes the connections that have it in their URL', () => {
    const { open, until } = stage({ market: 'usdm', faults: parseFaults('closeCleanly@2s:/market') });
    const clients = [open('/public/ws'), open('/market/ws')];
    until(4_000);

    expect(clients.map(({ ended }) => ended.length)).toEqual([0, 1]);
  });
});

describe('faults of snapshots and subscriptions', () => {
  const SNAPSHOT = '/api/v3/depth?symbol=BTCUSDT';
  const sequenceOf = (body: string | undefined): number =>
    (JSON.parse(body ?? '{}') as { lastUpdateId: number }).lastUpdateId;

  it('slowSnapshot: late, but of the moment it is answered', () => {
    const { get, until, venue, client } = heard('slowSnapshot=2s@0s');
    until(1_000);
    const answers = get(SNAPSHOT);
    const asked = venue.market.trueBook('BTCUSDT')?.sequence ?? 0;
    until(2_900);
    expect(answers).toEqual([]);
    until(4_000);

    expect(answers).toHaveLength(1);
    expect(sequenceOf(answers[0]?.response.body)).toBeGreaterThan(asked + 50);
    expect(client.ended).toEqual([]);
  });

  it('staleSnapshot: older than the diffs that came before it was asked for', () => {
    const { get, until, client } = heard('staleSnapshot=3s@0s+10s');
    until(2_500);
    const answers = get(SNAPSHOT);
    until(3_000);

    expect(sequenceOf(answers[0]?.response.body)).toBeLessThan(diffs(client).list[0]?.U ?? 0);
  });

  it('failingSnapshot: once, with the status given, and with Retry-After where it is 429', () => {
    const { get, until } = heard('failingSnapshot=429@0s,failingSnapshot@1s');
    const first = get(SNAPSHOT);
    until(1_500);
    const second = get(SNAPSHOT);
    until(2_000);
    const third = get(SNAPSHOT);
    until(3_000);

    expect(first[0]?.response).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect(first[0]?.response.body).toMatch(/"code":-1003/);
    expect(second[0]?.response.status).toBe(500);
    expect(third[0]?.response.status).toBe(200);
  });

  it('unknownSymbol: sockets confirm and stay silent, requests say so', () => {
    const { client, get, until } = heard('unknownSymbol@0s+3s:BTCUSDT');
    const unknown = get(SNAPSHOT);
    const known = get('/api/v3/depth?symbol=ETHUSDT');
    until(10_000);

    expect(client.texts()).toEqual(['{"result":null,"id":1}']);
    expect(unknown[0]?.response).toMatchObject({ status: 400, body: '{"code":-1121,"msg":"Invalid symbol."}' });
    expect(known[0]?.response.status).toBe(200);
  });

  it('ackNever: no confirmation, but data', () => {
    const { client, until } = heard('ackNever@0s');
    until(2_000);

    expect(client.texts().some((text) => text.includes('"result"'))).toBe(false);
    expect(diffs(client).list.length).toBeGreaterThan(10);
  });
});

describe('faults of numbers', () => {
  it('numbersAnew: update ids begin at 1 on the open socket', () => {
    const { client, until, venue } = heard('numbersAnew@2s');
    until(5_000);
    const { list, breaks } = diffs(client);

    expect(breaks).toHaveLength(1);
    expect(list[breaks[0] ?? 0]?.U).toBe(1);
    expect(client.ended).toEqual([]);
    expect(venue.market.trueBook('BTCUSDT')?.sequence).toBeLessThan(1_000);
  });

  it('numbersAhead: they go on far ahead', () => {
    const { client, until } = heard('numbersAhead@2s');
    until(5_000);
    const { list, breaks } = diffs(client);

    expect(breaks).toHaveLength(1);
    expect(list[breaks[0] ?? 0]?.U).toBeGreaterThan((list[(breaks[0] ?? 0) - 1]?.u ?? 0) + 999_999_999);
  });

  it('newListing: the first diff begins with 1 and holds the book, the snapshot is -1 for a while', () => {
    const { client, get, until, venue } = heard('newListing=1s@2s:btc');
    until(2_100);
    const early = get('/api/v3/depth?symbol=BTCUSDT');
    const other = get('/api/v3/depth?symbol=ETHUSDT');
    until(4_000);
    const late = get('/api/v3/depth?symbol=BTCUSDT');
    until(5_000);
    const { list, breaks } = diffs(client);
    const first = list[breaks[0] ?? 0];

    expect(breaks).toHaveLength(1);
    expect(first?.U).toBe(1);
    expect(first?.b.length).toBeGreaterThanOrEqual(50);
    expect(early[0]?.response.body).toBe('{"lastUpdateId":-1,"bids":[],"asks":[]}');
    expect(other[0]?.response.body).toMatch(/^\{"lastUpdateId":98/);
    expect(JSON.parse(late[0]?.response.body ?? '{}')).toMatchObject({ lastUpdateId: expect.any(Number) as number });
    expect(late[0]?.response.body).not.toContain('-1');
    expect(venue.market.trueBook('BTCUSDT', 0)).toEqual({ sequence: 0, bids: [], asks: [] });
  });

  it('snapshotAhead: one snapshot is ahead of the sockets', () => {
    const { client, get, until } = heard('snapshotAhead@2s');
    until(2_100);
    const struck = get('/api/v3/depth?symbol=BTCUSDT');
    until(2_200);
    const answers = [struck, get('/api/v3/depth?symbol=BTCUSDT')];
    until(3_000);
    const ids = answers.map(([answer]) => (JSON.parse(answer?.response.body ?? '{}') as Ids).lastUpdateId);

    expect(ids[0]).toBeGreaterThan((diffs(client).list.at(-1)?.u ?? Infinity) + 999_000_000);
    expect(ids[1]).toBeLessThanOrEqual(diffs(client).list.at(-1)?.u ?? 0);
  });
});
