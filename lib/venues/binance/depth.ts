import { reader } from '../../codec/read.js';
import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BinanceMarket } from './endpoint.js';
import { SpotDepthUpdate, UsdmDepthUpdate, WholeDepth } from './frames.js';
import { type DepthSpeed, speedSuffix, symbolOf, topicOf } from './topics.js';

/** Every change of one book. */
export function depthChannel(market: BinanceMarket, symbol: string, speed: DepthSpeed): ChannelSpec<DepthDiff> {
  return {
    topic: topicOf(market, symbol, `depth${speedSuffix(market, speed)}`),
    decode: market === 'spot' ? readSpot : readUsdm,
  };
}

type DepthUpdate = Omit<UsdmDepthUpdate, 'T' | 'pu'> & Partial<Pick<UsdmDepthUpdate, 'T' | 'pu'>>;

const toDiff = ({ E, T = E, s, U, u, pu, b, a }: DepthUpdate, at: number): DepthDiff => ({
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
});
const readSpot = reader(SpotDepthUpdate, toDiff);
const readUsdm = reader(UsdmDepthUpdate, toDiff);

/** A whole book by its id. */
export const toSnapshot = (
  instrument: string,
  { lastUpdateId, bids, asks, T }: WholeDepth,
  at: number,
): DepthSnapshot => ({
  type: 'snapshot',
  instrument,
  sequence: lastUpdateId,
  bids,
  asks,
  venueTime: T,
  receivedTime: at,
});

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
    decode: market === 'usdm' ? readUsdmPartial : reader(WholeDepth, (whole, at) => toSnapshot(instrument, whole, at)),
  };
}

const readUsdmPartial = reader(UsdmDepthUpdate, ({ T, s, u, b, a }, at) =>
  toSnapshot(s, { lastUpdateId: u, bids: b, asks: a, T }, at),
);
