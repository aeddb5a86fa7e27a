import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TextEncoder as Encoder } from 'node:util';
import { EMPTY, VirtualTimeScheduler, firstValueFrom, type Observable } from 'rxjs';
import { WebSocket, WebSocketServer } from 'ws';
import { PlatformError } from '../../../lib/errors/platformError.js';
import { RequestFailedError } from '../../../lib/errors/requestFailedError.js';
import { liveNetwork } from '../../../lib/network/live/liveNetwork.js';
import type { LiveNetworkOptions } from '../../../lib/network/live/ownNetwork.js';
import type { SocketEvent } from '../../../lib/network/live/socketWire.js';
import type { Network, Wire } from '../../../lib/network/network.js';

type Listener = (event: SocketEvent) => void;

/** A platform's WebSocket that does what the test says. */
class ScriptedSocket {
  static all: ScriptedSocket[] = [];
  readyState = 0;
  binaryType = 'blob';
  readonly sent: string[] = [];
  readonly closes: (readonly [number | undefined, string | undefined])[] = [];
  readonly listeners: (readonly [string, Listener])[] = [];

  constructor(
    readonly url: string,
    readonly protocols: readonly string[] = [],
  ) {
    if (!url.startsWith('ws')) throw new SyntaxError(`bad url ${url}`);
    ScriptedSocket.all.push(this);
  }
  send(text: string): void {
    if (this.readyState === 0) throw new Error('still opening');
    this.sent.push(text);
  }
  close(code?: number, reason?: string): void {
    if (code !== undefined && code !== 1000 && code < 3000) throw new Error('InvalidAccessError');
    this.closes.push([code, reason]);
    this.readyState = 2;
  }
  addEventListener(type: string, listener: Listener): void {
    this.listeners.push([type, listener]);
  }
  removeEventListener(type: string, listener: Listener): void {
    const at = this.listeners.findIndex(([t, l]) => t === type && l === listener);
    if (at >= 0) this.listeners.splice(at, 1);
  }
  tell(type: string, event: SocketEvent = {}): void {
    if (type === 'open') this.readyState = 1;
    if (type === 'close') this.readyState = 3;
    for (const [t, listener] of [...this.listeners]) if (t === type) listener(event);
  }
}

function trace(wire$: Observable<Wire>) {
  const seen: unknown[] = [];
  let wire: Wire | undefined;
  const subscription = wire$.subscribe({
    next: (opened) => {
      wire = opened;
      seen.push('open');
      opened.messages.subscribe((text) => seen.push(text));
    },
    error: (error) => seen.push(error),
    complete: () => seen.push('complete'),
  });
  return { seen, subscription, wire: () => wire };
}

