import type { Note } from '../book/machine/machine.js';
import type { FaultNotice } from '../model/fault.js';

/** Whose faults they are. */
export interface FeedName {
  /** The channel's key. */
  readonly channel: string;
}

/** What a book noted, as a fault of its channel. */
export const faultOf = ({ text, ...facts }: Note, channel: string): FaultNotice => ({
  ...facts,
  channel,
  message: `${channel}: ${text}`,
});
