import { checkWhole } from '../../errors/checks.js';
import { JITTER } from '../../network/allowance.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { Rate, WireLimits } from '../../socket/plan.js';

/**
 * `spot`, `usdm` for USD-margined and `coinm` for coin-margined futures. Sizes of the last are in contracts of so many USD (100
 * of Bitcoin, 10 of others), volumes in base units everywhere.
 */
export type BinanceMarket = 'spot' | 'usdm' | 'coinm';

/**
 * The kinds of wire. Since April 2026 USD-M serves books and best quotes under `/public` and everything else under
 * `/market`; a stream asked for on the wrong one is acknowledged and stays silent. ("Important WebSocket Change
 * Notice", developers.binance.com, read 2026-11-20.)
 */
export type BinanceGroup = 'spot' | 'public' | 'market';

/** What a depth snapshot may hold a side, and the weight of asking for it. */
export type SnapshotSize = readonly [levels: number, weight: number];

/** Where a market is to be had, and what it allows. */
export interface MarketEndpoint {
  readonly socket: string;
  readonly rest: string;
  readonly depthPath: string;
  /** Client messages a second, control frames included. */
  readonly messages: Rate;
  /** Sum of request weights. */
  readonly weight: Rate;
  /** Smallest first. */
  readonly snapshots: readonly [SnapshotSize, ...SnapshotSize[]];
}

/** What both kinds of futures have in common; weights and rates of COIN-M are as of USD-M. */
const futures: Pick<MarketEndpoint, 'messages' | 'weight' | 'snapshots'> = {
  messages: { limit: 9, window: 1_000, margin: JITTER },
  weight: { limit: 1_920, window: 60_000 },
  snapshots: [
    [50, 2],
    [100, 5],
    [500, 10],
    [1_000, 20],
  ],
};

/**
 * Sources: spot web-socket-streams.md and rest-api.md of binance-spot-api-docs (2026-07-21); USD-M pages of
 * developers.binance.com; read 2026-11-20. Of both message rates one message a second is left to the pongs, which
 * the platform sends by itself; of the request weights a fifth is left to other programs on the same address.
 */
export const markets: Readonly<Record<BinanceMarket, MarketEndpoint>> = {
  spot: {
    socket: 'wss://stream.binance.com:9443',
    rest: 'https://api.binance.com',
    depthPath: '/api/v3/depth',
    messages: { limit: 4, window: 1_000, margin: JITTER },
    weight: { limit: 4_800, window: 60_000 },
    snapshots: [
      [100, 5],
      [500, 25],
      [1_000, 50],
      [5_000, 250],
    ],
  },
  usdm: {
    socket: 'wss://fstream.binance.com',
    rest: 'https://fapi.binance.com',
    depthPath: '/fapi/v1/depth',
    ...futures,
  },
  // Not split into halves.
  coinm: {
    socket: 'wss://dstream.binance.com',
    rest: 'https://dapi.binance.com',
    depthPath: '/dapi/v1/depth',
    ...futures,
  },
};

/**
 * The REST side of those hosts of the venue that have theirs under another name. Those of Binance US (its api docs) and Binance TR
 * (as public clients have them, read 2026-11-29) are venues of their own, which speak the protocol of spot.
 */
export const restOfHost: Readonly<Record<string, string>> = {
  'stream.binance.com': markets.spot.rest,
  'data-stream.binance.vision': 'https://data-api.binance.vision',
  'fstream.binance.com': markets.usdm.rest,
  'dstream.binance.com': markets.coinm.rest,
  'stream.binance.us': 'https://api.binance.us',
  'stream-cloud.trbinance.com': 'https://api.binance.me',
};

/** USD-M's test network, which is not split into halves (ccxt/ccxt#28091). */
export const WHOLE_HOST = 'fstream.binancefuture.com';

/** Attempts per 5 minutes and address. Documented for spot; assumed for USD-M, whose pages are silent. */
export const connections: Rate = { limit: 300, window: 300_000, margin: JITTER };

/** So that many books that start or mend together don't hammer the REST side: requests a second, and at once. */
export const snapshotRate: BudgetLimits = { limit: 20, window: 1_000, concurrent: 4 };

/**
 * 200 streams in one request got no answer (JKorf/Binance.Net#895), so a request names 100. The venue pings every 20 s
 * (spot) or 3 minutes (USD-M), which browsers don't show; silence is therefore met with a question of our own.
 */
export const wireLimits: Omit<WireLimits, 'channels' | 'messages'> = {
  topicsPerRequest: 100,
  requestBytes: 16_384,
  silence: 30_000,
  probeWithin: 10_000,
};

/** Streams a connection carries (both markets). */
export const MAX_STREAMS = 1_024;

/** The most levels a side that are asked for where nobody says how many. */
const USUAL_DEPTH = 1_000;

/**
 * The largest snapshot up to {@link USUAL_DEPTH} that so many books can all have within half the weight of a minute, so
 * that many come alive at once, and there is room for mending them; the smallest where even that is too much.
 */
export function sharedSize({ snapshots, weight }: MarketEndpoint, books: number): SnapshotSize {
  const share = weight.limit / 2 / books;
  const sizes = snapshots.filter(([levels, cost]) => levels <= USUAL_DEPTH && cost <= share);
  return sizes.at(-1) ?? snapshots[0];
}

/** The venue's next size of a snapshot, in levels a side, and its weight. */
export function snapshotSize(sizes: readonly SnapshotSize[], depth: number): SnapshotSize {
  checkWhole('depth', Math.max(...sizes.map(([most]) => most)), depth);
  return sizes.find(([most]) => most >= depth) ?? [depth, 0];
}
