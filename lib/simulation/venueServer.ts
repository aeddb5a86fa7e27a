import type { SchedulerLike } from 'rxjs';
import { FaultSchedule } from './faults/faultSchedule.js';
import { faultNames, type FaultName } from './faults/faultNames.js';
import type { FaultPlan } from './faults/plannedFault.js';
import { strike } from './faults/strike.js';
import type { SimulatedMarket } from './market/simulatedMarket.js';
import { parseUrl } from './parseUrl.js';
import { random, seedFor } from './random.js';
import type { Refusal, SimulatedConnection, SimulatedVenue, UpgradeRequest } from './simulatedVenue.js';
import { StatsCollector } from './statsCollector.js';
import { venueNetwork, type VenueNetworkConfig } from './venueNetwork.js';
import type { SessionHost, SessionSeat, VenueSession } from './venueSession.js';

export interface VenueServerConfig {
  readonly market: SimulatedMarket;
  readonly seed: number;
  readonly scheduler: SchedulerLike;
  readonly faults: FaultPlan;
  /** The faults that only this venue has. */
  readonly ownFaults: readonly FaultName[];
  readonly latency: VenueNetworkConfig['latency'] | undefined;
  /** How the venue writes a refusal. Default: the status alone. */
  readonly refusal?: (status: number) => Refusal;
}

/** Whether a connection is let in: how its session is made, or how it is refused. */
export type Verdict<S> = ((seat: SessionSeat) => S) | Refusal | number;

/** What a venue is besides its server. */
export interface VenueFront<S> extends Pick<SimulatedVenue, 'name' | 'http' | 'streams'> {
  /** Decides on a connection, in the order in which the venue looks at things. */
  readonly door: (location: URL, request: UpgradeRequest, connection: SimulatedConnection) => Verdict<S>;
}

/**
 * What runs a simulated venue and does not differ from venue to venue: its sessions, the faults that strike them, the
 * market that goes while somebody is connected, statistics, and the end.
 */
export class VenueServer<S extends VenueSession> {
  readonly faults: FaultSchedule;
  /** Those that are open. */
  readonly sessions = new Set<S>();
  private readonly collector = new StatsCollector();
  private isClosed = false;
  private isBursting = false;
  private standStill: (() => void) | undefined;

  constructor(private readonly config: VenueServerConfig) {
    this.faults = new FaultSchedule(config.faults, this.now, [...faultNames, ...config.ownFaults]);
  }

  readonly now = (): number => this.config.market.now();

  /** Notes a client that went over a limit. */
  readonly violated = (limit: string, connection?: number): void => {
    this.collector.violated(limit, this.now(), connection);
  };

  /** Notes a request. */
  readonly requested = (path: string): void => {
    this.collector.requested(path);
  };

  /** What every session needs of its venue. */
  get host(): SessionHost {
    const { faults, now, violated } = this;
    return {
      faults,
      now,
      violated,
      gone: (session: S) => {
        this.leave(session);
      },
    };
  }

  /**
   * Lets `step` follow each step of the market, after the faults of one moment. `isHurried` in a burst, whose steps pass in
   * no time.
   */
  onStep(step: (now: number, isHurried: boolean) => void): void {
    this.config.market.onStep(() => {
      if (!this.isBursting && !this.faults.idle) strike(this.faults, this.sessions, this.burst);
      step(this.now(), this.isBursting);
    });
  }

  /** Lets time pass for each session. */
  pulse(now: number, isHurried = false): void {
    for (const session of [...this.sessions]) session.pulse(now, isHurried);
  }

  /** The status that a fault refuses a connection with, if one does. */
  refusedByPlan(path: string): number | undefined {
    const refusal = this.faults.take('refuseConnections', path);
    return refusal === undefined ? undefined : (refusal.status ?? 503);
  }

  /** The venue as clients and transports know it. */
  venue({ door, ...front }: VenueFront<S>): SimulatedVenue {
    const { market, seed, scheduler, latency } = this.config;
    const venue: Omit<SimulatedVenue, 'network'> = {
      ...front,
      market,
      faults: this.faults,
      accept: (request, connection) => this.accept(request, (location) => door(location, request, connection)),
      stats: () => this.collector.stats([...this.sessions].map(({ stats }) => stats)),
      close: () => {
        this.isClosed = true;
        for (const session of [...this.sessions]) session.close(1001, 'The venue closes');
        market.stop();
      },
    };
    const network = venueNetwork(venue, { seed, scheduler, ...(latency === undefined ? {} : { latency }) });
    return { ...venue, network };
  }

  private accept({ url }: UpgradeRequest, decide: (location: URL) => Verdict<S>): S | Refusal {
    const location = parseUrl(url);
    const verdict = this.isClosed ? 503 : location === undefined ? 404 : decide(location);
    if (typeof verdict !== 'function') return this.refuse(verdict);
    this.collector.accepted += 1;
    const id = this.collector.accepted;
    const session = verdict({ id, random: random(seedFor(this.config.seed, `session ${id}`)) });
    this.sessions.add(session);
    this.standStill ??= this.config.market.run();
    this.strikeNewcomer(session);
    // One that is closed as it opens says nothing.
    if (this.sessions.has(session)) session.begin();
    return session;
  }

  private refuse(verdict: Refusal | number): Refusal {
    this.collector.refused += 1;
    if (typeof verdict !== 'number') return verdict;
    return this.config.refusal?.(verdict) ?? { refuse: verdict };
  }

  /** Faults that last strike who comes while they do. */
  private strikeNewcomer(session: S): void {
    const { faults } = this;
    const ending = faults.take('acceptAndClose', session.url);
    if (ending !== undefined) session.close(ending.code ?? 1000, '');
    const silentUntil = faults.lasting('silent', session.url);
    if (silentUntil !== undefined) session.silence(silentUntil);
    if (faults.lasting('halfOpen', session.url) !== undefined) session.freeze();
  }

  private leave(session: S): void {
    this.sessions.delete(session);
    this.collector.left(session.stats);
    if (this.sessions.size > 0) return;
    this.standStill?.();
    this.standStill = undefined;
  }

  private readonly burst = (steps: number): void => {
    this.isBursting = true;
    for (let left = steps; left > 0 && this.sessions.size > 0; left -= 1) this.config.market.step();
    this.isBursting = false;
  };
}
