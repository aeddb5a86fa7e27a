/** What one book's feed has seen since it began. Counts only grow. */
export interface BookTally {
  /** Snapshots taken over, by request or in band. */
  readonly snapshots: number;
  /** Diffs that arrived. `applied + stale + early` once nothing is held any more. */
  readonly diffs: number;
  /** Diffs that were applied to the book. */
  readonly applied: number;
  /** Diffs passed over as older than the book. */
  readonly stale: number;
  /** Diffs thrown away unjoined: none of them met a snapshot (a lost session, a full buffer). */
  readonly early: number;
  /** Breaks of the continuity rule. */
  readonly gaps: number;
  /** Times that the venue's checksum was that of the book. */
  readonly checksumsHeld: number;
  /** Times that it was not: the book went stale. */
  readonly checksumsFailed: number;
  /** Removals of a level that was not there. Harmless, and common at some venues. */
  readonly deletesOfNothing: number;
  /** Diffs after which the best bid was not below the best ask. */
  readonly crossed: number;
}
