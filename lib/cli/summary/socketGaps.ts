import { followOnWire } from '../../book/continuity/wire.js';
import type { Recording } from '../../recording/format.js';
import type { RecordedVenue } from '../venues/cliVenue.js';
import type { RecordingSummary } from './recordingSummary.js';

/** Gaps of a count that runs over each socket of a recording; `null` where the venue has none, or none was recorded. */
export function socketGapsOf({ events }: Recording, { wireCount }: RecordedVenue): RecordingSummary['socketGaps'] {
  if (wireCount === undefined) return null;
  const last = new Map<string, number>();
  let count = 0;
  for (const event of events) {
    if (event.kind !== 'frame') continue;
    const number = wireCount.numberOf(event.data);
    if (number === undefined) continue;
    if (followOnWire(last.get(event.socket), number) !== 'next') count += 1;
    last.set(event.socket, number);
  }
  return last.size === 0 ? null : { rule: wireCount.rule, count, notes: [] };
}
