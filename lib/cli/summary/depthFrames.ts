import type { Recording } from '../../recording/format.js';
import type { RecordedVenue } from '../venues/cliVenue.js';
import { kindsOf } from './kinds.js';

/** What must be known of a recording's depth frames before it is played. */
export interface DepthFrames {
  /** The first one, which says what the venue's books are held by. */
  readonly first: string | undefined;
  /** Which stream each instrument's came in, where the venue has several. */
  readonly streams: ReadonlyMap<string, string>;
}

export function depthFramesOf(recording: Recording, venue: RecordedVenue): DepthFrames {
  const { events, header } = recording;
  const streams = new Map(header.sent.flatMap((text) => [...(venue.depthsRequested?.(text) ?? [])]));
  const kindOf = kindsOf(recording, venue);
  let first: string | undefined;
  for (const event of events) {
    if (event.kind !== 'frame') continue;
    const kind = kindOf(event);
    if (kind.type !== 'depth') continue;
    first ??= event.data;
    // One that names no stream comes of a venue that has but one.
    if (kind.stream === undefined) break;
    streams.set(kind.instrument, kind.stream);
  }
  return { first, streams };
}
