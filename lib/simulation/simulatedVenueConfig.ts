import type { SchedulerLike } from 'rxjs';
import type { FaultPlan } from './faults/plannedFault.js';
import type { SimulatedMarketConfig } from './market/simulatedMarket.js';
import type { Latency } from './venueNetwork.js';

/** What every simulated venue can be told. */
export interface SimulatedVenueConfig extends Pick<
  SimulatedMarketConfig,
  'instruments' | 'stepEvery' | 'activity' | 'depth' | 'history'
> {
  /** Decides the market, the accounts, the faults' details and the latencies. Default: 1. */
  readonly seed?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** What goes wrong when, in ms since this call. Default: nothing. */
  readonly faults?: FaultPlan;
  /** One way through the network in the process, in ms. Default: 5 to 30. */
  readonly latency?: number | Latency;
}
