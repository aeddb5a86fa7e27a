import type { DepthSnapshot } from '../../model/depthEvent.js';
import { type BookPosition, beginsNumbers, isOfBefore } from '../continuity/rule.js';
import type { BookContext } from './context.js';
import { isNumbered } from './lead.js';
import { DOUBTED_AFTER } from './numbering.js';
import type { Machine } from './state.js';

/**
 * Whether a snapshot in the stream came late: it is older than the book by its time, and its number does not say otherwise.
 * Numbers alone may begin anew, and clocks may be set back: what goes on behind the book is believed after a few.
 */
export function isOvertaken(context: BookContext, state: Machine, snapshot: DepthSnapshot): boolean {
  const { sequence, venueTime } = snapshot;
  const { rule } = context;
  const book = newestOf(context, state);
  if (venueTime === undefined || book?.venueTime === undefined || venueTime > book.venueTime) return false;
  if (state.numbering.behind + 1 >= DOUBTED_AFTER) return false;
  const isEarlier = venueTime < book.venueTime;
  // Where times are of whole books they decide: a number may be of a counting that is over.
  if (isEarlier && rule.isTimed === true) return true;
  if (sequence === undefined || book.sequence === undefined) return false;
  if (rule.isTimed !== true && !isNumbered(rule)) return false;
  if (!isEarlier) return sequence < book.sequence && !beginsNumbers(sequence);
  // Linked numbers may fall; the next diff tells if it was none.
  if (rule.name === 'link') return true;
  return rule.name === 'step'
    ? sequence !== book.sequence + 1 || isOfBefore(book, snapshot)
    : sequence <= book.sequence;
}

/**
 * The book that the stream came to last: the present one; or the last one of this session where the next snapshot follows by
 * itself. Where only this one comes, there is no other to wait for.
 */
function newestOf({ mendsItself }: BookContext, { phase, claim, mending }: Machine): BookPosition | undefined {
  const isBroken = phase === 'listening' && mendsItself && mending.hasJoined;
  return (phase === 'following' || isBroken) && claim.status !== 'syncing' ? claim.book : undefined;
}
