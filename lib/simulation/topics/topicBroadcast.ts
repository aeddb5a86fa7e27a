import type { Broadcast } from '../broadcast.js';

/** A stream that begins with something of its own for whoever subscribes. */
export interface TopicBroadcast extends Broadcast {
  /** The payloads that a subscription begins with. */
  opening(now: number): readonly string[];
}
