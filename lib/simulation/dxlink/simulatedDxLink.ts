import { asyncScheduler, of, type SchedulerLike } from 'rxjs';
import { FaultSchedule } from '../faults/faultSchedule.js';
import type { FaultPlan } from '../faults/plannedFault.js';
import { strike } from '../faults/strike.js';
import { StatsCollector } from '../statsCollector.js';
import { parseUrl } from '../parseUrl.js';
import type { InstrumentSpec } from '../market/instrumentSpec.js';
import { simulatedMarket, type SimulatedMarketConfig } from '../market/simulatedMarket.js';
import { random, seedFor } from '../random.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { venueNetwork, type Latency } from '../venueNetwork.js';
import { Feeds } from './feeds.js';
import { dxLinkLimits, type DxLinkLimits } from './limits.js';
import { Session, type SessionHost } from './session.js';

export interface SimulatedDxLinkConfig extends Pick<
  SimulatedMarketConfig,
  'instruments' | 'stepEvery' | 'activity' | 'depth' | 'history'
> {
  /** Decides the market, the faults' details and the latencies. Default: 1. */
  readonly seed?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** What goes wrong when, in ms since this call. Default: nothing. */
  readonly faults?: FaultPlan;
  /** One way through the network in the process, in ms. Default: 5 to 30. */
  readonly latency?: number | Latency;
  /** Default: {@link dxLinkLimits}. */
  readonly limits?: Partial<DxLinkLimits>;
  /**
   * Which tokens are good, and until when (ms; `Infinity`: for ever): `undefined` for one that is none. Default: no token
   * is wanted.
   */
  readonly tokens?: (token: string, now: number) => number | undefined;
  /** Rows in one frame at most: a longer snapshot or transaction goes on in the next. Default: 100. */
  readonly rowsPerFrame?: number;
  /** Several event types in one frame. The official client reads only the first of them. Default: false. */
  readonly mixesTypes?: boolean;
}

/** A simulated dxLink, and what it knows to be true. */
export interface SimulatedDxLink extends SimulatedVenue {
  /** The sequence of the market's book that a book of orders stood at, at a time of the venue's. */
  sequenceAt(symbol: string, source: string, time: number): number | undefined;
}

/** Shares, an index without sizes, a future, and one that is seldom traded. Options of any share are quoted. */
export const dxLinkInstruments: readonly InstrumentSpec[] = [
  { symbol: 'AAPL', base: 'AAPL', quote: 'USD', price: '196.10', size: '100', grain: 1 },
  { symbol: 'SPY', base: 'SPY', quote: 'USD', price: '559.36', size: '200', grain: 1 },
  { symbol: 'SPX', base: 'INDEX', quote: 'USD', price: '5931.91', size: '1', grain: 5 },
  { symbol: '/ESM25:XCME', base: 'ES', quote: 'USD', price: '5935.25', size: '3', grain: 25 },
  { symbol: 'QUIET', base: 'QUIET', quote: 'USD', price: '12.34', size: '50', activity: 0.01 },
];

/**
 * A dxLink endpoint that exists only here: SETUP, AUTH, feed and DOM channels, all event types that follow from a
 * market, and faults. It runs while a client is connected.
 */
export function simulatedDxLink(config: SimulatedDxLinkConfig = {}): SimulatedDxLink {
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], stepEvery = 100, latency, tokens } = config;
  const {
    instruments = dxLinkInstruments,
    activity,
    depth = 20,
    history,
    rowsPerFrame = 100,
    mixesTypes = false,
  } = config;
  const limits: DxLinkLimits = { ...dxLinkLimits, ...config.limits };
  const source = simulatedMarket({
    ...{ seed, scheduler, stepEvery, instruments, depth },
    ...(activity === undefined ? {} : { activity }),
    ...(history === undefined ? {} : { history }),
  });
  const now = (): number => source.now();
  const faults = new FaultSchedule(plan, now);
  const feeds = new Feeds(source, seed);
  const sessions = new Set<Session>();
  const ledger = new StatsCollector();
  let isClosed = false;
  let isBursting = false;
  let release: (() => void) | undefined;

  const host: SessionHost = {
    ...{ market: source, feeds, faults, limits, rowsPerFrame, mixesTypes, now },
    wantsToken: tokens !== undefined,
    admits: (token, at) => tokens?.(token, at),
    violated: (limit, connection) => {
      ledger.violated(limit, now(), connection);
    },
    gone: (session) => {
      sessions.delete(session);
      ledger.left(session.stats);
      if (sessions.size > 0) return;
      release?.();
      release = undefined;
    },
  };
  const burst = (steps: number): void => {
    isBursting = true;
    for (let left = steps; left > 0 && sessions.size > 0; left -= 1) source.step();
    isBursting = false;
  };
  source.onStep(() => {
    if (!isBursting && !faults.idle) strike(faults, sessions, burst);
    feeds.step(now());
    if (isBursting) return;
    for (const session of [...sessions]) session.pulse(now());
  });

  const venue: Omit<SimulatedDxLink, 'network'> = {
    name: 'dxlink',
    market: source,
    faults,
    sequenceAt: (symbol, orderSource, time) => feeds.orderTape(symbol, orderSource)?.sequenceAt(time),
    http: ({ url }) => {
      ledger.requested(parseUrl(url)?.pathname ?? '');
      return of({ status: 404, headers: {}, body: '' });
    },
    accept: ({ url }, connection) => {
      const refuse = (status: number): { readonly refuse: number } => {
        ledger.refused += 1;
        return { refuse: status };
      };
      const location = parseUrl(url);
      const path = location === undefined ? '' : location.pathname + location.search;
      if (isClosed) return refuse(503);
      const refusal = faults.take('refuseConnections', path);
      if (refusal !== undefined) return refuse(refusal.status ?? 503);

      ledger.accepted += 1;
      const id = ledger.accepted;
      const session = new Session(
        { id, url: path, random: random(seedFor(seed, `session ${String(id)}`)) },
        host,
        connection,
      );
      sessions.add(session);
      release ??= source.run();
      const ending = faults.take('acceptAndClose', path);
      if (ending !== undefined) session.close(ending.code ?? 1000, '');
      const silentUntil = faults.lasting('silent', path);
      if (silentUntil !== undefined) session.silence(silentUntil);
      if (faults.lasting('halfOpen', path) !== undefined) session.freeze();
      return session;
    },
    stats: () => ledger.stats([...sessions].map((session) => session.stats)),
    close: () => {
      isClosed = true;
      for (const session of [...sessions]) session.close(1001, 'The venue closes');
      source.stop();
    },
  };
  const network = venueNetwork(venue, { seed, scheduler, ...(latency === undefined ? {} : { latency }) });
  return { ...venue, network };
}
