import type { SchedulerLike } from 'rxjs';

/** Bounds of a live network. */
export interface LiveLimits {
  /**
   * The longest frame taken. A longer one ends the wire with a `WireLostError` that names this limit, code 1009. In
   * characters, with `wsNetwork` in bytes. Default: 67,108,864 (64 Mi); a venue's biggest book is some MiB.
   */
  readonly maxFrame?: number;
  /** How long opening a wire may take, in ms. Default: 10,000. */
  readonly openWithin?: number;
  /** How long the whole answer to a request may take, in ms. Default: 30,000. */
  readonly answerWithin?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}
