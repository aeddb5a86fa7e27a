import type { RecordedFrame } from '../../recording/format.js';
import type { FrameKind, RecordedVenue } from '../venues/cliVenue.js';

/** Says of the frames of one recording, handed over in order, what each is about. */
export const kindsOf = (venue: RecordedVenue): ((frame: RecordedFrame) => FrameKind) =>
  venue.reading?.() ?? (({ data }) => venue.kindOf(data));
