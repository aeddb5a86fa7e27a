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
  /** Whether there is a simulated one. */
  readonly simulated: boolean;
  /** An instrument as typed, in the venue's own spelling. */
  spell(instrument: string): string;
  /** Throws where `text` is no fault plan. */
  checkFaults(text: string): void;
}
