import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../../../lib/network/network.js';
import { answerWhenDue } from '../../../../lib/simulation/faults/answerWhenDue.js';
import { jsonAnswer } from '../../../../lib/simulation/jsonAnswer.js';
import { lowerCased } from '../../../../lib/simulation/lowerCased.js';
import { parseUrl } from '../../../../lib/simulation/parseUrl.js';
import type { SpecVenueHost } from '../specVenue.js';
import type { KucoinBook } from './kucoinBook.js';
import { limits } from './limits.js';

export interface RestConfig {
  readonly host: SpecVenueHost;
  /** How old what is asked for always is, in ms. */
  readonly lag: number;
  readonly books: ReadonlyMap<string, KucoinBook>;
  /** A token for one connection. */
  readonly token: () => string;
}

/** Further than any stream gets while a snapshot is on its way. */
const FAR_AHEAD = 1_000_000_000;

const answer = (data: unknown): HttpResponse => jsonAnswer(200, JSON.stringify({ code: '200000', data }));
const refusal = (status: number, code: string, msg: string): HttpResponse =>
  jsonAnswer(status, JSON.stringify({ code, msg }), status === 429 ? { 'retry-after': '1' } : {});

/** Tokens with the address of connections, and snapshots of books. */
export const rest =
  (config: RestConfig) =>
  (request: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(request.url) ?? {};
      if (pathname === '/api/v1/bullet-public') return of(bullet(config, request));
      const symbol = searchParams.get('symbol') ?? '';
      if (pathname === '/api/v1/market/orderbook/level2_100') return snapshot(config, symbol, 100);
      if (pathname !== '/api/v3/market/orderbook/level2') return of(refusal(404, '404', 'Not Found'));
      const isSigned = lowerCased(request.headers ?? {})['kc-api-key'] !== undefined;
      return isSigned ? snapshot(config, symbol, Infinity) : of(refusal(401, '400001', 'Please check the header'));
    });

function bullet({ host, token }: RestConfig, { method, url }: HttpRequest): HttpResponse {
  if (method !== 'POST') return refusal(405, '405', 'Method Not Allowed');
  const failing = host.oddities.take('failingToken', url);
  if (failing !== undefined) return refusal(failing.delay % 2 === 0 ? 401 : 503, '503', 'service unavailable');
  const { pingInterval, pingTimeout } = limits;
  const endpoint = 'wss://ws-api-spot.kucoin.example/endpoint';
  const server = { endpoint, encrypt: true, protocol: 'websocket', pingInterval, pingTimeout };
  return answer({ token: token(), instanceServers: [server] });
}

function snapshot({ host, lag, books }: RestConfig, symbol: string, most: number): Observable<HttpResponse> {
  const { faults, oddities, scheduler, now } = host;
  const book = books.get(symbol);
  const slow = faults.take('slowSnapshot', symbol);
  const failing = faults.take('failingSnapshot', symbol);
  return answerWhenDue(slow, scheduler, () => {
    if (failing !== undefined) return refusal(failing.status ?? 500, '500', 'internal error');
    if (book === undefined) return refusal(400, '400100', 'symbol not exists');
    const stale = faults.take('staleSnapshot', symbol);
    const age = stale === undefined ? lag : (stale.delay ?? 5_000);
    const { sequence, at, bids, asks } = book.snapshot(now(), age, most);
    const ahead = oddities.take('snapshotAhead', symbol) === undefined ? 0 : FAR_AHEAD;
    return answer({ time: at, sequence: String(sequence + ahead), bids, asks });
  });
}
