import type { HttpResponse } from '../../network/network.js';
import { errorAnswer, json, refusedAnswer } from './answers.js';
import { pastBarsOf } from './paths.js';
import { badRequest, isRefused } from './refused.js';
import type { StreamSources } from './streamSources.js';

/** What the venue answers of the market: quotes, what its symbols are, and bars of the past. */
export function marketAnswer({ pathname, searchParams: query }: URL, sources: StreamSources): HttpResponse {
  const [, what, name = ''] = /^\/v3\/marketdata\/(\w+)\/([^/]+)$/.exec(pathname) ?? [];
  const symbols = decodeURIComponent(name);
  if (what === 'quotes') return quotes(symbols.split(','), sources);
  if (what === 'symbols') return details(symbols.split(','), sources);
  return what === 'barcharts' ? bars(symbols, query, sources) : errorAnswer(404);
}

function quotes(symbols: readonly string[], sources: StreamSources): HttpResponse {
  if (symbols.length > 100) return refusedAnswer(badRequest('symbols are 100 at most'));
  const rows = symbols.map((symbol) => [symbol, sources.quoteOf(symbol)] as const);
  return json({
    Quotes: rows.flatMap(([, quote]) => quote ?? []),
    Errors: rows.flatMap(([Symbol, quote]) =>
      quote === undefined ? [{ Symbol, Error: 'FAILED, INVALID SYMBOL' }] : [],
    ),
  });
}

function details(symbols: readonly string[], sources: StreamSources): HttpResponse {
  if (symbols.length > 50) return refusedAnswer(badRequest('symbols are 50 at most'));
  const rows = symbols.map((symbol) => [symbol, sources.detailsOf(symbol)] as const);
  return json({
    Symbols: rows.flatMap(([, known]) => known ?? []),
    Errors: rows.flatMap(([Symbol, known]) =>
      known === undefined ? [{ Symbol, Error: 'NotFound', Message: 'Symbol not found.' }] : [],
    ),
  });
}

function bars(symbol: string, query: URLSearchParams, sources: StreamSources): HttpResponse {
  const wanted = pastBarsOf(symbol, query);
  if (isRefused(wanted)) return refusedAnswer(wanted);
  const lines = sources.barsOf(wanted);
  return isRefused(lines) ? refusedAnswer(lines) : json({ Bars: lines.map((line) => JSON.parse(line) as unknown) });
}
