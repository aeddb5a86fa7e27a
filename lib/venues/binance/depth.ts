import { checkOneOf } from '../../errors/checks.js';
import type { DepthDiff } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BinanceMarket } from './endpoint.js';
import { SpotDepthUpdate, UsdmDepthUpdate } from './frames.js';
import { channelOf } from './topics.js';

/** How often depth diffs are sent. `250ms` is USD-M's own pace, `1000ms` spot's; each has the other one's not. */
export type BinanceDepthSpeed = '100ms' | '250ms' | '500ms' | '1000ms';

/** Every change of one book. The market's own pace has no name of its own. */
export const depthChannel = (
  market: BinanceMarket,
  symbol: string,
  speed: BinanceDepthSpeed,
): ChannelSpec<DepthDiff> => {
  const [channel, speeds, own] = byMarket[market];
  checkOneOf('speed', speeds, speed);
  return channel(market, symbol, speed === own ? '' : `@${speed}`);
};

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

const byMarket = {
  spot: [channelOf('public', 'depth', SpotDepthUpdate, toDiff), ['100ms', '1000ms'], '1000ms'],
  usdm: [channelOf('public', 'depth', UsdmDepthUpdate, toDiff), ['100ms', '250ms', '500ms'], '250ms'],
  coinm: [channelOf('public', 'depth', UsdmDepthUpdate, toDiff), ['100ms', '250ms', '500ms'], '250ms'],
} as const;
