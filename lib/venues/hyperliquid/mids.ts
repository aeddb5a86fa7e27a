import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { MidsFrame } from './frames.js';
import { channelOf, coinOf } from './topics.js';

/** The middle of the book of every coin, some 5 s apart. */
export interface HyperliquidMids {
  /** By coin, in the venue's own digits; without coins whose middle can't be read. */
  readonly mids: ReadonlyMap<string, string>;
  readonly receivedTime: number;
}

/** @param dex A builder's exchange, for its coins only. */
export const midsChannel = (dex: string | undefined, report: Report): ChannelSpec<HyperliquidMids> =>
  channelOf(
    { type: 'allMids', ...(dex !== undefined && { dex: coinOf(dex) }) },
    sparingReader(MidsFrame, ['mids.*'], leftOutOf('allMids', report), ({ mids }, at) => ({
      mids: new Map(Object.entries(mids)),
      receivedTime: at,
    })),
  );
