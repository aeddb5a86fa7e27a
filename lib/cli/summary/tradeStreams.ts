import type { Recording } from '../../recording/format.js';
import type { RecordedVenue } from '../venues/cliVenue.js';
import { kindsOf } from './kinds.js';

/** Which stream each instrument's trades came in, where the venue has several. */
export function tradeStreamsOf(recording: Recording, venue: RecordedVenue): ReadonlyMap<string, string> {
  const kindOf = kindsOf(recording, venue);
  const streams = new Map<string, string>();
  for (const event of recording.events) {
    if (event.kind !== 'frame') continue;
    const kind = kindOf(event);
    if (kind.type !== 'trade') continue;
    // One that names no stream comes of a venue that has but one.
    if (kind.stream === undefined) break;
    streams.set(kind.instrument, kind.stream);
  }
  return streams;
}
