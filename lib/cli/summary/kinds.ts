import type { RecordedFrame, Recording } from '../../recording/format.js';
import { type FrameKind, instrumentsOf, type RecordedVenue } from '../venues/cliVenue.js';

interface Stream {
  readonly behind: number;
  readonly stream: string | undefined;
}
type Reading = (frame: RecordedFrame) => FrameKind;

/**
 * Says of the frames of a recording, handed over in order, what each is about. An instrument's book, and its trades, are had from
 * the best of the streams that tell them, of as good ones from the first; frames of the others are of another kind.
 */
export function kindsOf({ events }: Recording, venue: RecordedVenue): Reading {
  const best = { depth: new Map<string, Stream>(), trade: new Map<string, Stream>() };
  const look = readingOf(venue);
  for (const event of events) {
    if (event.kind !== 'frame') continue;
    const kind = look(event);
    if (kind.type === 'other') continue;
    const { behind = 0, stream } = kind;
    for (const one of instrumentsOf(kind)) {
      const known = best[kind.type].get(one);
      if (known === undefined || behind < known.behind) best[kind.type].set(one, { behind, stream });
    }
  }
  const read = readingOf(venue);
  return (frame) => {
    const kind = read(frame);
    if (kind.type === 'other' || kind.stream === best[kind.type].get(kind.instrument)?.stream) return kind;
    return { type: 'other', name: kind.stream ?? kind.type };
  };
}

const readingOf = (venue: RecordedVenue): Reading => venue.reading?.() ?? (({ data }) => venue.kindOf(data));
