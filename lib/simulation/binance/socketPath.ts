import type { BinanceMarket, SocketClass } from './streamName.js';
import { timeUnitOf, type TimeUnit } from './timeUnit.js';

/** What a socket's URL asks for. */
export interface SocketPath {
  /** The half of the venue; `legacy` carries nothing. Spot has no halves. */
  readonly socket: SocketClass | 'legacy' | 'any';
  /** Whether payloads are wrapped with their stream's name. */
  readonly combined: boolean;
  /** Subscribed without being asked for in a message. */
  readonly streams: readonly string[];
  /** What times are told in. */
  readonly timeUnit: TimeUnit;
}

/**
 * Reads `/ws[/<stream>…]` and `/stream[?streams=<stream>/…]`, on USD-M behind `/public`, `/market` or `/private`.
 * USD-M's old URLs without these still connect, and stay silent. `undefined` for any other path.
 */
export function socketPathOf(market: BinanceMarket, { pathname, searchParams }: URL): SocketPath | undefined {
  const match = /^(?:\/(public|market|private))?\/(ws|stream)(?:\/(.*))?$/.exec(pathname);
  if (match === null) return undefined;
  const [, half, kind, rest = ''] = match;
  if (market === 'spot' && half !== undefined) return undefined;
  const socket = market === 'spot' ? 'any' : half === 'public' || half === 'market' ? half : 'legacy';
  const combined = kind === 'stream';
  const names = combined ? (searchParams.get('streams') ?? '') : decoded(rest);
  const timeUnit = timeUnitOf(market, searchParams.get('timeUnit'));
  return { socket, combined, streams: names.split('/').filter((name) => name !== ''), timeUnit };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
