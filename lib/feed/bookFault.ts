import type { Note } from '../book/machine/note.js';
import type { FaultNotice } from '../model/fault.js';

/** What a book noted, as a fault of its channel. */
export const faultOf = ({ text, ...facts }: Note, channel: string): FaultNotice => ({
  ...facts,
  channel,
  message: `${channel}: ${text}`,
});
