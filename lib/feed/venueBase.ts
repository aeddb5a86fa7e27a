import { type Observable, map } from 'rxjs';
import type { Fault, Report } from '../model/fault.js';
import type { BudgetLimits } from '../network/budget.js';
import type { Network } from '../network/network.js';
import { Reports } from '../socket/reports.js';
import type { Timing } from '../socket/venueParts.js';
import type { SteadyScheduler } from '../time/steadyScheduler.js';
import { withDefaults } from './defaults.js';
import type { Discretion } from './discretion.js';
import type { ExchangeOptions } from './exchange.js';
import { BudgetedRequests, type RefusalIn, type Requests } from './requests.js';
import { waitingFault } from './waitingFault.js';

/** What a venue may need beside its name and its options. */
export interface VenueBaseConfig {
  /** What the REST side allows. Default: no bound. */
  readonly limits?: readonly BudgetLimits[] | undefined;
  /** Where the venue says no, or how long to stay away, in the body of an answer. */
  readonly refusalIn?: RefusalIn | undefined;
  /** Needed by every venue with credentials: keeps them out of whatever is told. */
  readonly discretion?: Discretion | undefined;
}

/**
 * What a venue has before its first wire: the outside, time and chance, requests, and where faults are reported. Tokens are made
 * of it, wires of both, and a {@link VenueCore} of all.
 */
export class VenueBase {
  readonly venue: string;
  readonly network: Network;
  readonly scheduler: SteadyScheduler;
  /** In [0, 1). */
  readonly random: () => number;
  /** How long a channel outlives its last observer, in ms. */
  readonly linger: number;
  readonly timing: Timing;
  readonly requests: Requests;
  readonly reports: Reports;
  /** Reports a fault; whose it is and when is added. */
  readonly report: Report;
  /** What was mended or refused. Hot; remembers nothing. */
  readonly faults$: Observable<Fault>;
  readonly discretion: Discretion | undefined;

  constructor(venue: string, options: ExchangeOptions, { limits = [], refusalIn, discretion }: VenueBaseConfig = {}) {
    const { network: given, scheduler, random, linger, timing } = withDefaults(options);
    const network = discretion?.network(given) ?? given;
    const reports = new Reports(venue, scheduler);
    this.venue = venue;
    this.network = network;
    this.scheduler = scheduler;
    this.random = random;
    this.linger = linger;
    this.timing = timing;
    this.discretion = discretion;
    this.reports = reports;
    this.report = reports.report;
    this.faults$ =
      discretion === undefined ? reports.faults$ : reports.faults$.pipe(map((fault) => discretion.fault(fault)));
    this.requests = new BudgetedRequests({
      network,
      // Nobody is there to be spared: a book would only begin later than its snapshot was recorded.
      limits: network.isRecorded === true ? [] : limits,
      scheduler,
      refusalIn,
      scrub: discretion && ((text) => discretion.scrub(text)),
      waits: (wait) => {
        reports.report(waitingFault(wait));
      },
    });
  }
}
