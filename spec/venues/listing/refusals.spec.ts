import type { Observable } from 'rxjs';
import type { Exchange, ExchangeOptions } from '../../../lib/index.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { response } from '../../../lib/testing/fakeRequest.js';
import { binance } from '../../../lib/venues/binance/index.js';
import { bitfinex } from '../../../lib/venues/bitfinex/index.js';
import { bybit } from '../../../lib/venues/bybit/index.js';
import { coinbaseExchange } from '../../../lib/venues/coinbase/index.js';
import { deribit } from '../../../lib/venues/deribit/index.js';
import { hyperliquid } from '../../../lib/venues/hyperliquid/index.js';
import { kraken } from '../../../lib/venues/kraken/index.js';
import { kucoin } from '../../../lib/venues/kucoin/index.js';
import { o2 } from '../../../lib/venues/o2/index.js';
import { okx } from '../../../lib/venues/okx/index.js';
import { Clock, Seen } from '../../support/fakeVenue.js';

type Lister = Exchange & { readonly instruments: () => Observable<unknown> };
const makes = { binance, bitfinex, bybit, coinbaseExchange, deribit, hyperliquid, kraken, kucoin, o2, okx };
const venues: Readonly<Record<keyof typeof makes, (options: ExchangeOptions) => Exchange>> = makes;

/** What each venue says no with, and for how long nothing is asked for then, in ms. */
it.each<readonly [keyof typeof makes, number, unknown, Readonly<Record<string, string>>, number]>([
  ['binance', 418, { code: -1003, msg: 'IP banned until 300000.' }, { 'retry-after': '20' }, 20_000],
  ['binance', 429, { code: -1003, msg: 'Too much request weight used.' }, {}, 60_000],
  ['bitfinex', 429, ['error', 11010, 'ratelimit: error'], {}, 60_000],
  ['bitfinex', 500, ['error', 11010, 'ratelimit: error'], {}, 60_000],
  ['bitfinex', 200, ['error', 11010, 'ratelimit: error'], {}, 60_000],
  ['bitfinex', 200, { error: 'ERR_RATE_LIMIT' }, {}, 60_000],
  ['bitfinex', 500, ['error', 10020, 'symbol: invalid'], {}, 0],
  ['bybit', 200, { retCode: 10006, retMsg: 'Too many visits!', result: {} }, {}, 5_000],
  ['bybit', 200, { retCode: 10018, retMsg: 'Exceeded the IP Rate Limit.' }, {}, 600_000],
  ['bybit', 403, 'access too frequent', {}, 600_000],
  ['bybit', 403, '<html>Not from your country</html>', {}, 0],
  ['bybit', 200, { retCode: 10001, retMsg: 'params error' }, {}, 0],
  ['coinbaseExchange', 429, { message: 'Public rate limit exceeded' }, {}, 60_000],
  ['deribit', 429, { jsonrpc: '2.0', error: { message: 'too_many_requests', code: 10028 } }, {}, 60_000],
  ['deribit', 400, { jsonrpc: '2.0', error: { message: 'too_many_requests', code: 10028 } }, {}, 60_000],
  ['deribit', 200, { jsonrpc: '2.0', error: { message: 'Invalid params', code: -32602 } }, {}, 0],
  ['hyperliquid', 429, null, {}, 60_000],
  ['kraken', 200, { error: ['EAPI:Rate limit exceeded'] }, {}, 60_000],
  ['kraken', 200, { error: ['EGeneral:Too many requests'], result: {} }, {}, 60_000],
  ['kraken', 200, { error: ['EQuery:Unknown asset pair'] }, {}, 0],
  ['kucoin', 429, { code: '429000', msg: 'Too many requests' }, { 'gw-ratelimit-reset': '12000' }, 12_000],
  ['kucoin', 200, { code: '429000', msg: 'Too many requests' }, {}, 30_000],
  ...['1e400', '-1', '0', '1700000000000', 'soon'].map(
    (reset) => ['kucoin', 429, { code: '429000', msg: 'Too many' }, { 'gw-ratelimit-reset': reset }, 30_000] as const,
  ),
  ['kucoin', 200, { code: '400100', msg: 'Invalid symbol' }, {}, 0],
  ['o2', 400, { code: 1003, message: 'Rate limit exceeded' }, {}, 60_000],
  ['o2', 404, { code: 2000, message: 'Market not found' }, {}, 0],
  ['okx', 200, { code: '50011', msg: 'Rate limit reached', data: [] }, {}, 60_000],
  ['okx', 429, { code: '50011', msg: 'Too Many Requests' }, { 'retry-after': '2' }, 2_000],
  ['okx', 200, { code: '51001', msg: 'Instrument ID does not exist' }, {}, 0],
])('%s says no with %d %j %j: its words are told, and nothing is asked for before %d ms', (name, ...row) => {
  const [status, body, headers, wait] = row;
  const clock = new Clock();
  const network = fakeNetwork();
  const exchange = venues[name]({ network, scheduler: clock }) as Lister;
  const first = new Seen(exchange.instruments());
  for (const request of network.requests) request.respond(response(body, { status, headers }));

  const asked = network.requests.length;
  const told = String((first.end as { readonly error?: unknown } | undefined)?.error);
  expect(told).toContain(`request failed with status ${String(status)} (`);
  expect(told).toContain(typeof body === 'string' ? body : JSON.stringify(body).slice(0, 200));
  new Seen(exchange.instruments());
  clock.advance(wait - 1);
  expect(network.requests.length - asked > 0).toBe(wait === 0);
  clock.advance(1);
  expect(network.requests.length).toBeGreaterThan(asked);
});
