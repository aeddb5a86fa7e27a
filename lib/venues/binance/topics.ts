import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import type { Topic } from '../../socket/plan.js';
import { checkOneOf } from './checks.js';
import type { BinanceGroup, BinanceMarket } from './endpoint.js';

/** How often depth diffs are sent. `250ms` is USD-M's own pace, `1000ms` spot's; each has the other one's not. */
export type DepthSpeed = '100ms' | '250ms' | '500ms' | '1000ms';

const speeds: Readonly<Record<BinanceMarket, Readonly<Partial<Record<DepthSpeed, string>>>>> = {
  spot: { '100ms': '@100ms', '1000ms': '' },
  usdm: { '100ms': '@100ms', '250ms': '', '500ms': '@500ms' },
};

/** The suffix of a depth stream's name; the market's own pace has none. */
export function speedSuffix(market: BinanceMarket, speed: DepthSpeed): string {
  checkOneOf('speed', Object.keys(speeds[market]), speed);
  return speeds[market][speed] ?? '';
}

/** Symbols are lower case in stream names and upper case everywhere else. */
export function symbolOf(symbol: string): string {
  if (!/^[^\s@/?&#"\\]+$/.test(symbol)) throw new InvalidArgumentError('symbol', 'a symbol such as BTCUSDT', symbol);
  return symbol.toUpperCase();
}

/** Streams of USD-M's `/public` class; everything else is `/market`. */
const PUBLIC = /^(depth|rpiDepth|bookTicker|trade)/;

/** @param stream The part after the symbol, `depth@100ms` for instance. */
export function topicOf(market: BinanceMarket, symbol: string, stream: string): Topic {
  const group: BinanceGroup = market === 'spot' ? 'spot' : PUBLIC.test(stream) ? 'public' : 'market';
  return { key: `${symbolOf(symbol).toLowerCase()}@${stream}`, group };
}
