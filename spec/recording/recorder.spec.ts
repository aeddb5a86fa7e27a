import fc from 'fast-check';
import { Observable, VirtualTimeScheduler } from 'rxjs';
import type { Network, Wire } from '../../lib/network/network.js';
import { headerLine } from '../../lib/recording/format.js';
import { parseRecording } from '../../lib/recording/parseRecording.js';
import { recorder } from '../../lib/recording/recorder.js';
import type { RecorderConfig } from '../../lib/recording/recorderConfig.js';
import { FakeNetwork } from './fixtures.js';

function setUp(config: Partial<RecorderConfig> = {}) {
  const lines: string[] = [];
  const inner = new FakeNetwork();
  let now = 1_700_000_000_000.25;
  const clock = { now: () => now };
  const network = recorder(inner, { sink: (line) => lines.push(line), venue: 'acme', clock, ...config });
  const recording = () => parseRecording([headerLine(network.header()), ...lines]);
  return { inner, lines, network, recording, pass: (ms: number) => (now += ms) };
}

function opened(network: Network, url = 'wss://venue.example/ws', headers?: Record<string, string>) {
  let wire: Wire | undefined;
  const ends: unknown[] = [];
  const subscription = network.open({ url, ...(headers && { headers }) }).subscribe({
    next: (open) => (wire = open),
    error: (error) => ends.push(error),
    complete: () => ends.push('complete'),
  });
  if (wire === undefined) throw new Error('not opened');
  return { wire, subscription, ends };
}

