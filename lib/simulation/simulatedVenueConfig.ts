import type { SchedulerLike } from 'rxjs';
import type { FaultPlan } from './faults/plannedFault.js';
import type { InstrumentSpec } from './market/instrumentSpec.js';
import type { VenueNetworkConfig } from './venueNetwork.js';

/** What every simulated venue may be given. */
export interface SimulatedVenueConfig {
  /** By symbol or by spec. Default: those of the venue, or {@link defaultInstruments}. */
  readonly instruments?: readonly (string | InstrumentSpec)[];
  /** Time between two steps of the market, in ms. Default: 100. */
  readonly stepEvery?: number;
  /** Orders per step and instrument, on average. Default: 4. */
  readonly activity?: number;
  /** Levels a side; up to a fifth more come and go. Default: 50. */
  readonly depth?: number;
  /** How many changes of each book are remembered for `trueBook`, at least. Default: 10,000. */
  readonly history?: number;
  /** Decides the market, the accounts, the faults' details and the latencies. Default: 1. */
  readonly seed?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** What goes wrong when, in ms since this call. Default: nothing. */
  readonly faults?: FaultPlan;
  /** One way through the network in the process, in ms. Default: 5 to 30. */
  readonly latency?: VenueNetworkConfig['latency'];
}
