import type { SchedulerLike } from 'rxjs';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import type { BinanceLimits } from './limits.js';
import type { Numbering } from './numbering.js';
import type { BinanceMarket } from './streamName.js';

/** What answering the venue's requests takes. */
export interface RestConfig {
  readonly market: BinanceMarket;
  readonly source: SimulatedMarket;
  readonly limits: BinanceLimits;
  readonly faults: FaultSchedule;
  readonly numbering: Numbering;
  readonly scheduler: SchedulerLike;
  /** Told of each request's path. */
  readonly requested: (path: string) => void;
  readonly violated: (limit: keyof BinanceLimits) => void;
}
