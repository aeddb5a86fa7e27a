import { inspect } from 'node:util';
import { type Observable, VirtualTimeScheduler, merge, of } from 'rxjs';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { Exchange, ExchangeOptions } from '../../lib/feed/exchange.js';
import type { HttpRequest } from '../../lib/network/network.js';
import { relayed } from '../../lib/relay/index.js';
import { type FakeRequest, response } from '../../lib/testing/fakeRequest.js';
import { fakeNetwork } from '../../lib/testing/fakeNetwork.js';
import type { FakeWire } from '../../lib/testing/fakeWire.js';
import type { BinanceExchange } from '../../lib/venues/binance/index.js';
import { coinbaseAdvanced } from '../../lib/venues/coinbase/index.js';
import { deribit } from '../../lib/venues/deribit/index.js';
import { dxlink } from '../../lib/venues/dxlink/index.js';
import { kucoin } from '../../lib/venues/kucoin/index.js';
import { marketData, tastytrade } from '../../lib/venues/tastytrade/index.js';
import { tplus } from '../../lib/venues/tplus/index.js';
import { tradestation } from '../../lib/venues/tradestation/index.js';

interface Asked {
  readonly exchanges: readonly Exchange[];
  readonly streams: readonly Observable<unknown>[];
}

const SECRETS = ['plainSECRETtoken9876543210', 'od/d+SEC"RET\\to<ken>&é-987'];
const later = (value: string) => () => of({ value, expiresAt: 1e15 });
const userId = 'a'.repeat(64);
const url = 'wss://x.example/';

/** Each venue with a secret in each place that takes one. */
const venues: Readonly<Record<string, (secret: string, options: ExchangeOptions) => Asked>> = {
  'tastytrade, a login': (secret, options) => {
    const exchange = tastytrade({
      ...options,
      accounts: ['A'],
      login: { clientSecret: `client ${secret}`, refreshToken: `refresh ${secret}` },
    });
    return { exchanges: [exchange], streams: [exchange.account('A'), exchange.quoteToken()] };
  },
  'tastytrade, tokens of a provider, and its market data': (secret, options) => {
    const exchange = tastytrade({ ...options, accounts: ['A'], login: later(secret) });
    const data = marketData(exchange, options);
    return { exchanges: [exchange, data], streams: [exchange.account('A'), data.quotes('AAPL')] };
  },
  dxlink: (secret, options) => {
    const exchange = dxlink({ ...options, url, credentials: () => of({ token: secret }) });
    return { exchanges: [exchange], streams: [exchange.quotes('AAPL')] };
  },
  'dxlink, an address': (secret, options) => {
    const exchange = dxlink({ ...options, url: `${url}?token=${encodeURIComponent(secret)}` });
    return { exchanges: [exchange], streams: [exchange.quotes('AAPL')] };
  },
  'tradestation, a login': (secret, options) => {
    const exchange = tradestation({
      ...options,
      login: { clientId: 'me', clientSecret: `client ${secret}`, refreshToken: `refresh ${secret}` },
    });
    return {
      exchanges: [exchange],
      streams: [exchange.book('MSFT'), exchange.quotes(['MSFT']), exchange.orders(['A']), exchange.balances(['A'])],
    };
  },
  tplus: (_, options) => {
    const exchange = tplus({ ...options, account: { userId, sign: () => [new Uint8Array(64)] } });
    return { exchanges: [exchange], streams: [exchange.openOrders(), exchange.userTrades(), exchange.book('200')] };
  },
  coinbase: (secret, options) => {
    const exchange = coinbaseAdvanced({ ...options, jwt: later(secret) });
    return { exchanges: [exchange], streams: [exchange.book('BTC-USD')] };
  },
  deribit: (secret, options) => {
    const exchange = deribit({ ...options, credentials: { clientId: 'me', clientSecret: secret } });
    return { exchanges: [exchange], streams: [exchange.book('BTC-PERPETUAL', { interval: 'raw' })] };
  },
  kucoin: (secret, options) => {
    const exchange = kucoin({ ...options, sign: () => [{ 'KC-API-KEY': secret, 'KC-API-PASSPHRASE': secret }] });
    return { exchanges: [exchange], streams: [exchange.book('BTC-USDT')] };
  },
  'a relay': (secret, options) => {
    const exchange = relayed<BinanceExchange>({
      ...options,
      venue: 'x',
      url: `${url}?token=${encodeURIComponent(secret)}`,
    });
    return { exchanges: [exchange], streams: [exchange.book('A'), exchange.gateways()] };
  },
  'a relay, its token as it is': (secret, options) => {
    const exchange = relayed<BinanceExchange>({ ...options, venue: 'x', url: `${url}?token=${secret}` });
    return { exchanges: [exchange], streams: [exchange.book('A')] };
  },
};