describe('liveNetwork', () => {
  const scheduler = (): VirtualTimeScheduler => new VirtualTimeScheduler();
  const network = (options: LiveNetworkOptions = {}): Network =>
    liveNetwork({ WebSocket: ScriptedSocket, fetch: () => Promise.reject(new Error('unused')), ...options });
  /** Who still hears something of a socket. */
  const hearing = ({ listeners }: ScriptedSocket): readonly string[] => listeners.map(([type]) => type);
  const last = (): ScriptedSocket => {
    const socket = ScriptedSocket.all.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  };
  beforeEach(() => (ScriptedSocket.all = []));

  it('opens nothing before it is subscribed to', () => {
    network().open({ url: 'wss://venue.example/ws' });
    expect(ScriptedSocket.all).toHaveLength(0);
  });

  it('emits the wire once it is open, and hands its texts over', () => {
    const { seen, wire } = trace(network().open({ url: 'wss://venue.example/ws', protocols: ['v1'] }));
    expect(last().protocols).toEqual(['v1']);
    expect(last().binaryType).toBe('arraybuffer');
    last().tell('open');
    last().tell('message', { data: 'text' });
    last().tell('message', { data: new Encoder().encode('Grüße').buffer });
    wire()?.send('out');
    expect(seen).toEqual(['open', 'text', 'Grüße']);
    expect(last().sent).toEqual(['out']);
  });

  it.each([
    [1000, ''],
    [1001, 'going away'],
    [1005, ''],
    [4401, 'token expired'],
  ])('errors when the other side closes with %d', (code, reason) => {
    const { seen } = trace(network().open({ url: 'wss://venue.example/ws' }));
    last().tell('open');
    last().tell('close', { code, reason });
    expect(seen[1]).toMatchObject({ name: 'WireLostError', reason: 'closed', code });
    expect((seen[1] as Error).message).toContain(reason);
    expect(hearing(last())).toEqual(['error']);
  });

  it('errors when the connection breaks, and keeps the cause', () => {
    const { seen } = trace(network().open({ url: 'wss://venue.example/ws' }));
    const cause = new Error('reset');
    last().tell('open');
    last().tell('error', { error: cause });
    last().tell('close', { code: 1006 });
    expect(seen[1]).toMatchObject({ reason: 'failed', code: 1006, cause });
  });

  it('errors where a platform tells the error but never the close', () => {
    const { seen } = trace(network().open({ url: 'wss://venue.example/ws' }));
    last().tell('error', { error: new Error('refused') });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ reason: 'failed' });
    expect(hearing(last())).toEqual(['error']);
  });

  it('gives up opening after openWithin', () => {
    const time = scheduler();
    const { seen } = trace(network({ scheduler: time, openWithin: 7_000 }).open({ url: 'wss://venue.example/ws' }));
    time.flush();
    expect(time.frame).toBe(7_000);
    expect(seen[0]).toMatchObject({ reason: 'failed', text: expect.stringContaining('7000 ms') });
    expect(last().closes).toEqual([[1000, '']]);
    expect(hearing(last())).toEqual(['error']);
  });

  it('leaves nothing behind when unsubscribed while opening', () => {
    const time = scheduler();
    const { seen, subscription } = trace(network({ scheduler: time }).open({ url: 'wss://venue.example/ws' }));
    const socket = last();
    subscription.unsubscribe();
    socket.tell('error');
    socket.tell('close', { code: 1006 });
    time.flush();
    expect(seen).toEqual([]);
    expect(socket.closes).toEqual([[1000, '']]);
    expect(hearing(socket)).toEqual(['error']);
  });

  it('completes after its own close, whatever code comes back', () => {
    const { seen, wire } = trace(network().open({ url: 'wss://venue.example/ws' }));
    last().tell('open');
    wire()?.close(4000, 'x'.repeat(200));
    last().tell('close', { code: 1006 });
    expect(seen).toEqual(['open', 'complete']);
    // Unsubscribing closes once more, which no platform minds.
    expect(last().closes).toEqual([
      [4000, 'x'.repeat(41)],
      [1000, ''],
    ]);
  });

  it('closes with 1000 where the platform forbids the code', () => {
    const { wire } = trace(network().open({ url: 'wss://venue.example/ws' }));
    last().tell('open');
    wire()?.close(1001);
    expect(last().closes).toEqual([
      [1000, undefined],
      [1000, ''],
    ]);
  });

  it('loses the wire over a frame beyond the limit', () => {
    const { seen } = trace(network({ maxFrame: 3 }).open({ url: 'wss://venue.example/ws' }));
    last().tell('open');
    last().tell('message', { data: 'abc' });
    last().tell('message', { data: 'abcd' });
    last().tell('message', { data: 'a' });
    expect(seen.slice(0, 2)).toEqual(['open', 'abc']);
    expect(seen[2]).toMatchObject({ reason: 'failed', code: 1009, text: expect.stringContaining('over 3') });
    expect(seen).toHaveLength(3);
  });

  it('reads a frame of neither text nor bytes as nothing', () => {
    const { seen } = trace(network().open({ url: 'wss://venue.example/ws' }));
    last().tell('open');
    last().tell('message', { data: { size: 3 } });
    last().tell('message', { data: undefined });
    last().tell('message', { data: new TextEncoder().encode('ä').buffer });
    expect(seen).toEqual(['open', '', '', 'ä']);
  });

  it('sends nothing, and throws nothing, on a wire that is going down', () => {
    const { wire } = trace(network().open({ url: 'wss://venue.example/ws' }));
    last().tell('open');
    last().tell('close', { code: 1001 });
    wire()?.send('late');
    expect(last().sent).toEqual([]);
  });

  it('tells an address that is none as a lost wire', () => {
    const { seen } = trace(network().open({ url: 'venue.example/ws?token=very-secret' }));
    expect(seen[0]).toMatchObject({ name: 'WireLostError', reason: 'failed' });
    expect(JSON.stringify(seen[0]) + String(seen[0]) + String((seen[0] as Error).cause)).not.toContain('very-secret');
  });

  it('refuses headers, which it could not send', () => {
    const { seen } = trace(network().open({ url: 'wss://venue.example/ws', headers: { authorization: 'Bearer abc' } }));
    expect(seen).toEqual([expect.any(PlatformError)]);
    expect(ScriptedSocket.all).toHaveLength(0);
  });

  it('says what to do where there is no WebSocket', () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
    try {
      Reflect.deleteProperty(globalThis, 'WebSocket');
      expect(() => liveNetwork()).toThrow(/wsNetwork\(\).*millrace\/node/);
      expect(() => liveNetwork()).toThrow(PlatformError);
    } finally {
      if (own !== undefined) Object.defineProperty(globalThis, 'WebSocket', own);
    }
  });

  it('runs on the WebSocket of ws as it is', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    server.on('connection', (client) => client.on('message', (data: Buffer) => client.send(data.toString())));
    try {
      const { port } = server.address() as AddressInfo;
      const wire$ = liveNetwork({ WebSocket }).open({ url: `ws://127.0.0.1:${port}` });
      const text = await new Promise((resolve, reject) => {
        const subscription = wire$.subscribe({
          next: (wire) => {
            wire.messages.subscribe((told) => {
              subscription.unsubscribe();
              resolve(told);
            });
            wire.send('there and back');
          },
          error: reject,
        });
      });
      expect(text).toBe('there and back');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('hears what the WebSocket of ws says to being closed while it is opening', async () => {
    const sockets: WebSocket[] = [];
    class Kept extends WebSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    }
    const told: unknown[] = [];
    const subscription = liveNetwork({ WebSocket: Kept })
      .open({ url: 'ws://127.0.0.1:9' })
      .subscribe({ error: (error) => told.push(error), complete: () => told.push('end') });
    subscription.unsubscribe();
    // Unheard, the error would end the process.
    expect(sockets[0]?.listenerCount('error')).toBe(1);
    await new Promise((resolve) => sockets[0]?.on('close', resolve));
    expect(told).toEqual([]);
  });

  it('wakes in a page when it comes online or is looked at, and listens only meanwhile', () => {
    const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
    const page = new EventTarget();
    const listening = new Set<string>();
    const names = ['document', 'addEventListener', 'removeEventListener'] as const;
    const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
    const define = (name: string, value: unknown): unknown =>
      Object.defineProperty(globalThis, name, { configurable: true, value });
    try {
      define('document', document);
      define('addEventListener', (type: string, listener: EventListener) => {
        listening.add(type);
        page.addEventListener(type, listener);
      });
      define('removeEventListener', (type: string, listener: EventListener) => {
        listening.delete(type);
        page.removeEventListener(type, listener);
      });
      let woken = 0;
      const subscription = network().wake?.subscribe(() => (woken += 1));

      page.dispatchEvent(new Event('online'));
      expect(woken).toBe(1);
      document.dispatchEvent(new Event('visibilitychange'));
      expect(woken).toBe(1);
      document.visibilityState = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
      expect(woken).toBe(2);

      subscription?.unsubscribe();
      document.dispatchEvent(new Event('visibilitychange'));
      expect(woken).toBe(2);
      expect([...listening]).toEqual([]);
    } finally {
      for (const [name, descriptor] of before) {
        if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
        else Object.defineProperty(globalThis, name, descriptor);
      }
    }
  });

  it('has no wake outside of a page, but takes one', () => {
    expect(network().wake).toBeUndefined();
    expect(network({ wake: EMPTY }).wake).toBe(EMPTY);
  });
});

