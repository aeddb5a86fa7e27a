import type { Observable } from 'rxjs';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import { fakeNetwork } from '../../lib/testing/fakeNetwork.js';
import { audit } from '../../lib/feed/audit.js';
import { binance } from '../../lib/venues/binance/index.js';
import { bitfinex } from '../../lib/venues/bitfinex/index.js';
import { bitstamp } from '../../lib/venues/bitstamp/index.js';
import { bybit } from '../../lib/venues/bybit/index.js';
import { coinbaseAdvanced, coinbaseExchange } from '../../lib/venues/coinbase/index.js';
import { deribit } from '../../lib/venues/deribit/index.js';
import { dxlink } from '../../lib/venues/dxlink/index.js';
import { hyperliquid } from '../../lib/venues/hyperliquid/index.js';
import { kraken, krakenV1 } from '../../lib/venues/kraken/index.js';
import { kucoin } from '../../lib/venues/kucoin/index.js';
import { o2 } from '../../lib/venues/o2/index.js';
import { okx } from '../../lib/venues/okx/index.js';
import { marketData, tastytrade } from '../../lib/venues/tastytrade/index.js';
import { tplus } from '../../lib/venues/tplus/index.js';
import { tradestation } from '../../lib/venues/tradestation/index.js';

/** As plain JavaScript calls: nothing is known of types. */
type Untyped = (...args: readonly unknown[]) => unknown;
type Methods = Readonly<Record<string, Untyped>>;

const network = fakeNetwork();
const login = { clientSecret: 'very-secret', refreshToken: 'very-secret', clientId: 'me' };
const account = { userId: 'a'.repeat(64), sign: () => [new Uint8Array(64)] };
/** Each venue, with what it can't do without. */
const venues: Readonly<Record<string, readonly [Untyped, Readonly<Record<string, unknown>>]>> = {
  binance: [binance as Untyped, { network }],
  coinm: [binance as Untyped, { network, market: 'coinm' }],
  bitfinex: [bitfinex as Untyped, { network }],
  bitstamp: [bitstamp as Untyped, { network }],
  bybit: [bybit as Untyped, { network }],
  coinbaseAdvanced: [coinbaseAdvanced as Untyped, { network }],
  coinbaseExchange: [coinbaseExchange as Untyped, { network }],
  deribit: [deribit as Untyped, { network }],
  hyperliquid: [hyperliquid as Untyped, { network }],
  kraken: [kraken as Untyped, { network }],
  krakenV1: [krakenV1 as Untyped, { network }],
  kucoin: [kucoin as Untyped, { network }],
  okx: [okx as Untyped, { network }],
  dxlink: [dxlink as Untyped, { network }],
  o2: [o2 as Untyped, { network }],
  tastytrade: [tastytrade as Untyped, { network, login, accounts: ['5WT00000'] }],
  tplus: [tplus as Untyped, { network, account }],
  tradestation: [tradestation as Untyped, { network, login }],
};

function refusal(call: () => unknown): InvalidArgumentError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(String(error)).not.toContain('very-secret');
    return error as InvalidArgumentError;
  }
  throw new Error('it was taken');
}

