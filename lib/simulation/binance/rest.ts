import { defer, of, type Observable, type SchedulerLike } from 'rxjs';
import { answerWhenDue } from '../faults/answerWhenDue.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { parseUrl } from '../parseUrl.js';
import { SlidingWindow } from '../slidingWindow.js';
import { exchangeInfo } from './exchangeInfo.js';
import type { BinanceLimits } from './limits.js';
import type { BinanceMarket } from './streamName.js';
import { FAR_AHEAD, type Numbering } from './numbering.js';
import { WeightBudget, type Verdict } from './weightBudget.js';

export interface RestConfig {
  readonly market: BinanceMarket;
  readonly source: SimulatedMarket;
  readonly limits: BinanceLimits;
  readonly faults: FaultSchedule;
  readonly numbering: Numbering;
  readonly scheduler: SchedulerLike;
  /** Told of each request's path. */
  readonly requested: (path: string) => void;
  readonly violated: (limit: keyof BinanceLimits) => void;
}

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
}

const usdmLimits: readonly number[] = [5, 10, 20, 50, 100, 500, 1_000];

/** The venue's requests: depth snapshots and what a client wants to know before them. */
export function rest(config: RestConfig): (request: HttpRequest) => Observable<HttpResponse> {
  const { market, source, limits, faults, numbering, scheduler } = config;
  const base = market === 'spot' ? '/api/v3' : '/fapi/v1';
  const budget = new WeightBudget(limits);
  const snapshots = new SlidingWindow(limits.snapshotsPerSecond, 1_000);

  const isUnknown = (symbol: string): boolean =>
    source.instrument(symbol) === undefined || faults.take('unknownSymbol', symbol) !== undefined;

  const snapshot = (symbol: string, limit: number, age: number): string => {
    const book = source.instrument(symbol)?.book;
    const taken = book?.trueBook(age === 0 ? undefined : book.sequenceAt(source.now() - age));
    const known = numbering.isUnlisted(symbol) ? undefined : taken;
    const { sequence = -1, bids = [], asks = [] } = known ?? {};
    const ahead = faults.take('snapshotAhead', symbol) === undefined ? 0 : FAR_AHEAD;
    const now = source.now();
    const times = market === 'usdm' ? { E: now, T: now } : {};
    const lastUpdateId = sequence + ahead;
    return JSON.stringify({ lastUpdateId, ...times, bids: bids.slice(0, limit), asks: asks.slice(0, limit) });
  };

  const depth = ({ query }: Asked, verdict: Verdict): Observable<HttpResponse> => {
    const symbol = query.get('symbol') ?? '';
    const limit = limitOf(market, query.get('limit'));
    if (symbol === '') return of(refusal(400, verdict, -1102, missing('symbol')));
    if (limit === undefined) return of(refusal(400, verdict, -1130, "Data sent for parameter 'limit' is not valid."));
    if (isUnknown(symbol)) return of(refusal(400, verdict, -1121, 'Invalid symbol.'));
    if (!snapshots.admits(source.now())) {
      config.violated('snapshotsPerSecond');
      return of(tooMuch({ ...verdict, status: 429, until: source.now() + 1_000 }, source.now()));
    }
    const failing = faults.take('failingSnapshot', symbol);
    const slow = faults.take('slowSnapshot', symbol);
    const answer = (): HttpResponse => {
      if (failing !== undefined) return failure(failing.status ?? 500, verdict, source.now());
      const stale = faults.take('staleSnapshot', symbol);
      return reply(200, verdict, snapshot(symbol, limit, stale === undefined ? 0 : (stale.delay ?? 5_000)));
    };
    return answerWhenDue(slow, scheduler, answer);
  };

  return (request) =>
    defer(() => {
      const location = parseUrl(request.url);
      const path = location?.pathname ?? '';
      const query = location?.searchParams ?? new URLSearchParams();
      config.requested(path);
      const known = [`${base}/depth`, `${base}/exchangeInfo`, `${base}/time`, `${base}/ping`].includes(path);
      const now = source.now();
      const verdict = budget.spend(weightOf(market, path, query), now);
      if (verdict.status !== 200) {
        config.violated('weightPerMinute');
        return of(tooMuch(verdict, now));
      }
      if (!known) return of(reply(404, verdict, '<html><body><h2>404 Not found</h2></body></html>', 'text/html'));
      if (request.method !== 'GET') return of(refusal(405, verdict, -1020, 'This operation is not supported.'));
      if (path.endsWith('/depth')) return depth({ path, query }, verdict);
      if (path.endsWith('/time')) return of(reply(200, verdict, JSON.stringify({ serverTime: now })));
      if (path.endsWith('/ping')) return of(reply(200, verdict, '{}'));
      const symbol = query.get('symbol');
      if (symbol !== null && isUnknown(symbol)) return of(refusal(400, verdict, -1121, 'Invalid symbol.'));
      const symbols = symbol === null ? source.symbols : [symbol];
      return of(reply(200, verdict, exchangeInfo(market, source, limits, symbols)));
    });
}

/** Source: the venue's REST page, "Order book"; weights of USD-M as ccxt holds them. */
function weightOf(market: BinanceMarket, path: string, query: URLSearchParams): number {
  if (path.endsWith('/exchangeInfo')) return market === 'spot' ? 20 : 1;
  if (!path.endsWith('/depth')) return 1;
  const limit = limitOf(market, query.get('limit')) ?? 100;
  if (market === 'usdm') return limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20;
  return limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1_000 ? 50 : 250;
}

function limitOf(market: BinanceMarket, text: string | null): number | undefined {
  if (text === null) return market === 'spot' ? 100 : 500;
  const limit = /^\d+$/.test(text) ? Number(text) : 0;
  if (market === 'usdm') return usdmLimits.includes(limit) ? limit : undefined;
  return limit === 0 ? undefined : Math.min(limit, 5_000);
}

const missing = (name: string): string => `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`;

function reply(status: number, { used }: Verdict, body: string, type = 'application/json'): HttpResponse {
  return { status, body, headers: { 'content-type': `${type};charset=UTF-8`, 'x-mbx-used-weight-1m': String(used) } };
}

const refusal = (status: number, verdict: Verdict, code: number, msg: string): HttpResponse =>
  reply(status, verdict, JSON.stringify({ code, msg }));

function tooMuch(verdict: Verdict, now: number): HttpResponse {
  const banned = verdict.status === 418;
  const msg = banned
    ? `Way too much request weight used; IP banned until ${verdict.until}. Please use WebSocket Streams for live updates to avoid bans.`
    : `Too much request weight used; current limit is reached. Please use WebSocket Streams for live updates to avoid polling the API.`;
  const response = refusal(verdict.status, verdict, -1003, msg);
  const retryAfter = String(Math.max(1, Math.ceil((verdict.until - now) / 1_000)));
  return { ...response, headers: { ...response.headers, 'retry-after': retryAfter } };
}

function failure(status: number, verdict: Verdict, now: number): HttpResponse {
  if (status === 429 || status === 418) return tooMuch({ ...verdict, status, until: now + 1_000 }, now);
  return refusal(status, verdict, -1000, 'An unknown error occurred while processing the request.');
}
