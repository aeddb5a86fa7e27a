import type { BinanceMarket } from './streamName.js';

const usdmLimits: readonly number[] = [5, 10, 20, 50, 100, 500, 1_000];

/** How many levels of a book are asked for; `undefined` where that many can't be. */
export function depthLimitOf(market: BinanceMarket, text: string | null): number | undefined {
  if (text === null) return market === 'spot' ? 100 : 500;
  const limit = /^\d+$/.test(text) ? Number(text) : 0;
  if (market === 'usdm') return usdmLimits.includes(limit) ? limit : undefined;
  return limit === 0 ? undefined : Math.min(limit, 5_000);
}

/**
 * What a request costs, by the last words of its path. Source: the venue's REST pages; those of USD-M's depth as ccxt holds
 * them.
 */
export function weightOf(market: BinanceMarket, path: string, query: URLSearchParams): number {
  const isSpot = market === 'spot';
  const limit = Number(query.get('limit') ?? 500);
  switch (path) {
    case 'depth':
      return depthWeight(market, depthLimitOf(market, query.get('limit')) ?? 100);
    case 'exchangeInfo':
      return isSpot ? 20 : 1;
    case 'trades':
      return isSpot ? 25 : 5;
    case 'aggTrades':
      return isSpot ? 4 : 20;
    case 'klines':
      return isSpot ? 2 : limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1_000 ? 5 : 10;
    case 'ticker/24hr':
      return tickerWeight(isSpot, query);
    default:
      return 1;
  }
}

function depthWeight(market: BinanceMarket, limit: number): number {
  if (market === 'usdm') return limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20;
  return limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1_000 ? 50 : 250;
}

function tickerWeight(isSpot: boolean, query: URLSearchParams): number {
  if (query.has('symbol')) return isSpot ? 2 : 1;
  const count = query.get('symbols')?.split(',').length ?? Infinity;
  if (!isSpot) return 40;
  return count <= 20 ? 2 : count <= 100 ? 40 : 80;
}
