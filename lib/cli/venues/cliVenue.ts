import type { VenueFacts } from '../args/venueFacts.js';
import type { FeedOptions, VenueFeed } from './venueFeed.js';
import type { SimulatedVenue } from '../../simulation/simulatedVenue.js';

export interface SimulationOptions {
  readonly market: string;
  readonly seed: number;
  /** In the words of `--faults`; empty: none. */
  readonly faults: string;
}

/** What a frame of a recording is about. */
export type FrameKind =
  | { readonly type: 'depth'; readonly instrument: string }
  | { readonly type: 'trade'; readonly instrument: string }
  | { readonly type: 'other'; readonly name: string };

/** How recordings of a venue are read. */
export interface RecordedVenue {
  /** The venue's names in headers of recordings. */
  readonly names: readonly string[];
  /** The market of our own for a header's words. */
  marketOf(venue: string, market: string): string;
  /** The words of a header for a market of ours. */
  headerOf(market: string): { readonly venue: string; readonly market: string };
  /** The continuity rule in words; `null` where there is none. */
  gapRule(market: string): string | null;
  /** The checksum in words; `null` where there is none. */
  readonly checksum: string | null;
  kindOf(frame: string): FrameKind;
  /** Whether an answer is a depth snapshot. */
  isDepthAnswer(url: string): boolean;
  /** The venue's answer to a frame of ours, where a recording can't hold it. */
  reply(sent: string): string | undefined;
}

/** One venue of the command line: what can be asked for, and how it is opened. */
export interface CliVenue extends VenueFacts {
  open(options: FeedOptions): VenueFeed;
  simulate(options: SimulationOptions): SimulatedVenue;
  readonly recorded: RecordedVenue;
  /** Faults of the demonstration, and what to tell of them. */
  readonly demonstration: { readonly faults: string; readonly note: string };
}