describe.each(Object.entries(venues))('%s', (_, [make, needed]) => {
  it.each([
    [null, 'options'],
    ['x', 'options'],
    [[], 'options'],
    [1, 'options'],
    [{ network: {} }, 'network'],
    [{ network: null }, 'network'],
    [{ scheduler: {} }, 'scheduler'],
    [{ random: 0.5 }, 'random'],
    [{ backoff: null }, 'backoff'],
    [{ backoff: { factor: 0.5 } }, 'factor'],
    [{ backoff: { bsae: 1 } }, 'bsae'],
    [{ backoff: { base: -1 } }, 'base'],
    [{ backoff: { base: '1' } }, 'base'],
    [{ linger: NaN }, 'linger'],
    [{ linger: -1 }, 'linger'],
    [{ wireLinger: '5' }, 'wireLinger'],
    [{ wireLinger: -1 }, 'wireLinger'],
    [{ confirmWithin: null }, 'confirmWithin'],
    [{ confirmWithin: 0 }, 'confirmWithin'],
    [{ handshakeWithin: 0 }, 'handshakeWithin'],
    [{ maxLag: -1 }, 'maxLag'],
    [{ handshakeWithin: {} }, 'handshakeWithin'],
    [{ lingr: 5 }, 'lingr'],
    [{ constructor: 5 }, 'constructor'],
    [{ toString: 'very-secret' }, 'toString'],
  ])('refuses %j, and names %s', (options, field) => {
    const given = typeof options === 'object' && options !== null && !Array.isArray(options);
    const error = refusal(() => make(given ? { ...needed, ...options } : options));
    expect(error.field).toBe(field);
    expect(error.expected).not.toBe('');
  });

  it('says what options there are', () => {
    expect(refusal(() => make({ ...needed, lingr: 5 })).message).toMatch(/linger.*got "lingr"/);
  });

  it('takes options that are undefined for absent', () => {
    expect(() => make({ ...needed, linger: undefined, backoff: undefined })).not.toThrow();
  });
});

it.each([
  ['binance', { market: 'margin' }, 'market'],
  ['binance', { url: 'https://x.example' }, 'url'],
  ['binance', { url: 'wss://x.example/ws' }, 'url'],
  ['binance', { url: 'wss://x.example?token=very-secret' }, 'url'],
  ['binance', { url: 'wss://me:very-secret@x.example' }, 'url'],
  ['binance', { url: 'wss://' }, 'url'],
  ['binance', { restUrl: 'x.example' }, 'restUrl'],
  ['binance', { restUrl: 'https://x.example/?a=very-secret' }, 'restUrl'],
  ['binance', { restUrl: 5 }, 'restUrl'],
  ['binance', { streamsPerWire: '5' }, 'streamsPerWire'],
  ['dxlink', { url: 'x' }, 'url'],
  ['dxlink', { credentials: {} }, 'credentials'],
  ['dxlink', { dataFormat: 'SMALL' }, 'dataFormat'],
  ['dxlink', { keepalive: '5' }, 'keepalive'],
  ['dxlink', { renewAhead: NaN }, 'renewAhead'],
  ['o2', { url: 'https://x.example' }, 'url'],
  ['o2', { restUrl: 'wss://x.example' }, 'restUrl'],
  ['o2', { chain: 'x' }, 'chain'],
  ['o2', { reloadEvery: -1 }, 'reloadEvery'],
  ['tastytrade', { accounts: 'x' }, 'accounts'],
  ['tastytrade', { accounts: [5] }, 'accounts'],
  ['tastytrade', { accounts: [] }, 'accounts'],
  ['tastytrade', { login: undefined }, 'login'],
  ['tastytrade', { login: { clientSecret: 'very-secret' } }, 'login'],
  ['tastytrade', { url: 'x' }, 'url'],
  ['tplus', { orderUrl: 5 }, 'orderUrl'],
  ['tplus', { sequence: 'x' }, 'sequence'],
  ['tplus', { account: {} }, 'account.userId'],
  ['tplus', { account: { userId: 'a'.repeat(64) } }, 'account.sign'],
  ['tradestation', { login: null }, 'login'],
  ['tradestation', { login: { clientId: 'x' } }, 'login'],
  ['tradestation', { baseUrl: 'x' }, 'baseUrl'],
  ['tradestation', { transport: {} }, 'transport'],
  ['tradestation', { maxConcurrentStreams: NaN }, 'maxConcurrentStreams'],
  ['tradestation', { maxConcurrentStreams: 1.5 }, 'maxConcurrentStreams'],
  // Would go out as `null`.
  ['dxlink', { keepalive: Infinity }, 'keepalive'],
  ['dxlink', { aggregationPeriod: Infinity }, 'aggregationPeriod'],
  ['tastytrade', { accounts: ['5WT\ud800'] }, 'accounts'],
])('%s refuses %j, and names %s', (name, options, field) => {
  const [make, needed] = venues[name] ?? [];
  expect(refusal(() => make?.({ ...needed, ...options })).field).toBe(field);
});

