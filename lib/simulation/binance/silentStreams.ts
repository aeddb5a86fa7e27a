import type { BinanceMarket } from './streamName.js';

const INTERVAL = '(?:1s|[135]m|15m|30m|[12468]h|12h|[13]d|1w|1M)';
const OF_SYMBOL: Readonly<Record<BinanceMarket, RegExp>> = {
  spot: new RegExp(`^(?:kline_${INTERVAL}@\\+08:00|avgPrice|referencePrice|blockTrade|ticker_(?:1h|4h|1d))$`),
  usdm: new RegExp(
    `^(?:markPrice(?:@1s)?|continuousKline_${INTERVAL}|forceOrder|compositeIndex|assetIndex|rpiDepth(?:@500ms)?)$`,
  ),
};

/**
 * Whether the venue has a stream that says nothing here: it is acknowledged, as at the venue, and stays silent. Those over
 * all symbols begin with `!`. Source: the venue's pages of streams, mid-2026.
 */
export function isSilentStream(market: BinanceMarket, name: string): boolean {
  if (name.startsWith('!')) return true;
  const at = name.indexOf('@');
  return at > 0 && OF_SYMBOL[market].test(name.slice(at + 1));
}
