import type { BinanceMarket } from './streamName.js';

/** What the simulated Binance allows. The numbers are those of the venue's documentation, read mid-2026. */
export interface BinanceLimits {
  /** Messages from the client in any second, protocol pings and pongs included. Over it: close 1008. Default: 5 (spot), 10 (USD-M). */
  readonly messagesPerSecond: number;
  /** Over it: close 1008. Default: 1,024. */
  readonly streamsPerConnection: number;
  /** UTF-8 bytes of one message from the client. Over it: close 1008. Not documented by the venue. Default: no limit. */
  readonly bytesPerMessage: number;
  /** Connection attempts within `connectionWindow`. Over it: refused with 429. Default: 300. */
  readonly connections: number;
  /** In ms. Default: 300,000. */
  readonly connectionWindow: number;
  /** Request weight in a minute of the clock. Over it: 429, and 418 for who goes on. Default: 6,000 (spot), 2,400 (USD-M). */
  readonly weightPerMinute: number;
  /** Snapshots in any second, over all symbols. Over it: 429. Not a limit of the venue. Default: no limit. */
  readonly snapshotsPerSecond: number;
  /** Requests answered with 429 in a row before the ban. Default: 10. */
  readonly refusalsBeforeBan: number;
  /** How long a connection lives, in ms. Default: 86,400,000. */
  readonly lifetime: number;
  /** How long before its end a connection is told, in ms (spot only). The venue promises no lead time. Default: 10,000. */
  readonly shutdownNotice: number;
  /** Time between two protocol pings, in ms. Default: 20,000 (spot), 180,000 (USD-M). */
  readonly pingEvery: number;
  /** A connection whose pong is later than this is broken off, in ms. Default: 60,000 (spot), 600,000 (USD-M). */
  readonly pongWithin: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const shared = {
  streamsPerConnection: 1_024,
  bytesPerMessage: Number.POSITIVE_INFINITY,
  connections: 300,
  connectionWindow: 5 * MINUTE,
  snapshotsPerSecond: Number.POSITIVE_INFINITY,
  refusalsBeforeBan: 10,
  lifetime: 24 * 60 * MINUTE,
  shutdownNotice: 10 * SECOND,
};

/** What a simulated Binance keeps to where nothing else is said, by its market. */
export const binanceLimits: Readonly<Record<BinanceMarket, BinanceLimits>> = {
  spot: {
    ...shared,
    messagesPerSecond: 5,
    weightPerMinute: 6_000,
    pingEvery: 20 * SECOND,
    pongWithin: MINUTE,
  },
  usdm: {
    ...shared,
    messagesPerSecond: 10,
    weightPerMinute: 2_400,
    pingEvery: 3 * MINUTE,
    pongWithin: 10 * MINUTE,
  },
};
