import { type Observable, type SchedulerLike, defer } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { answerWhenDue } from '../faults/answerWhenDue.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { lowerCased } from '../lowerCased.js';
import { parseRecord } from '../parseRecord.js';
import { parseUrl } from '../parseUrl.js';
import type { Account } from './account.js';
import { customerAccountWords } from './accountWords.js';
import type { TastytradeLimits } from './limits.js';
import type { Tokens } from './tokens.js';
import type { Words } from './words.js';

export interface RestConfig {
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** When the accounts were opened, in ms. */
  readonly openedAt: number;
  readonly dxlinkUrl: () => string;
  readonly accounts: ReadonlyMap<string, Account>;
  /** What it trades, with the steps of their prices. */
  readonly shares: readonly { readonly symbol: string; readonly tick: string }[];
  readonly tokens: Tokens;
  readonly limits: TastytradeLimits;
  readonly faults: FaultSchedule;
  readonly scheduler: SchedulerLike;
  /** Told of each request's path. */
  readonly requested: (path: string) => void;
}

/** The venue's requests: tokens, and the state of accounts. All keys have hyphens but those of OAuth. */
export function rest(config: RestConfig): (request: HttpRequest) => Observable<HttpResponse> {
  const { faults, scheduler } = config;
  return (request) =>
    defer(() => {
      const { pathname: path = '', searchParams: query = new URLSearchParams() } = parseUrl(request.url) ?? {};
      config.requested(path);
      const slow = path.startsWith('/accounts/') ? faults.take('slowSnapshot', path) : undefined;
      return answerWhenDue(slow, scheduler, () => answer(config, request, path, query));
    });
}

function answer(config: RestConfig, request: HttpRequest, path: string, query: URLSearchParams): HttpResponse {
  const { method, headers } = request;
  if (path === '/oauth/token') return method === 'POST' ? token(config, request) : refusal(405, 'method', 'POST only');
  const isKnown = config.tokens.isAccess(lowerCased(headers)['authorization']);
  if (!isKnown) return refusal(401, 'unauthorized', 'Unauthorized');
  if (path === '/sessions/validate' && method === 'POST')
    return reply(200, { data: { validated: true }, context: path });
  if (method !== 'GET') return refusal(405, 'method', 'GET only');
  if (path === '/api-quote-tokens') {
    const quote = config.tokens.giveQuote(config.limits.quoteTokenLife);
    return reply(200, { data: { token: quote, 'dxlink-url': config.dxlinkUrl(), level: 'api' }, context: path });
  }
  if (path === '/customers/me/accounts') {
    const items = [...config.accounts.keys()].map((account) => customerAccountWords(account, config.openedAt));
    return reply(200, { data: { items }, context: path });
  }
  if (path.startsWith('/instruments/')) return ofInstruments(config, path);
  const [, account, rest] = /^\/accounts\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (account !== undefined && rest !== undefined) return ofAccount(config, decodeURIComponent(account), rest, query);
  return refusal(404, 'not_found', 'No such path');
}

/** Its shares, traded by the whole one and in fractions, and how fine those are. */
function ofInstruments({ shares }: RestConfig, path: string): HttpResponse {
  if (path === '/instruments/quantity-decimal-precisions') {
    const items = [{ 'instrument-type': 'Equity', value: 5, 'minimum-increment-precision': 0 }];
    return reply(200, { data: { items }, context: path });
  }
  const [, name = ''] = /^\/instruments\/equities\/([^/]+)$/.exec(path) ?? [];
  const symbol = decodeURIComponent(name);
  const { tick } = shares.find((one) => one.symbol === symbol) ?? {};
  if (tick === undefined) return refusal(404, 'record_not_found', "Couldn't find Instrument");
  const words: Words = {
    symbol,
    'instrument-type': 'Equity',
    'short-description': symbol,
    'is-index': false,
    'listed-market': 'XNAS',
    description: symbol,
    'is-closing-only': false,
    'is-options-closing-only': false,
    active: true,
    'is-fractional-quantity-eligible': true,
    'is-illiquid': false,
    'is-etf': false,
    'streamer-symbol': symbol,
    'tick-sizes': [{ value: '0.0001', threshold: '1.0' }, { value: tick }],
    'option-tick-sizes': [{ value: '0.01', threshold: '3.0' }, { value: '0.05' }],
  };
  return reply(200, { data: words, context: path });
}

function token(config: RestConfig, { body = '' }: HttpRequest): HttpResponse {
  const { tokens, limits, faults } = config;
  if (faults.take('failingToken', '/oauth/token') !== undefined) return refusal(503, 'unavailable', 'Try again later');
  const requested = parseRecord(body) ?? {};
  const isGood =
    requested['grant_type'] === 'refresh_token' &&
    requested['client_secret'] === config.clientSecret &&
    requested['refresh_token'] === config.refreshToken;
  if (!isGood) return refusal(401, 'invalid_grant', 'Grant revoked');
  const life = faults.take('shortToken', '/oauth/token') === undefined ? limits.tokenLife : 20_000;
  return reply(200, { access_token: tokens.giveAccess(life), token_type: 'Bearer', expires_in: life / 1_000 });
}

function ofAccount({ accounts, faults }: RestConfig, id: string, path: string, query: URLSearchParams): HttpResponse {
  const account = accounts.get(id);
  if (account === undefined) return refusal(403, 'not_permitted', 'User not permitted access');
  const failing = faults.take('failingSnapshot', `${id}/${path}`);
  if (failing !== undefined) return refusal(failing.status ?? 500, 'internal', 'Something went wrong');
  const context = `/accounts/${id}/${path}`;
  const one = (data: Words): HttpResponse => reply(200, { data, context });
  const list = (items: readonly Words[]): HttpResponse => reply(200, { data: { items }, context });
  const [, orderId] = /^orders\/(\d+)$/.exec(path) ?? [];
  if (orderId !== undefined) {
    const order = account.orders.get(Number(orderId));
    if (order === undefined) return refusal(404, 'record_not_found', "Couldn't find Order");
    return one(account.orderWords(order));
  }
  switch (path) {
    case 'orders/live':
      return list(account.liveOrders);
    case 'complex-orders/live':
      return list(account.liveComplexOrders);
    case 'positions':
      return list(
        wantedOf(
          query.get('include-closed-positions') === 'true' ? account.allPositions : account.openPositions,
          query,
        ),
      );
    case 'balances':
    case 'balances/USD':
      return one(account.balances);
    case 'trading-status':
      return one(account.tradingStatus);
    default:
      return refusal(404, 'not_found', 'No such path');
  }
}

/** What positions can be asked for by: each that is named has to be so, and of a list (`symbol[]`) any will do. */
const FILTERS = ['symbol', 'underlying-symbol', 'instrument-type'];

const wantedOf = (positions: readonly Words[], query: URLSearchParams): readonly Words[] =>
  positions.filter((position) =>
    FILTERS.every((key) => {
      const wanted = [...query.getAll(key), ...query.getAll(`${key}[]`)];
      return wanted.length === 0 || wanted.some((one) => one === position[key]);
    }),
  );

const reply = (status: number, body: Words): HttpResponse => jsonAnswer(status, JSON.stringify(body));

const refusal = (status: number, code: string, message: string): HttpResponse =>
  jsonAnswer(status, JSON.stringify({ error: { code, message } }), status === 429 ? { 'retry-after': '1' } : {});