/** What the venues answer who signs in. */
function goodAnswer({ url: asked }: HttpRequest, secret: string): unknown {
  if (asked.includes('oauth/token')) return { access_token: secret, expires_in: 900, token_type: 'Bearer' };
  if (asked.includes('/nonce/')) return { value: '00ff' };
  if (asked.endsWith('/auth')) return { token: secret, expiry_ns: 4_000_000_000_000_000_000 };
  if (asked.includes('quote-tokens')) return { data: { token: secret, 'dxlink-url': url, level: 'api' } };
  if (asked.includes('bullet'))
    return { code: '200000', data: { token: secret, instanceServers: [{ endpoint: url }] } };
  return undefined;
}

const AUTHORIZED = '{"type":"AUTH_STATE","channel":0,"state":"AUTHORIZED","userId":"x"}';
/** How the venues let somebody in. */
const greetings = [
  ...['{"type":"SETUP","channel":0,"version":"1","keepaliveTimeout":60}', '{"id":"x","type":"welcome"}'],
  AUTHORIZED.replace('"AUTHORIZED', '"UNAUTHORIZED'),
  AUTHORIZED,
];

const each = (text: string, how: (byte: string) => string): string =>
  [...Buffer.from(text)].map((byte) => how(byte.toString(16).padStart(2, '0'))).join('');
/** Ways in which somebody may repeat what was sent. */
const ways: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'in a URL': encodeURIComponent,
  'in a URL, twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'in a URL, each letter of it': (secret) => each(secret, (byte) => `%${byte}`),
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON, each letter of it': (secret) =>
    secret.replace(/[^]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in base64': (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  'in base64, amid others': (secret) => Buffer.from(`Bearer ${secret}`).toString('base64url').slice(9),
  'in hex': (secret) => Buffer.from(secret).toString('hex'),
  'in lines': (secret) => secret.replace(/(.{5})/g, '$1\n'),
};

type Answer = (said: string) => {
  /** On a wire that is open. */
  readonly frames?: readonly string[];
  /** By which it is lost. */
  readonly loss?: WireLostError;
  readonly request?: (asked: FakeRequest) => void;
};

const foreign = (said: string): Error =>
  Object.assign(new TypeError(said), { config: { headers: [said] }, answer: new Map([[said, Buffer.from(said)]]) });
const status = (code: number, body: string, headers = {}) => ({
  request: (asked: FakeRequest) => {
    asked.respond(response(body, { status: code, headers }));
  },
});

const framesSaying = (said: string): readonly unknown[] => [
  { type: 'ERROR', channel: 0, error: 'BAD_ACTION', message: said },
  { type: 'AUTH_STATE', channel: 0, state: 'UNAUTHORIZED', userId: said },
  { type: 'error', message: said, reason: said, code: 404, data: said, id: 1 },
  { status: 'error', action: 'connect', message: said, 'request-id': 1 },
  { status: said, action: said, message: said, type: said, data: { [said]: said } },
  { jsonrpc: '2.0', id: 1, error: { code: 13_004, message: said, data: said } },
  { jsonrpc: '2.0', id: 2, error: { code: 10_000, message: said } },
  { Error: 'Failed', Message: said },
  { Error: said, Symbol: 'MSFT' },
  { StreamStatus: said },
  { [said]: said },
  said,
  `#1 ${JSON.stringify({ e: 'x', n: 1, w: 1, t: 'b', g: 'A', y: said, refused: true })}`,
];

/** How a venue may say it. */
const answers: Readonly<Record<string, Answer>> = {
  'a reason for closing': (said) => ({ loss: new WireLostError('closed', `x.example closed: ${said}`, 4_001) }),
  'what broke the wire': (said) => ({ loss: new WireLostError('failed', 'gone', 1_006, { cause: foreign(said) }) }),
  'a refused upgrade': (said) => ({
    loss: new WireLostError('failed', `refused: ${said}`, 401, {
      cause: new RequestFailedError(said, 401, undefined, { asked: `GET ${said}`, cause: foreign(said) }),
    }),
  }),
  frames: (said) => ({
    frames: framesSaying(said).map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
  }),
  'a frame that is cut where it is told': (said) => ({
    frames: [60, 80, 160, 180].map((pad) => `{"type":"error","message":"${'x'.repeat(pad)}${said}`),
  }),
  'words that are cut where they are told': (said) => ({
    frames: [60, 75, 85].map((pad) => `ERROR ${'x'.repeat(pad)}${said}`),
    ...status(400, `{"code":"x","message":"${'x'.repeat(950)}${said}"}`),
  }),
  'an answer of status 200': (said) => status(200, JSON.stringify({ [said]: said })),
  'an answer of status 400': (said) => status(400, JSON.stringify({ error: { code: said, message: said } })),
  'an answer of status 401': (said) => status(401, said),
  'an answer of status 403': (said) => status(403, JSON.stringify({ code: '400100', msg: said })),
  'an answer of status 503': (said) => status(503, said, { 'retry-after': said }),
  'a page': (said) => status(200, `<html><p>${said}</p></html>`),
  'a redirect': (said) =>
    status(307, said, { location: `https://${encodeURIComponent(said)}@x.example/${said}?${said}` }),
  'a request that breaks': (said) => ({
    request: (asked) => {
      asked.fail(new RequestFailedError(said, undefined, undefined, { cause: foreign(said) }));
    },
  }),
};

