import type { ChannelName } from './request.js';

/** What the command line has to know of a venue before anything is opened. */
export interface VenueFacts {
  readonly name: string;
  /** The first one is the default. */
  readonly markets: readonly string[];
  readonly channels: readonly ChannelName[];
  /** Candle intervals of a market, in the venue's own words. */
  intervals(market: string): readonly string[];
  /** Watched when none is named. */
  readonly instrument: string;
  /** The markets that there are simulated ones of; the first one is the default there. */
  readonly simulated: readonly string[];
  /** Channels that can't be relayed. Default: none. */
  readonly unrelayed?: readonly ChannelName[];
  /** An instrument as typed, in the venue's own spelling. */
  spell(instrument: string): string;
  /** Throws where `text` is no fault plan. */
  checkFaults(text: string): void;
}
