import type { Recording } from '../../recording/format.js';
import type { Replay } from '../../recording/replay.js';
import type { CliVenue } from '../venues/cliVenue.js';
import type { FeedOptions, VenueFeed } from '../venues/venueFeed.js';
import { type RecordedLine, recordedLinesOf } from './recordedLines.js';

/** A venue opened on a recording: once for each line that its client had. */
export interface RecordedFeeds {
  /** Where the depth, or the trades, of an instrument are to be had. */
  of(kind: 'depth' | 'trade', instrument: string): VenueFeed;
  close(): void;
}

export function recordedFeeds(
  recording: Recording,
  played: Replay,
  { venue, options }: { readonly venue: CliVenue; readonly options: Omit<FeedOptions, 'network'> },
): RecordedFeeds {
  const { lines, ...found } = recordedLinesOf(recording, venue.recorded);
  const feeds = new Map<RecordedLine | undefined, VenueFeed>();
  const feedOf = (line: RecordedLine | undefined): VenueFeed => {
    const known = feeds.get(line);
    if (known !== undefined) return known;
    const feed = venue.open({ ...options, network: played.through(line ?? []) });
    feeds.set(line, feed);
    return feed;
  };
  return {
    of: (kind, instrument) => feedOf(found[kind].get(instrument) ?? lines[0]),
    close: () => {
      for (const feed of feeds.values()) feed.close();
    },
  };
}
