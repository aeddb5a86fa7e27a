import { isInterval, type Interval, type Width } from '../market/interval.js';

/** Spot, or futures margined in USD. */
export type BinanceMarket = 'spot' | 'usdm';

/** The sockets of USD-M are split in two since 2026-04-23. */
export type SocketClass = 'public' | 'market';

interface Named {
  /** In upper case, if it was given in lower case as the venue asks. Empty for a stream over all. */
  readonly symbol: string;
  /** Where USD-M serves it. */
  readonly socket: SocketClass;
  /** Time between two frames, in ms; 0 is as it happens. */
  readonly every: number;
}

/** What a stream's name asks for. */
export type StreamName = Named &
  (
    | { readonly kind: 'depth' | 'trade' | 'aggTrade' | 'bookTicker' | 'ticker' | 'miniTicker' }
    | { readonly kind: 'partialDepth'; readonly levels: number }
    | { readonly kind: 'kline'; readonly interval: Interval }
    | { readonly kind: 'allTickers' | 'allMiniTickers' }
  );

const speeds: Readonly<Record<BinanceMarket, Readonly<Record<string, number>>>> = {
  spot: { '': 1_000, '100ms': 100 },
  usdm: { '': 250, '500ms': 500, '100ms': 100, '0ms': 0 },
};

/** Of what is shorter than a minute only the second, and only on spot. */
export const hasKlines = (market: BinanceMarket, interval: string): interval is Width =>
  isInterval(interval) && (!interval.endsWith('s') || (interval === '1s' && market === 'spot'));

/** Reads a stream's name. `undefined` where there is no such stream. */
export function streamNameOf(market: BinanceMarket, name: string): StreamName | undefined {
  const all = name === '!ticker@arr' ? 'allTickers' : name === '!miniTicker@arr' ? 'allMiniTickers' : undefined;
  if (all !== undefined) return { symbol: '', socket: 'market', every: 1_000, kind: all };
  const [symbol = '', kind = '', speed = '', ...rest] = name.split('@');
  if (symbol === '' || rest.length > 0) return undefined;
  const named = (socket: SocketClass, every: number): Named => ({
    // Names in upper case are taken and stay silent, so they must not find their symbol.
    symbol: symbol === symbol.toLowerCase() ? symbol.toUpperCase() : symbol.toLowerCase(),
    socket,
    every,
  });

  const depth = /^depth(5|10|20)?$/.exec(kind);
  if (depth !== null) {
    const every = speeds[market][speed];
    if (every === undefined) return undefined;
    const levels = depth[1];
    return levels === undefined
      ? { ...named('public', every), kind: 'depth' }
      : { ...named('public', every), kind: 'partialDepth', levels: Number(levels) };
  }
  if (speed !== '') return undefined;
  const interval = kind.startsWith('kline_') ? kind.slice('kline_'.length) : '';
  if (hasKlines(market, interval)) {
    const every = market === 'usdm' ? 250 : interval === '1s' ? 1_000 : 2_000;
    return { ...named('market', every), kind: 'kline', interval };
  }
  switch (kind) {
    case 'trade':
    case 'bookTicker':
      return { ...named('public', 0), kind };
    case 'aggTrade':
      return { ...named('market', market === 'usdm' ? 100 : 0), kind };
    case 'ticker':
    case 'miniTicker':
      return { ...named('market', 1_000), kind };
    default:
      return undefined;
  }
}
