import type { RecordedFrame, Recording } from '../../recording/format.js';
import { type FrameKind, instrumentsOf, type RecordedVenue } from '../venues/cliVenue.js';

type Reading = (frame: RecordedFrame) => FrameKind;

/**
 * Says of the frames of a recording, handed over in order, what each is about. An instrument's book is had from the best of the
 * streams that tell it; frames of the others are of another kind.
 */
export function kindsOf({ events }: Recording, venue: RecordedVenue): Reading {
  const best = new Map<string, number>();
  const look = readingOf(venue);
  for (const event of events) {
    const kind = event.kind === 'frame' ? look(event) : undefined;
    if (kind?.type !== 'depth') continue;
    const { behind = 0 } = kind;
    for (const one of instrumentsOf(kind)) best.set(one, Math.min(behind, best.get(one) ?? behind));
  }
  const read = readingOf(venue);
  return (frame) => {
    const kind = read(frame);
    if (kind.type !== 'depth' || (kind.behind ?? 0) === best.get(kind.instrument)) return kind;
    return { type: 'other', name: kind.stream ?? 'depth' };
  };
}

const readingOf = (venue: RecordedVenue): Reading => venue.reading?.() ?? (({ data }) => venue.kindOf(data));