describe('recorder', () => {
  it('writes frames and responses in order, byte for byte, with their times', () => {
    const { inner, network, recording, pass } = setUp({ market: 'spot', source: 'a test' });
    inner.respond = () => ({ status: 429, headers: { a: 'b' }, body: '{"x" : 1}\n' });
    const { wire } = opened(network);
    pass(10);
    wire.send('{"method":"SUBSCRIBE"}');
    inner.wires[0]?.frames.next('{"b":1.50, "a":"ü"}');
    pass(0.5);
    network.request({ method: 'GET', url: 'https://venue.example/depth?symbol=A&limit=5' }).subscribe();
    inner.wires[0]?.frames.next('2');

    const { header, events } = recording();
    expect(header).toEqual({
      recording: 1,
      venue: 'acme',
      market: 'spot',
      capturedAt: '2023-11-14T22:13:20Z',
      source: 'a test',
      url: 'wss://venue.example/ws',
      sent: ['{"method":"SUBSCRIBE"}'],
      sockets: [
        {
          socket: '1',
          url: 'wss://venue.example/ws',
          openedAt: 1_700_000_000_000.25,
          sent: [{ at: 1_700_000_000_010.25, data: '{"method":"SUBSCRIBE"}' }],
        },
      ],
    });
    expect(events).toEqual([
      { at: 1_700_000_000_010.25, kind: 'frame', socket: '1', data: '{"b":1.50, "a":"ü"}' },
      {
        at: 1_700_000_000_010.75,
        kind: 'http',
        url: 'https://venue.example/depth?symbol=A&limit=5',
        status: 429,
        body: '{"x" : 1}\n',
      },
      { at: 1_700_000_000_010.75, kind: 'frame', socket: '1', data: '2' },
    ]);
    expect(network.counts()).toEqual({ sockets: 1, frames: 2, responses: 1 });
  });

  it('writes a frame once, before anybody sees it, for many observers and for none', () => {
    const { inner, lines, network } = setUp();
    const { wire } = opened(network);
    const seen: unknown[] = [];
    inner.wires[0]?.frames.next('unseen');
    wire.messages.subscribe((text) => seen.push([text, lines.length]));
    wire.messages.subscribe((text) => seen.push([text, lines.length]));
    inner.wires[0]?.frames.next('seen');
    expect(seen).toEqual([
      ['seen', 2],
      ['seen', 2],
    ]);
    expect(lines).toHaveLength(2);
  });

  it('misses nothing that a wire tells on being listened to, and neither does the observer', () => {
    const { lines } = setUp();
    const eager: Network = {
      open: () =>
        new Observable((subscriber) => {
          subscriber.next({ messages: new Observable((s) => s.next('greeting')), send: () => {}, close: () => {} });
        }),
      request: () => new Observable(),
    };
    const seen: string[] = [];
    recorder(eager, { sink: (line) => lines.push(line), venue: 'acme' })
      .open({ url: 'wss://venue.example' })
      .subscribe((wire) => wire.messages.subscribe((text) => seen.push(text)));
    expect(seen).toEqual(['greeting']);
    expect(lines).toHaveLength(1);
  });

  it('is transparent: passes what is sent, closing, losses and unsubscribing', () => {
    const { inner, network } = setUp();
    const first = opened(network);
    first.wire.send('hello');
    expect(inner.wires[0]?.sent).toEqual(['hello']);
    inner.wires[0]?.lose();
    expect(first.ends).toMatchObject([{ name: 'WireLostError', code: 1001 }]);
    const second = opened(network);
    second.wire.close();
    expect(second.ends).toEqual(['complete']);
    const third = opened(network);
    third.subscription.unsubscribe();
    expect(inner.unsubscribed).toBe(3);
    expect(inner.wires.map(({ frames }) => frames.observed)).toEqual([false, false, false]);
    expect(network.header().sockets.map(({ socket }) => socket)).toEqual(['1', '2', '3']);
  });

  it('writes nothing of a request that failed', () => {
    const { lines, network } = setUp();
    const errors: unknown[] = [];
    network
      .request({ method: 'GET', url: 'https://venue.example/' })
      .subscribe({ error: (error) => errors.push(error) });
    expect(errors).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  it('stops recording, not the network, when the sink fails, and tells it', () => {
    const failures: unknown[] = [];
    const { inner, network } = setUp({
      sink: (line) => {
        if (line.includes('bad')) throw new Error('disk full');
      },
    });
    const seen: string[] = [];
    opened(network).wire.messages.subscribe((text) => seen.push(text));
    for (const text of ['good', 'bad', 'good']) inner.wires[0]?.frames.next(text);
    network.failed$.subscribe((error) => failures.push(error));
    expect(seen).toEqual(['good', 'bad', 'good']);
    expect(network.counts().frames).toBe(1);
    expect(failures).toEqual([new Error('disk full')]);
  });

  it('takes the wake of the network it records', () => {
    const wake = new Observable<unknown>();
    expect(recorder(Object.assign(new FakeNetwork(), { wake }), { sink: () => {}, venue: 'acme' }).wake).toBe(wake);
    expect(setUp().network.wake).toBeUndefined();
  });

  it('leaves the name of a user, by which a replay knows what is his', () => {
    const { inner, lines, network } = setUp();
    const { wire } = opened(network, 'wss://venue.example/orders', {
      Authorization: 'Bearer header-secret',
      'User-Id': '3b6a27bcceb6a42d',
    });
    wire.send('header-secret');
    inner.wires[0]?.frames.next('{"signer":"3b6a27bcceb6a42d"}');
    expect(network.header().sent).toEqual(['***']);
    expect(lines.join()).toContain('3b6a27bcceb6a42d');
  });

  it('takes secrets out and leaves all else', () => {
    const { inner, lines, network } = setUp({ redact: ['pin'] });
    inner.respond = ({ url }) => ({
      status: 200,
      headers: {},
      body: url.includes('userDataStream')
        ? '{"listenKey":"abcdefghijklmnop1234"}'
        : '{"quoteToken":"USDT","key":"BTC"}',
    });
    const key = { 'X-MBX-APIKEY': 'header-secret-1' };
    network
      .request({ method: 'POST', url: 'https://me:pw-of-mine@venue.example/userDataStream', headers: key })
      .subscribe();
    network
      .request({ method: 'GET', url: 'https://venue.example/info?symbol=A&signature=deadbeef00&pin=1' })
      .subscribe();
    const { wire } = opened(network, 'wss://venue.example/ws/abcdefghijklmnop1234?token=t0p-s3cr3t&x=1', {
      Authorization: 'Bearer header-secret-2',
    });
    wire.send('{"type":"AUTH","token" : "t\\"q"}');
    wire.send('{"auth-token":"header-secret-2","value":["BTC"]}');
    inner.wires[0]?.frames.next('{"echo":"t0p-s3cr3t header-secret-1","token":"ETH"}');

    const written = [headerLine(network.header()), ...lines].join('\n');
    for (const secret of [
      'pw-of-mine',
      'header-secret',
      'abcdefghijklmnop1234',
      'deadbeef00',
      't0p-s3cr3t',
      't\\"q',
      'pin=1',
    ]) {
      expect(written).not.toContain(secret);
    }
    expect(network.header().url).toBe('wss://venue.example/ws/***?token=***&x=1');
    expect(network.header().sent).toEqual(['{"type":"AUTH","token" : "***"}', '{"auth-token":"***","value":["BTC"]}']);
    expect(parseRecording([headerLine(network.header()), ...lines]).events).toMatchObject([
      { url: 'https://venue.example/userDataStream', body: '{"listenKey":"***"}' },
      { url: 'https://venue.example/info?symbol=A&signature=***&pin=***', body: '{"quoteToken":"USDT","key":"BTC"}' },
      { data: '{"echo":"*** ***","token":"ETH"}' },
    ]);
    // What really went out was not touched.
    expect(inner.wires[0]?.sent[0]).toBe('{"type":"AUTH","token" : "t\\"q"}');
  });

  it('takes a key out of the path of a socket, wherever it had been given', () => {
    const key = '3fa85f6457174562b3fc2c963f66afa6';
    const { inner, lines, network } = setUp();
    for (const url of [
      `wss://venue.example/${key}/ws?x=${key}`,
      'wss://venue.example/quotes/AAPL,MSFT,GOOGL,AMZN,NVDA,TSLA',
    ])
      opened(network, url);
    inner.wires[0]?.frames.next(`{"error":"no such path: /${key}"}`);

    expect(network.header().sockets.map(({ url }) => url)).toEqual([
      'wss://venue.example/***/ws?x=***',
      'wss://venue.example/quotes/AAPL,MSFT,GOOGL,AMZN,NVDA,TSLA',
    ]);
    expect(lines.join()).not.toContain(key);
  });

  it('lets no token through, wherever it is used', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9_.~-]{16,64}$/);
    fc.assert(
      fc.property(token, fc.constantFrom('query', 'header', 'sent', 'response'), (secret, where) => {
        const { inner, lines, network } = setUp();
        inner.respond = () => ({
          status: 200,
          headers: {},
          body: where === 'response' ? `{"data":{"token":"${secret}"}}` : '{}',
        });
        const query = where === 'query' ? `?access_token=${encodeURIComponent(secret)}` : '';
        const headers = where === 'header' ? { Authorization: `Bearer ${secret}` } : {};
        network.request({ method: 'GET', url: `https://venue.example/${query}`, headers }).subscribe();
        const { wire } = opened(network, `wss://venue.example/${where === 'response' ? secret : ''}${query}`, headers);
        if (where === 'sent') wire.send(`{"token":"${secret}"}`);
        inner.wires[0]?.frames.next(`welcome ${secret}`);
        expect([headerLine(network.header()), ...lines].join('\n')).not.toContain(secret);
      }),
    );
  });

  it('takes secrets out of frames in whatever way they are written there, and tokens that are given there', () => {
    const secret = 'od/d+SEC"RET\\of=nobody';
    const { network, inner, lines } = setUp();
    const { wire } = opened(network, 'wss://venue.example/');
    wire.send(JSON.stringify({ client_secret: secret }));
    const given = 'aG9sZHMgd2hhdCBpdCBob2xkcw';
    const bytes = Buffer.from(secret);
    const told = [bytes.toString('hex'), Buffer.from(`Bearer ${secret}`).toString('base64url').slice(10)];
    const each = [...bytes].map((byte) => `\\u00${byte.toString(16)}`).join('');
    inner.wires[0]?.frames.next(`{"echo":"${[...told, each].join(' ')}","quoteToken":"0x0123456789abcdef0123"}`);
    inner.wires[0]?.frames.next(`{"result":{"access_token":"${given}","expires_in":5}}`);
    inner.wires[0]?.frames.next(`{"echo":"${given}"}`);

    const written = lines.join('\n');
    for (const one of [...told, each, given]) expect(written).not.toContain(one);
    expect(written).toContain('0x0123456789abcdef0123');
  });

  it('takes all that is answered to signing in for secret, and signatures that are numbers', () => {
    const { inner, lines, network } = setUp();
    const answers = ['{"value":"hunter2hunter2"}', '{"token":"tok_12345678"}', '{"value":"a word that stays"}'];
    inner.respond = () => ({ status: 200, headers: {}, body: answers.shift() ?? '' });
    for (const path of ['nonce/3b6a', 'auth', 'market/200']) {
      network.request({ method: 'GET', url: `https://venue.example/${path}` }).subscribe();
    }
    opened(network);
    inner.wires[0]?.frames.next('{"Created":{"signature":[191, 6,160],"n":[1,2]}}');

    const bodies = lines.map((line) => JSON.parse(line) as { readonly body?: string; readonly data?: string });
    expect(bodies.map(({ body, data }) => body ?? data)).toEqual([
      '{"value":"***"}',
      '{"token":"***"}',
      '{"value":"a word that stays"}',
      '{"Created":{"signature":["***"],"n":[1,2]}}',
    ]);
  });

  it.each([
    ['{"value":"hunter2hunter2', '{"value":"***'],
    ['{"value":"hunter2hun', '{"value":"***'],
    ['{"value":"hunter2hunter\\', '{"value":"***\\'],
    ['{"echo":{"signature":[191, 6,16', '{"echo":{"signature":["***"]'],
  ])('takes secrets out of an answer that was cut off: %s', (body, expected) => {
    const { inner, lines, network } = setUp();
    inner.respond = () => ({ status: 200, headers: {}, body });
    network.request({ method: 'GET', url: 'https://venue.example/nonce/3b6a' }).subscribe();

    expect(lines.map((line) => (JSON.parse(line) as { readonly body?: string }).body)).toEqual([expected]);
  });

  it('takes its time from a scheduler too', () => {
    const scheduler = new VirtualTimeScheduler();
    const { network } = setUp({ clock: scheduler });
    scheduler.schedule(() => opened(network), 1_500);
    scheduler.flush();
    expect(network.header()).toMatchObject({ capturedAt: '1970-01-01T00:00:01Z', sockets: [{ openedAt: 1_500 }] });
  });
});
