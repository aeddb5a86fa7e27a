import { reader } from '../../codec/read.js';
import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BinanceMarket } from './endpoint.js';
import { SpotDepthUpdate, SpotPartialDepth, UsdmDepthUpdate } from './frames.js';
import { type DepthSpeed, speedSuffix, symbolOf, topicOf } from './topics.js';

/** Every change of one book. */
export function depthChannel(market: BinanceMarket, symbol: string, speed: DepthSpeed): ChannelSpec<DepthDiff> {
  return {
    topic: topicOf(market, symbol, `depth${speedSuffix(market, speed)}`),
    decode: market === 'spot' ? readSpot : readUsdm,
  };
}

const readSpot = reader(SpotDepthUpdate, ({ E, s, U, u, b, a }, at): DepthDiff => ({
  type: 'diff',
  instrument: s,
  firstSequence: U,
  lastSequence: u,
  previousSequence: undefined,
  bids: b,
  asks: a,
  venueTime: E,
  receivedTime: at,
  checksum: undefined,
}));

const readUsdm = reader(UsdmDepthUpdate, ({ T, s, U, u, pu, b, a }, at): DepthDiff => ({
  type: 'diff',
  instrument: s,
  firstSequence: U,
  lastSequence: u,
  previousSequence: pu,
  bids: b,
  asks: a,
  venueTime: T,
  receivedTime: at,
  checksum: undefined,
}));

/** How many levels a side a partial book holds. */
export type PartialLevels = 5 | 10 | 20;

/** The best levels of one book, whole each time. USD-M sends them in the shape of its diffs. */
export function partialDepthChannel(
  market: BinanceMarket,
  symbol: string,
  levels: PartialLevels,
  speed: DepthSpeed,
): ChannelSpec<DepthSnapshot> {
  const instrument = symbolOf(symbol);
  return {
    topic: topicOf(market, symbol, `depth${levels}${speedSuffix(market, speed)}`),
    decode:
      market === 'usdm'
        ? readUsdmPartial
        : reader(SpotPartialDepth, ({ lastUpdateId, bids, asks }, at): DepthSnapshot => ({
            type: 'snapshot',
            instrument,
            sequence: lastUpdateId,
            bids,
            asks,
            venueTime: undefined,
            receivedTime: at,
          })),
  };
}

const readUsdmPartial = reader(UsdmDepthUpdate, ({ T, s, u, b, a }, at): DepthSnapshot => ({
  type: 'snapshot',
  instrument: s,
  sequence: u,
  bids: b,
  asks: a,
  venueTime: T,
  receivedTime: at,
}));