it.each(['tastytrade', 'tradestation'])('%s without options says what is missing', (name) => {
  const [make] = venues[name] ?? [];
  expect(refusal(() => make?.()).field).toBe('options');
});

it.each<readonly [string, string, readonly unknown[], string]>([
  ...['book', 'depth', 'trades', 'aggregateTrades', 'quotes', 'ticker', 'tally'].flatMap((method) =>
    [undefined, null, '', ' ', 5, {}, 'a b'].map((symbol) => ['binance', method, [symbol], 'symbol'] as const),
  ),
  ...[undefined, null, '', ' ', 5].flatMap((name) => [
    ['binance', 'instrument', [name], 'name'] as const,
    ['tastytrade', 'userMessages', [name], 'userId'] as const,
    ['tradestation', 'orders', [name], 'accounts'] as const,
    ['tradestation', 'positions', [[name]], 'accounts'] as const,
  ]),
  ['tradestation', 'balances', ['ABC'], 'accounts'],
  ['binance', 'candles', [undefined, '1m'], 'symbol'],
  ['binance', 'candles', ['BTCUSDT', '7m'], 'interval'],
  ['binance', 'candles', ['BTCUSDT'], 'interval'],
  ['binance', 'book', ['BTCUSDT', null], 'options'],
  ['binance', 'book', ['BTCUSDT', 5], 'options'],
  ['binance', 'book', ['BTCUSDT', { deph: 5 }], 'deph'],
  ['binance', 'book', ['BTCUSDT', { depth: NaN }], 'depth'],
  ['binance', 'book', ['BTCUSDT', { depth: -5 }], 'depth'],
  ['binance', 'book', ['BTCUSDT', { depth: Infinity }], 'depth'],
  ['binance', 'book', ['BTCUSDT', { depth: '5' }], 'depth'],
  ['binance', 'book', ['BTCUSDT', { speed: '7ms' }], 'speed'],
  ['binance', 'book', ['BTCUSDT', { silentAfter: -1 }], 'silentAfter'],
  ['binance', 'book', ['BTCUSDT', { silentAfter: NaN }], 'silentAfter'],
  ['binance', 'book', ['BTCUSDT', { audit: { every: 5 } }], 'audit'],
  ...['quotes', 'trades', 'greeks', 'timeAndSales', 'series', 'book', 'orders', 'dom', 'messages'].flatMap((method) =>
    [undefined, null, '', 5].map((symbol) => ['dxlink', method, [symbol], 'symbol'] as const),
  ),
  ['dxlink', 'quotes', ['AAPL', { contrct: 'AUTO' }], 'contrct'],
  ['dxlink', 'quotes', ['AAPL', { contract: 'NONE' }], 'contract'],
  ['dxlink', 'quotes', ['AAPL', null], 'options'],
  ['dxlink', 'book', ['AAPL', { type: 'Quote' }], 'type'],
  ['dxlink', 'book', ['AAPL', { refreshEvery: -1 }], 'refreshEvery'],
  ['dxlink', 'dom', ['AAPL', { sources: 'ntv' }], 'sources'],
  ['dxlink', 'dom', ['AAPL', { depth: 5 }], 'depth'],
  ...[-1, 0.5, Infinity].map((depthLimit) => ['dxlink', 'dom', ['AAPL', { depthLimit }], 'depthLimit'] as const),
  ...[-1, Infinity].map(
    (aggregationPeriod) => ['dxlink', 'dom', ['AAPL', { aggregationPeriod }], 'aggregationPeriod'] as const,
  ),
  ['dxlink', 'events', ['Quote'], 'symbols'],
  ...[undefined, null, '', 5, {}, 'a b'].map((symbol) => ['dxlink', 'tally', [symbol], 'symbol'] as const),
  ...[null, '', 5, {}, 'a b'].map((symbol) => ['dxlink', 'resync', [symbol], 'symbol'] as const),
  ...[undefined, null, '', 5].map((symbol) => ['dxlink', 'candlesSince', [symbol, '5m', 0], 'symbol'] as const),
  ...[undefined, null, '', 5, '5 m'].map(
    (period) => ['dxlink', 'candlesSince', ['AAPL', period, 0], 'period'] as const,
  ),
  ...[undefined, null, '0', 5, NaN].map((from) => ['dxlink', 'candlesSince', ['AAPL', '5m', from], 'from'] as const),
  ...[undefined, null, 5, NaN].map((from) => ['dxlink', 'timeAndSalesSince', ['AAPL', from], 'from'] as const),
  ...[null, '', 5, {}].map((symbol) => ['binance', 'resync', [symbol], 'symbol'] as const),
  ...[undefined, null, '', 5].map((name) => ['o2', 'tally', [name], 'market'] as const),
  ...[null, '', 5].map((name) => ['o2', 'resync', [name], 'market'] as const),
  ...[null, '', 200].map((asset) => ['tplus', 'resync', [asset], 'asset'] as const),
  ...[undefined, null, '', 5].map((symbol) => ['tradestation', 'tally', [symbol], 'symbol'] as const),
  ['dxlink', 'events', ['Quotes', 'AAPL'], 'type'],
  ...['book', 'depth', 'depthView', 'trades', 'market'].flatMap((method) =>
    [undefined, null, '', 5].map((name) => ['o2', method, [name], 'market'] as const),
  ),
  ['o2', 'book', ['ETH/USDC', { precision: 7 }], 'precision'],
  ['o2', 'depth', ['ETH/USDC', { precision: 7 }], 'precision'],
  ['o2', 'depthView', ['ETH/USDC', { frequency: '7ms' }], 'frequency'],
  ['o2', 'book', ['ETH/USDC', { deph: 7 }], 'deph'],
  ...['orders', 'openOrders', 'balances', 'balanceUpdates'].flatMap((method) =>
    [undefined, null, '', 5, {}, { ContractId: 5 }].map((id) => ['o2', method, [id], 'identity'] as const),
  ),
  ...['book', 'depth', 'trades', 'candles', 'ticker', 'tally'].flatMap((method) =>
    [undefined, null, '', 200].map((asset) => ['tplus', method, [asset], 'asset'] as const),
  ),
  ['tplus', 'book', ['200', { deph: 5 }], 'deph'],
  ...['quote', 'trades', 'tickBars', 'candles', 'candleEvents', 'book', 'depth', 'optionChain'].flatMap((method) =>
    [undefined, null, '', 5].map((symbol) => ['tradestation', method, [symbol], 'symbol'] as const),
  ),
  ['tradestation', 'quotes', [], 'symbols'],
  ['tradestation', 'quotes', ['MSFT'], 'symbols'],
  ['tradestation', 'quotes', [[5]], 'symbol'],
  ['tradestation', 'trades', ['MSFT', 'x'], 'by'],
  ['tradestation', 'book', ['MSFT', { by: 'x' }], 'by'],
  ['tradestation', 'book', ['MSFT', { depth: 5 }], 'depth'],
  ['tradestation', 'candles', ['MSFT', { unit: 'Hour' }], 'unit'],
  ['tradestation', 'candles', ['MS\ud800FT'], 'symbol'],
  ['kucoin', 'book', ['BTC\ud800-USDT'], 'symbol'],
  ['tastytrade', 'instrument', ['A\ud800'], 'symbol'],
  ['tradestation', 'candles', ['MSFT', new Date(0)], 'options'],
  ['tradestation', 'candles', ['MSFT', { interval: NaN }], 'interval'],
  ['tradestation', 'candles', ['MSFT', { session: 'Pre' }], 'session'],
  ['tradestation', 'optionChain', ['MSFT', { strikes: 5 }], 'strikes'],
  ['tradestation', 'optionChain', ['MSFT', { strikeRange: 'ATM' }], 'strikeRange'],
  ['tradestation', 'optionChain', ['MSFT', { optionType: 'call' }], 'optionType'],
  ...['strikeProximity', 'strikeInterval'].flatMap((field) =>
    [0.5, -1, Infinity].map((value) => ['tradestation', 'optionChain', ['MSFT', { [field]: value }], field] as const),
  ),
  ['tradestation', 'optionChain', ['MSFT', { priceCenter: Infinity }], 'priceCenter'],
  ['tradestation', 'optionChain', ['MSFT', { riskFreeRate: -Infinity }], 'riskFreeRate'],
  ['tradestation', 'optionQuotes', [[{ symbol: 'MSFT 220916C305' }], { riskFreeRate: Infinity }], 'riskFreeRate'],
  ...[0, 0.5, Infinity].map(
    (ratio) => ['tradestation', 'optionQuotes', [[{ symbol: 'MSFT 220916C305', ratio }]], 'ratio'] as const,
  ),
  ['tradestation', 'optionQuotes', [], 'legs'],
  ['tradestation', 'optionQuotes', [[null]], 'legs'],
])('%s.%s(%j) is refused at the call, and %s named', (name, method, args, field) => {
  const [make, needed] = venues[name] ?? [];
  const exchange = make?.(needed) as Methods;
  expect(refusal(() => exchange[method]?.(...args)).field).toBe(field);
});

