import type { BinanceMarket } from './streamName.js';

/** What the simulated Binance allows. The numbers are those of the venue's documentation, read mid-2026. */
export interface BinanceLimits {
  /** Messages from the client in any second, protocol pings and pongs included. Over it: close 1008. */
  readonly messagesPerSecond: number;
  /** Over it: close 1008. */
  readonly streamsPerConnection: number;
  /** UTF-8 bytes of one message from the client. Over it: close 1008. Not documented by the venue: no limit. */
  readonly bytesPerMessage: number;
  /** Connection attempts within `connectionWindow`. Over it: refused with 429. */
  readonly connections: number;
  /** In ms. */
  readonly connectionWindow: number;
  /** Request weight in a minute of the clock. Over it: 429, and 418 for who goes on. */
  readonly weightPerMinute: number;
  /** Snapshots in any second, over all symbols. Over it: 429. Not a limit of the venue: none. */
  readonly snapshotsPerSecond: number;
  /** Requests answered with 429 in a row before the ban. */
  readonly refusalsBeforeBan: number;
  /** How long a connection lives, in ms. */
  readonly lifetime: number;
  /** How long before its end a connection is told, in ms (spot only). The venue promises no lead time. */
  readonly shutdownNotice: number;
  /** Time between two protocol pings, in ms. */
  readonly pingEvery: number;
  /** A connection whose pong is later than this is broken off, in ms. */
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
