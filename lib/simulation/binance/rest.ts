import { defer, of, type Observable } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { lowerCased } from '../lowerCased.js';
import { parseUrl } from '../parseUrl.js';
import { depthSnapshots } from './depthSnapshots.js';
import { exchangeInfo } from './exchangeInfo.js';
import { aggregateTrades, BadParameter, dayTicker, klines, recentTrades, type DataRequest } from './marketData.js';
import type { RestConfig } from './restConfig.js';
import { missing, refusal, reply, tooMuch } from './restAnswers.js';
import { type SymbolFilter, symbolsOf } from './symbolFilter.js';
import { inUnit, timeUnitOf, type TimeUnit } from './timeUnit.js';
import { WeightBudget, type Verdict } from './weightBudget.js';
import { weightOf } from './weights.js';

interface ParsedRequest {
  /** The path behind the base: `depth`, `ticker/24hr`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly unit: TimeUnit;
  readonly verdict: Verdict;
}

/** What is told of one symbol's trades. */
const tradeData: Readonly<Record<string, (request: DataRequest) => readonly unknown[] | BadParameter>> = {
  trades: recentTrades,
  aggTrades: aggregateTrades,
  klines,
};
const paths = ['depth', 'exchangeInfo', 'time', 'ping', 'ticker/24hr', ...Object.keys(tradeData)];

/** The venue's requests: depth snapshots and what a client wants to know before them. */
export function rest(config: RestConfig): (request: HttpRequest) => Observable<HttpResponse> {
  const { market, source, limits } = config;
  const base = market === 'spot' ? '/api/v3/' : '/fapi/v1/';
  const budget = new WeightBudget(limits);
  const answers = new Answers(config);
  const depth = depthSnapshots(config, (symbol) => answers.isUnknown(symbol));

  return (request) =>
    defer(() => {
      const location = parseUrl(request.url);
      const pathname = location?.pathname ?? '';
      const path = pathname.startsWith(base) ? pathname.slice(base.length) : '';
      const query = location?.searchParams ?? new URLSearchParams();
      config.requested(pathname);
      const now = source.now();
      const verdict = budget.spend(weightOf(market, path, query), now);
      if (verdict.status !== 200) {
        config.violated('weightPerMinute');
        return of(tooMuch(verdict, now));
      }
      if (!paths.includes(path)) {
        return of(reply(404, verdict, '<html><body><h2>404 Not found</h2></body></html>', 'text/html'));
      }
      if (request.method !== 'GET') return of(refusal(405, verdict, -1020, 'This operation is not supported.'));
      const unit = timeUnitOf(market, lowerCased(request.headers ?? {})['x-mbx-time-unit']);
      const parsed: ParsedRequest = { path, query, unit, verdict };
      return path === 'depth' ? depth(query, verdict) : of(answers.to(parsed));
    });
}

/** What does not wait for anything. */
class Answers {
  constructor(private readonly config: RestConfig) {}

  isUnknown(symbol: string): boolean {
    const { source, faults } = this.config;
    return source.instrument(symbol) === undefined || faults.take('unknownSymbol', symbol) !== undefined;
  }

  to(parsed: ParsedRequest): HttpResponse {
    switch (parsed.path) {
      case 'time':
        return reply(
          200,
          parsed.verdict,
          JSON.stringify({ serverTime: inUnit(parsed.unit, this.config.source.now()) }),
        );
      case 'ping':
        return reply(200, parsed.verdict, '{}');
      case 'exchangeInfo':
        return this.#info(parsed);
      case 'ticker/24hr':
        return this.#tickers(parsed);
      default:
        return this.#trades(parsed);
    }
  }

  /** Of one symbol, of several, or of all. */
  #tickers({ query, verdict, unit }: ParsedRequest): HttpResponse {
    const { market, source } = this.config;
    const symbols = symbolsOf(this.#filter, query, verdict);
    if ('status' in symbols) return symbols;
    const type = market === 'spot' ? (query.get('type') ?? 'FULL') : 'FULL';
    if (type !== 'FULL' && type !== 'MINI') return refusal(400, verdict, -1139, 'Invalid ticker type.');
    const instruments = symbols.flatMap((symbol) => source.instrument(symbol) ?? []);
    const rows = instruments.map((instrument) => dayTicker({ market, instrument, unit, now: source.now() }, type));
    return reply(200, verdict, JSON.stringify(query.has('symbol') ? rows[0] : rows));
  }

  #trades({ path, query, verdict, unit }: ParsedRequest): HttpResponse {
    const { market, source } = this.config;
    const symbol = query.get('symbol') ?? '';
    if (symbol === '') return refusal(400, verdict, -1102, missing('symbol'));
    const instrument = this.isUnknown(symbol) ? undefined : source.instrument(symbol);
    if (instrument === undefined) return refusal(400, verdict, -1121, 'Invalid symbol.');
    const rows = tradeData[path]?.({ market, instrument, query, unit, now: source.now() });
    if (!(rows instanceof BadParameter)) return reply(200, verdict, JSON.stringify(rows));
    return refusal(400, verdict, rows.code, rows.text);
  }

  #info({ query, verdict }: ParsedRequest): HttpResponse {
    const { market, source, limits } = this.config;
    // Those of USD-M are told all at once.
    const symbols = market === 'usdm' ? source.symbols : symbolsOf(this.#filter, query, verdict);
    return 'status' in symbols ? symbols : reply(200, verdict, exchangeInfo(market, source, limits, symbols));
  }

  get #filter(): SymbolFilter {
    const { market, source } = this.config;
    return { market, source, isUnknown: (symbol) => this.isUnknown(symbol) };
  }
}