const withUnified = [
  'binance',
  'coinm',
  'bitfinex',
  'bitstamp',
  'bybit',
  'coinbaseAdvanced',
  'coinbaseExchange',
].concat(['deribit', 'hyperliquid', 'kraken', 'kucoin', 'okx']);
const inUnified = withUnified.flatMap((name) => {
  const [make, needed] = venues[name] ?? [];
  const exchange = make?.(needed) as Methods;
  return [
    [name, 'book', [{ deph: 5 }], 'deph'] as const,
    [name, 'book', [null], 'options'] as const,
    [name, 'depth', [{ silentAfter: -1 }], 'silentAfter'] as const,
    ...(exchange['candles'] === undefined || name === 'coinbaseAdvanced'
      ? []
      : [[name, 'candles', ['7m'], 'interval'] as const, [name, 'candles', [undefined], 'interval'] as const]),
  ];
});
it.each(inUnified)('%s.%s(BTC/USDT, …%j) is refused at the call, too: %s', (name, method, rest, field) => {
  const asked = fakeNetwork();
  const [make, needed] = venues[name] ?? [];
  const exchange = make?.({ ...needed, network: asked }) as Methods;
  const { field: told } = refusal(() => exchange[method]?.('BTC/USDT', ...rest));
  expect(told === 'resolution' ? 'interval' : told).toBe(field);
  expect([asked.wires, asked.requests]).toEqual([[], []]);
});

