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
  const requested = header.sent.flatMap((text) => [...(venue.depthsRequested?.(text) ?? [])]);
  const streams = new Map([...depthsTold(recording, venue), ...requested]);
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

/** What was told first of an instrument counts. */
function depthsTold({ events }: Recording, venue: RecordedVenue): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  if (venue.depthsTold === undefined) return told;
  for (const event of events) {
    if (event.kind !== 'frame') continue;
    for (const [instrument, stream] of venue.depthsTold(event.data)) {
      if (!told.has(instrument)) told.set(instrument, stream);
    }
  }
  return told;
}
