import { followOnWire } from './wire.js';

/** How a frame stands to those of its wire that came before it. */
export type FrameOrder =
  | 'next'
  | 'gap' /** It came late, or came again. */
  | 'late' /** The numbers begin anew, whatever was lost by then. */
  | 'anew';

/** So many in a row behind the newest one are not late. */
const ANEW_AFTER = 3;

/**
 * The count of all frames of a wire, where one that comes late, or comes again, is passed over. Numbers may begin anew on an
 * open wire: what is passed over then is lost, and so is what overtakes the newest number from behind.
 */
export class FrameCount {
  #last: number | undefined;
  /** The last one behind it, where some came since, and how many did. */
  #low: number | undefined;
  #behind = 0;

  /** Counts the frame with that number. @returns How it stands to those before. */
  take(number: number): FrameOrder {
    const following = followOnWire(this.#last, number);
    if (following === 'stale') {
      // The newest one came again; or the new numbers have come as far as the old ones.
      if (number === this.#last && this.#low === undefined) return 'late';
      this.#low = number;
      this.#behind += 1;
      if (this.#behind < ANEW_AFTER) return 'late';
    }
    const isOvertaking = this.#low !== undefined && this.#low + 1 === number;
    this.#last = number;
    this.#low = undefined;
    this.#behind = 0;
    if (following === 'stale' || isOvertaking) return 'anew';
    return following;
  }
}
