import type { JsonObject } from '../../codec/jsonObject.js';
import type { O2Detail } from './topics.js';

/** Who has a slot of a session's wire. */
export class Seat {
  /** Whether the venue has it, as far as was said. */
  isSubscribed = true;
  #isHeard = false;
  /** The last frame that says when. */
  #last: JsonObject | undefined;

  /** @param isOpen Whether frames may be handed on: what was left over from the subscription before is out. */
  constructor(
    readonly key: string,
    readonly detail: O2Detail,
    public isOpen: boolean,
  ) {}

  /** Whether a frame came of it. */
  get isHeard(): boolean {
    return this.#isHeard;
  }

  /** Whether a frame of its slot is to be handed on, which is remembered then. */
  takes(frame: JsonObject): boolean {
    if (!this.isOpen) return false;
    const { opening } = this.detail;
    if (opening !== undefined && !this.#isHeard && frame['action'] !== opening) return false;
    if (this.#last !== undefined && isSame(this.#last, frame)) return false;
    if (typeof frame['seen_timestamp'] === 'string') this.#last = frame;
    this.#isHeard = true;
    return true;
  }

  /** Nothing of it is wanted any more. */
  leave(): void {
    this.isSubscribed = false;
    this.isOpen = false;
  }
}

/**
 * Whether a frame is the one before it once more. Nothing numbers them, but they say to the nanosecond when they were seen:
 * what says the same of the same moment was sent twice, as what was queued for a subscription may come again with the next.
 */
const isSame = (last: JsonObject, frame: JsonObject): boolean =>
  last['seen_timestamp'] === frame['seen_timestamp'] && JSON.stringify(last) === JSON.stringify(frame);
