import type { Note } from '../book/machine/machine.js';
import type { Fault } from '../model/fault.js';

/** Whose faults they are. */
export interface FeedName {
  readonly venue: string;
  /** The channel's key. */
  readonly channel: string;
}

/** What a book noted, as a fault of its channel. */
export const faultOf = ({ text, ...facts }: Note, { venue, channel }: FeedName, at: number): Fault => ({
  ...facts,
  ...{ venue, channel, at },
  message: `${channel}: ${text}`,
});
