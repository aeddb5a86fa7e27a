import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NEVER, type Subscription, firstValueFrom } from 'rxjs';
import { WebSocketServer, type WebSocket } from 'ws';
import type { WireLostError } from '../../lib/errors/wireLostError.js';
import type { Wire } from '../../lib/network/network.js';
import { wsNetwork } from '../../lib/node/wsNetwork.js';

interface Opened {
  readonly wire: Wire;
  readonly frames: readonly string[];
  readonly ended: Promise<WireLostError | 'completed'>;
  readonly subscription: Subscription;
}

describe('wsNetwork', () => {
  let http: Server;
  let server: WebSocketServer;
  let url: string;
  const running: Subscription[] = [];

  beforeEach(async () => {
    http = createServer((_request, response) => response.writeHead(404).end());
    server = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request, socket, head) => {
      if (request.url?.startsWith('/refused') === true) {
        socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      } else if (request.url?.startsWith('/mute') === true) {
        // Answers nothing, but sees the other side leave.
        socket.on('error', () => socket.destroy()).on('end', () => socket.destroy());
        socket.resume();
      } else {
        server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
      }
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    for (const subscription of running.splice(0)) subscription.unsubscribe();
    for (const client of server.clients) client.terminate();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  const accepted = (): Promise<WebSocket> => new Promise((resolve) => server.once('connection', resolve));

  async function open(path = '/', network = wsNetwork(), headers = {}): Promise<Opened> {
    const frames: string[] = [];
    return new Promise((resolve, reject) => {
      let end: (how: WireLostError | 'completed') => void;
      const ended = new Promise<WireLostError | 'completed'>((done) => (end = done));
      const subscription = network.open({ url: url + path, headers }).subscribe({
        next: (wire) => {
          wire.messages.subscribe((text) => frames.push(text));
          resolve({ wire, frames, ended, subscription });
        },
        error: (error: WireLostError) => {
          end(error);
          reject(error);
        },
        complete: () => end('completed'),
      });
      running.push(subscription);
    });
  }

  const closed = (client: WebSocket): Promise<readonly [number, string]> =>
    new Promise((resolve) => client.once('close', (code, reason) => resolve([code, reason.toString()])));

  it('opens a wire, sends the headers, and passes texts both ways', async () => {
    const headers = new Promise((resolve) => server.once('connection', (_client, request) => resolve(request.headers)));
    const client = accepted();
    const { wire } = await open('/stream', wsNetwork(), { 'x-key': 'abc' });
    const peer = await client;
    peer.on('message', (data: Buffer) => peer.send(`echo ${data.toString()}`));

    const echo = firstValueFrom(wire.messages);
    wire.send('hello');

    expect(await echo).toBe('echo hello');
    expect(await headers).toMatchObject({ 'x-key': 'abc' });
  });

  it('reads binary frames as UTF-8', async () => {
    const client = accepted();
    const { wire } = await open();
    const text = firstValueFrom(wire.messages);
    (await client).send(Buffer.from('Grüße'), { binary: true });
    expect(await text).toBe('Grüße');
  });

  it('hears a frame that comes together with the opening', async () => {
    server.once('connection', (client) => client.send('first'));
    const { wire, frames } = await open();
    if (frames.length === 0) await firstValueFrom(wire.messages);
    expect(frames).toEqual(['first']);
  });

  it('errors with the code and the words of a clean close by the server', async () => {
    const client = accepted();
    const { ended } = await open();
    (await client).close(1001, 'maintenance');
    expect(await ended).toMatchObject({ name: 'WireLostError', reason: 'closed', code: 1001 });
    expect(((await ended) as WireLostError).message).toContain('maintenance');
  });

  it('errors on a clean close with 1000 as well', async () => {
    const client = accepted();
    const { ended } = await open();
    (await client).close(1000);
    expect(await ended).toMatchObject({ reason: 'closed', code: 1000 });
  });

  it('errors when the connection breaks', async () => {
    const client = accepted();
    const { ended, wire } = await open();
    (await client).terminate();
    expect(await ended).toMatchObject({ name: 'WireLostError', reason: 'failed', code: 1006 });
    expect(() => wire.send('to nobody')).not.toThrow();
    expect(() => wire.close()).not.toThrow();
  });

  it('tells the status of a refused upgrade', async () => {
    await expect(open('/refused')).rejects.toMatchObject({ name: 'WireLostError', reason: 'failed', code: 502 });
  });

  it('tells why nobody answers', async () => {
    await new Promise((resolve) => http.close(resolve));
    const error = await open().catch((caught: unknown) => caught as WireLostError);
    expect(error).toMatchObject({ name: 'WireLostError', reason: 'failed', cause: { code: 'ECONNREFUSED' } });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });

  it('refuses an address that is none', async () => {
    const ended = new Promise((resolve) => wsNetwork().open({ url: 'no address' }).subscribe({ error: resolve }));
    expect(await ended).toMatchObject({ name: 'WireLostError', reason: 'failed' });
  });

  it('gives up opening after openWithin', async () => {
    await expect(open('/mute', wsNetwork({ openWithin: 20 }))).rejects.toMatchObject({
      reason: 'failed',
      text: expect.stringContaining('20 ms'),
    });
  });

  it('loses the wire over a frame beyond the limit, and says which limit', async () => {
    const client = accepted();
    const { ended, frames } = await open('/', wsNetwork({ maxFrame: 100 }));
    const peer = await client;
    peer.on('error', () => undefined);
    peer.send('x'.repeat(100));
    peer.send('y'.repeat(101));
    expect(await ended).toMatchObject({ reason: 'failed', code: 1009, text: expect.stringContaining('100 bytes') });
    expect(frames).toEqual(['x'.repeat(100)]);
  });

  it('completes after its own close, with the code and reason given', async () => {
    const client = accepted();
    const { ended, wire } = await open();
    const told = closed(await client);
    wire.close(4001, 'enough');
    expect(await told).toEqual([4001, 'enough']);
    expect(await ended).toBe('completed');
  });

  it('keeps the code given when it is unsubscribed right after closing', async () => {
    const client = accepted();
    const { subscription, wire } = await open();
    const told = closed(await client);
    wire.close(4001, 'ß'.repeat(200));
    subscription.unsubscribe();
    expect(await told).toEqual([4001, 'ß'.repeat(41)]);
  });

  it('closes with 1000 on unsubscribing', async () => {
    const client = accepted();
    const { subscription } = await open();
    const told = closed(await client);
    subscription.unsubscribe();
    expect(await told).toEqual([1000, '']);
  });

  it('leaves no socket and no error behind when unsubscribed while opening', async () => {
    const asked = new Promise<void>((resolve) => {
      http.once('upgrade', () => resolve());
    });
    const told: unknown[] = [];
    const subscription = wsNetwork()
      .open({ url: `${url}/mute` })
      .subscribe({
        next: (wire) => told.push(wire),
        error: (error) => told.push(error),
        complete: () => told.push('end'),
      });
    await asked;
    const gone = new Promise<void>((resolve) => {
      const look = (): void => {
        http.getConnections((_error, count) => (count === 0 ? resolve() : setImmediate(look)));
      };
      look();
    });
    subscription.unsubscribe();
    await gone;
    expect(told).toEqual([]);
  });

  it('opens nothing when unsubscribed at once, and throws nothing later', async () => {
    let upgrades = 0;
    http.on('upgrade', () => (upgrades += 1));
    wsNetwork().open({ url }).subscribe().unsubscribe();
    // A second wire through the same loop shows that the first one's time has passed.
    await open();
    expect(upgrades).toBe(1);
  });

  it('shows protocol pings as activity, and answers them', async () => {
    const client = accepted();
    const { wire } = await open();
    const peer = await client;
    const seen = firstValueFrom(wire.activity ?? NEVER);
    const answered = new Promise<string>((resolve) => peer.once('pong', (data: Buffer) => resolve(data.toString())));
    peer.ping('are you there');
    await seen;
    expect(await answered).toBe('are you there');
  });
});