/** All texts in a value, however deep, and how it is shown. */
function textOf(value: unknown): string {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const look = (one: unknown): void => {
    if (typeof one === 'string') texts.push(one);
    if (typeof one !== 'object' || one === null || seen.has(one)) return;
    seen.add(one);
    if (one instanceof Error) texts.push(String(one), inspect(one, { depth: 12, showHidden: true }));
    if (one instanceof Map) [...one].forEach(look);
    if (ArrayBuffer.isView(one)) texts.push(Buffer.from(one.buffer).toString());
    else for (const name of Object.getOwnPropertyNames(one)) look(texts.push(name) && Reflect.get(one, name));
  };
  look(value);
  return texts.join('\n');
}

/** As many letters of one in a row tell it; fewer may stand anywhere by chance. */
const TELLING = 8;

function heardOf(ask: (typeof venues)[string], secret: string, said: string, answer: Answer): readonly unknown[] {
  const scheduler = new VirtualTimeScheduler();
  const answered = answer(said);
  const known = new Set<string>();
  const after = (ms: number, run: () => void): void => void scheduler.schedule(run, ms);
  const network = fakeNetwork({
    onOpening: (wire: FakeWire) => {
      after(10, () => {
        if (wire.status !== 'opening') return;
        // It lets nobody in any more who has signed in before.
        if (answered.loss !== undefined && wire.index > 1 && wire.index % 2 === 1) {
          wire.lose(answered.loss);
          return;
        }
        wire.open();
        for (const one of greetings) after(10, () => wire.status === 'open' && wire.receive(one));
        for (const one of answered.frames ?? []) after(500, () => wire.status === 'open' && wire.receive(one));
        if (answered.loss !== undefined) after(800, () => wire.lose(answered.loss));
      });
    },
    onRequested: (asked) => {
      const { method, url: address } = asked.request;
      const key = `${method} ${address}`;
      const good = goodAnswer(asked.request, secret);
      after(10, () => {
        if (answered.request === undefined || (good !== undefined && !known.has(key))) asked.respond(good ?? {});
        else answered.request(asked);
        known.add(key);
      });
    },
  });
  const told: unknown[] = [];
  const { exchanges, streams } = ask(secret, { network, scheduler, random: () => 0.5 });
  const hear = (one: unknown): void => void told.push(one);
  for (const { faults$, connection$ } of exchanges) merge<unknown[]>(faults$, connection$).subscribe(hear);
  // What came well is not told of, but had.
  for (const one$ of streams) one$.subscribe({ error: hear });
  scheduler.maxFrames = 4_000;
  scheduler.flush();
  return told;
}

const cases = Object.entries(venues).flatMap(([name, ask], v) =>
  Object.entries(answers).map(([where, answer], a) => {
    // Each spelling at some venue in each kind of answer: all of them everywhere would take half a minute.
    const spellings = Object.entries(ways).filter((_, w) => (v + a) % 10 === w);
    const secrets = name === 'a relay, its token as it is' ? ['od\\d-SECRET\\to-ken-9876543'] : SECRETS;
    const said = spellings.map(([way, written], i) => [way, secrets[(a + i) % secrets.length] ?? '', written] as const);
    return [name, where, ask, answer, said] as const;
  }),
);

it.each(cases)('%s tells no secret that is repeated in %s', (_, _where, ask, answer, spelled) => {
  const leaks = spelled.flatMap(([way, secret, written]) => {
    const said = written(secret);
    const text = textOf(heardOf(ask, secret, said, answer));
    const telling = Math.max(TELLING, written(secret.slice(0, TELLING)).length);
    const pieces = Array.from({ length: said.length - telling + 1 }, (_one, at) => said.slice(at, at + telling));
    const piece = pieces.find((one) => text.includes(one));
    return piece === undefined ? [] : [`${way}: ${text.slice(Math.max(0, text.indexOf(piece) - 100)).slice(0, 200)}`];
  });
  expect(leaks).toEqual([]);
});
