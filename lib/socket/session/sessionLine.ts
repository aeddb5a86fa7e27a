import type { WirePlan } from '../plan.js';
import type { WantedChannel } from '../wantedChannel.js';

/** What a session is told by the line it belongs to. */
export interface SessionLine {
  /** The wire's name. */
  readonly name: string;
  readonly plan: WirePlan;
  /** What is wanted of it now. */
  readonly channels: () => Iterable<WantedChannel>;
  /** The venue refused a channel. */
  readonly discard: (channel: WantedChannel) => void;
}
