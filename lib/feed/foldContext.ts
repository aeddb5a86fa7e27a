import type { SchedulerLike } from 'rxjs';
import type { Report } from '../model/fault.js';

/** What every fold of a channel is given. */
export interface FoldContext {
  /** The channel's key; stands in the faults. */
  readonly channel: string;
  readonly scheduler: SchedulerLike;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: Report;
  /** Has the venue send the channel from its beginning again. */
  readonly resubscribe: () => void;
}
