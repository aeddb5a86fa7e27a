import type { BookState } from './bookState.js';
import type { DepthEvent } from './depthEvent.js';

/** One thing that happened to a book. */
export interface BookUpdate {
  /** What the book claims from now on. */
  readonly state: BookState;
  /**
   * What led there, as a stream that a fold of somebody's own can trust: a reset, a snapshot, and diffs that continue it
   * without a gap. A snapshot that diffs were held for comes with them. Empty where only the claim changed.
   */
  readonly events: readonly DepthEvent[];
}
