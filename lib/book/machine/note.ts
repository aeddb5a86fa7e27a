import type { DriftFault, DroppedFault, GapFault, ResnapshotFault, SnapshotFault } from '../../model/fault.js';

type Noted<F> = F extends unknown
  ? Omit<F, 'venue' | 'channel' | 'at' | 'message'> & {
      /** For people: what happened, without whose it is. */
      readonly text: string;
    }
  : never;
/** A break: what speaks against a book. */
export type BreakNote = Noted<GapFault>;
/** Something worth a fault: all of it but whose it is, and when. */
export type Note = Noted<GapFault | ResnapshotFault | SnapshotFault | DroppedFault | DriftFault>;