describe('requests', () => {
  let server: Server;
  let url: string;
  let seen: { method: string; path: string; headers: Record<string, unknown>; body: string }[];
  const network = (options: LiveNetworkOptions = {}): Network => liveNetwork({ WebSocket: ScriptedSocket, ...options });

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
        if (request.url === '/limited') response.writeHead(429, { 'Retry-After': '7' }).end('slow down');
        else if (request.url === '/broken') response.destroy();
        else if (request.url !== '/silent') response.writeHead(200, { 'X-Used': '1' }).end('{"a":"ü"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('emits the response with its headers in lower case', async () => {
    const response = await firstValueFrom(network().request({ method: 'GET', url: `${url}/depth?symbol=A` }));
    expect(response).toMatchObject({ status: 200, body: '{"a":"ü"}', headers: { 'x-used': '1' } });
    expect(seen[0]).toMatchObject({ method: 'GET', path: '/depth?symbol=A' });
  });

  it('sends method, headers and body', async () => {
    const request = { method: 'POST', url: `${url}/key`, headers: { 'X-Key': 'k' }, body: 'a=1' } as const;
    await firstValueFrom(network().request(request));
    expect(seen[0]).toMatchObject({ method: 'POST', body: 'a=1', headers: { 'x-key': 'k' } });
  });

  it('emits a response that says no, too', async () => {
    const response = await firstValueFrom(network().request({ method: 'GET', url: `${url}/limited` }));
    expect(response).toMatchObject({ status: 429, body: 'slow down', headers: { 'retry-after': '7' } });
  });

  it('asks nothing before it is subscribed to, and each time it is', async () => {
    const response$ = network().request({ method: 'GET', url });
    await firstValueFrom(response$);
    await firstValueFrom(response$);
    expect(seen).toHaveLength(2);
  });

  it('errors when there is no answer', async () => {
    const error: unknown = await firstValueFrom(network().request({ method: 'GET', url: `${url}/broken` })).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(RequestFailedError);
    expect(error).toMatchObject({ status: undefined, cause: expect.anything() });
  });

  it('errors when the answer takes longer than answerWithin', async () => {
    const slow = network({ answerWithin: 20 }).request({ method: 'GET', url: `${url}/silent` });
    await expect(firstValueFrom(slow)).rejects.toMatchObject({
      name: 'RequestFailedError',
      text: expect.stringContaining('20 ms'),
    });
  });

  it('aborts when nobody waits any more', () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const fetch = (_url: string, { signal }: RequestInit): Promise<Response> => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const subscription = network({ fetch }).request({ method: 'GET', url }).subscribe();
    expect(signals[0]?.aborted).toBe(false);
    subscription.unsubscribe();
    expect(signals[0]?.aborted).toBe(true);
  });
});
