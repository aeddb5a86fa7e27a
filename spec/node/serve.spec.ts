import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { serve, type ServedVenue } from '../../lib/node/serve.js';
import {
  parseFaults,
  simulatedBinance,
  type SimulatedBinanceConfig,
  type SimulatedVenue,
} from '../../lib/simulation/index.js';

let served: ServedVenue | undefined;
let venue: SimulatedVenue;

/** A fast market, so that no test waits long. */
async function start(config: SimulatedBinanceConfig = {}): Promise<string> {
  venue = simulatedBinance({ instruments: ['BTCUSDT'], stepEvery: 5, activity: 20, lateAcks: 0, ...config });
  served = await serve(venue);
  return served.url;
}

afterEach(async () => {
  venue.close();
  await served?.close();
  served = undefined;
});

const opened = async (url: string): Promise<WebSocket> => {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return socket;
};
const closed = async (socket: WebSocket): Promise<number> => {
  const [code] = (await once(socket, 'close')) as [number];
  return code;
};
/** The next `count` frames. */
const frames = (socket: WebSocket, count: number): Promise<string[]> =>
  new Promise((resolve) => {
    const texts: string[] = [];
    socket.on('message', (data: Buffer) => {
      texts.push(data.toString('utf8'));
      if (texts.length === count) resolve(texts);
    });
  });

describe('a simulated venue on real sockets', () => {
  it('confirms, streams diffs that join the snapshot it gives by HTTP, and hears the client leave', async () => {
    const url = await start();
    const socket = await opened(`${url}/stream`);
    const heard = frames(socket, 12);
    socket.send('{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}');
    const texts = await heard;
    const response = await fetch(`${served?.httpUrl ?? ''}/api/v3/depth?symbol=BTCUSDT&limit=1000`);
    const snapshot = (await response.json()) as { lastUpdateId: number };
    const diffs = texts.slice(1).map((text) => (JSON.parse(text) as { data: { U: number; u: number } }).data);

    expect(texts[0]).toBe('{"result":null,"id":1}');
    expect(diffs.slice(1).every(({ U }, index) => U === (diffs[index]?.u ?? 0) + 1)).toBe(true);
    expect(response.headers.get('x-mbx-used-weight-1m')).toBe('50');
    expect(snapshot.lastUpdateId).toBeGreaterThanOrEqual(diffs.at(-1)?.u ?? 0);

    const left = new Promise<void>((resolve) => {
      const check = venue.market.onStep(() => {
        if (venue.stats().open > 0) return;
        check();
        resolve();
      });
    });
    const second = await opened(`${url}/ws`);
    socket.close(1000);
    expect(await closed(socket)).toBe(1000);
    second.close(1000);
    expect(await closed(second)).toBe(1000);
    venue.market.run();
    await left;
    expect(venue.stats()).toMatchObject({ open: 0, accepted: 2 });
  });

  it('says what it has to say right after the opening', async () => {
    const url = await start();
    const socket = new WebSocket(`${url}/ws/btcusdt@depth@100ms`);

    expect((await frames(socket, 1))[0]).toMatch(/^\{"e":"depthUpdate"/);
    socket.terminate();
  });

  it.each([
    ['/ws', 'refuseConnections=502@0s', 502],
    ['/elsewhere', '', 404],
  ])('refuses the upgrade of %s (%s) with its status', async (path, faults, status) => {
    const url = await start({ faults: parseFaults(faults) });
    const socket = new WebSocket(url + path);
    const [error] = (await once(socket, 'error')) as [Error];

    expect(error.message).toBe(`Unexpected server response: ${status}`);
  });

  it.each([
    ['acceptAndClose=1001@0s', 1001],
    ['closeCleanly=1012@0s', 1012],
    ['terminate@0s', 1006],
  ])('ends a connection by %s, and the client sees %p', async (faults, code) => {
    const url = await start({ faults: parseFaults(faults) });

    expect(await closed(await opened(`${url}/ws`))).toBe(code);
  });

  it('closes with 1008 who sends too much, pings counted', async () => {
    const url = await start();
    const socket = await opened(`${url}/ws`);
    for (let count = 0; count < 6; count += 1) socket.ping();

    expect(await closed(socket)).toBe(1008);
    expect(venue.stats().violations).toMatchObject([{ limit: 'messagesPerSecond' }]);
  });

  it('pings, and answers pings', async () => {
    const url = await start({ limits: { pingEvery: 20 } });
    const socket = await opened(`${url}/ws`);
    await once(socket, 'ping');
    socket.ping();
    await once(socket, 'pong');
    socket.terminate();
  });

  it('breaks off who does not answer its pings', async () => {
    const url = await start({ limits: { pingEvery: 20, pongWithin: 60 } });
    const socket = new WebSocket(`${url}/ws`, { autoPong: false });

    expect(await closed(socket)).toBe(1006);
  });

  it('a half-open connection answers nothing, not even a ping, and the server can still be stopped', async () => {
    const url = await start();
    const socket = await opened(`${url}/ws`);
    const pongs: unknown[] = [];
    socket.on('pong', () => pongs.push('pong'));
    venue.faults.inject('halfOpen');
    await new Promise<void>((resolve) => {
      venue.faults.applied$.subscribe(() => {
        resolve();
      });
    });
    socket.ping();
    // Another connection makes the round trip that the first one's pong would have needed.
    const other = await opened(`${url}/ws`);
    other.ping();
    await once(other, 'pong');

    expect(pongs).toEqual([]);
    const gone = closed(socket);
    await served?.close();
    expect(await gone).toBe(1006);
  });

  it('survives clients that speak nonsense', async () => {
    const url = await start();
    const port = served?.port ?? 0;
    const nonsense = connect(port, '127.0.0.1');
    nonsense.resume();
    nonsense.write('GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(nonsense, 'close');
    const bad = connect(port, '127.0.0.1');
    bad.resume();
    bad.write('GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(bad, 'close');
    const socket = await opened(`${url}/ws`);

    expect(venue.stats().open).toBe(1);
    socket.terminate();
    const answer = await fetch(`${served?.httpUrl ?? ''}/api/v3/depth`, { method: 'PATCH' });
    expect(answer.status).toBe(405);
  });

  it('rejects when the port is taken', async () => {
    await start();
    await expect(serve(venue, { port: served?.port ?? 0 })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