it.each(
  ['url', 'restUrl'].flatMap((field) =>
    Object.keys(venues).flatMap((name) =>
      ['://x.example:99999', '://[::', '://x example', '://me:very-secret@x.example', '://'].map(
        (rest) => [name, field, `${field === 'url' ? 'wss' : 'https'}${rest}`] as const,
      ),
    ),
  ),
)('%s refuses an address that there can be none of: %s %s', (name, field, address) => {
  const [make, needed] = venues[name] ?? [];
  // Venues without one of the two refuse it by its name, too.
  expect(refusal(() => make?.({ ...needed, [field]: address })).field).toBe(field);
});

it.each(['https://x.example:99999', 'https://me:very-secret@x.example', 'wss://me:very-secret@x.example', 'x'])(
  'tplus refuses %s',
  (address) => {
    const [make, needed] = venues['tplus'] ?? [];
    expect(refusal(() => make?.({ ...needed, orderUrl: address })).field).toBe('orderUrl');
    expect(refusal(() => make?.({ ...needed, marketUrl: address })).field).toBe('marketUrl');
  },
);

it.each<readonly [readonly unknown[], string]>([
  [[], 'account'],
  [[{}], 'account'],
  [[login], 'account'],
  [[{ quoteToken: () => [] }, null], 'options'],
  [[{ quoteToken: () => [] }, { url: 'wss://x.example' }], 'url'],
  [[{ quoteToken: () => [] }, { credentials: () => [{}] }], 'credentials'],
  [[{ quoteToken: () => [] }, { lingr: 5 }], 'lingr'],
])('market data of tastytrade refuses %j, and names %s', (args, field) => {
  expect(refusal(() => (marketData as Untyped)(...args)).field).toBe(field);
});

