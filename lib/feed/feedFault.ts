import type { Note } from '../book/machine/machine.js';
import type { Fault, GapFault } from '../model/fault.js';

/** Whose faults they are. */
export interface FeedName {
  readonly venue: string;
  /** The channel's key. */
  readonly channel: string;
}

/** What a book noted, as a fault of its channel. */
export function faultOf(note: Note, { venue, channel }: FeedName, at: number): Fault {
  switch (note.type) {
    case 'gap': {
      const { reason, expected, received } = note;
      return {
        type: 'gap',
        venue,
        channel,
        at,
        reason,
        expected,
        received,
        message: `${channel}: ${note.text ?? gapText(note)}`,
      };
    }
    case 'mended': {
      const { after } = note;
      return { type: 'resnapshot', venue, channel, at, after, message: `${channel}: live again after ${after} ms` };
    }
    case 'unfit': {
      const { attempt } = note;
      const message = `${channel}: snapshot ${attempt} is of no use: ${note.text}`;
      return { type: 'snapshot', venue, channel, at, attempt, message };
    }
    case 'dropped': {
      const message = `${channel}: gave up the ${note.count} oldest of the diffs held for a snapshot`;
      return { type: 'dropped', venue, channel, at, count: note.count, message };
    }
  }
}

function gapText({ reason, expected, received }: Pick<GapFault, 'reason' | 'expected' | 'received'>): string {
  if (reason === 'checksum') return `the book has not the checksum ${expected}`;
  if (reason === 'crossed') return 'the best bid is not below the best ask';
  return received === undefined
    ? 'the wire lost count'
    : `a diff that follows ${received} where ${expected} was expected`;
}