it('lists the intervals', () => {
  const error = refusal(() => (binance({ network }).candles as Untyped)('BTCUSDT', '7m'));
  expect(error.expected).toBe('1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w, 1M');
});

it('never builds an address with two slashes, and takes an audit', () => {
  const asked = fakeNetwork();
  const exchange = binance({ network: asked, url: 'wss://x.example//', restUrl: 'https://y.example/proxy/' });
  const watching = exchange.book('btcusdt', { audit: audit({ every: 1_000 }) }).subscribe();
  expect(asked.wires[0]?.endpoint.url).toBe('wss://x.example/stream');
  watching.unsubscribe();
  exchange.close();
});

it.each([
  ['okx', 'wss://ws.okx.com:8443', 'https://www.okx.com'],
  ['okx', 'wss://wspap.okx.com:8443/', 'https://www.okx.com'],
  ['okx', 'wss://real.okcoin.com', 'https://www.okcoin.com'],
  ['okx', 'wss://real.okcoin.com:8443', 'https://www.okcoin.com'],
  ['bybit', 'wss://stream.bybit.com:9443', 'https://api.bybit.com'],
  ['kraken', 'wss://WS.Kraken.com:443', 'https://api.kraken.com'],
  ['kraken', 'ws://[::1]:8080', 'http://[::1]:8080'],
  ['coinbaseAdvanced', 'wss://advanced-trade-ws.coinbase.com:443', 'https://api.coinbase.com'],
  ['binance', 'wss://stream.binance.com', 'https://api.binance.com'],
  ['bitstamp', 'wss://ws.bitstamp.net/', 'https://www.bitstamp.net'],
  // A book of the one host and its snapshot of another would be a wrong one.
  ['bitstamp', 'ws://x.example:8080', 'http://x.example:8080'],
  ['bitfinex', 'wss://x.example/ws/2', 'https://x.example'],
  ['deribit', 'wss://test.deribit.com/ws/api/v2', 'https://test.deribit.com'],
  // It serves market data to sockets, and has no other side.
  ['deribit', 'wss://streams.deribit.com/ws/api/v2', 'https://www.deribit.com'],
  ['bybit', 'wss://stream.bybit.kz', 'https://api.bybit.kz'],
  ['bybit', 'wss://stream.bybit-tr.com', 'https://api.bybit-tr.com'],
  ['bybit', 'wss://stream.bybitgeorgia.ge', 'https://api.bybitgeorgia.ge'],
  ['bybit', 'wss://x.example', 'https://x.example'],
  ['coinbaseExchange', 'wss://ws-direct.exchange.coinbase.com', 'https://api.exchange.coinbase.com'],
  ['hyperliquid', 'wss://api.hyperliquid-testnet.xyz/ws', 'https://api.hyperliquid-testnet.xyz'],
])('%s at %s makes its requests to %s', (name, url, base) => {
  const asked = fakeNetwork();
  const [make, needed] = venues[name] ?? [];
  const exchange = make?.({ ...needed, network: asked, url }) as { readonly instruments: () => Observable<unknown> };
  exchange.instruments().subscribe().unsubscribe();
  expect(asked.requests[0]?.request.url.slice(0, base.length + 1)).toBe(`${base}/`);
});

it.each([
  'wss://me:very-secret@x.example',
  'wss://me:very-secret/more@x.example/a',
  'wss://x.example/ws/very-secret-very-secret-very-secret',
  'wss://x.example/?listenKey=very-secret',
  'wss://x.example#very-secret',
  'https://x.example/very-secret-very-secret-very-secret/a',
])('nothing that may be a secret is shown of %s', (url) => {
  for (const field of ['url', 'restUrl']) {
    const [make, needed] = venues['binance'] ?? [];
    const given = field === 'url' ? url : `${url.replace('wss', 'https')}#`;
    expect(refusal(() => make?.({ ...needed, [field]: given })).field).toBe(field);
  }
});
