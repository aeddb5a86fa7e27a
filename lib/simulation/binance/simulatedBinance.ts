import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { FaultSchedule } from '../faults/faultSchedule.js';
import type { FaultPlan } from '../faults/plannedFault.js';
import { strike } from '../faults/strike.js';
import { StatsCollector } from '../statsCollector.js';
import { parseUrl } from '../parseUrl.js';
import { simulatedMarket, type SimulatedMarketConfig } from '../market/simulatedMarket.js';
import { random, seedFor } from '../random.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
import { venueNetwork, type Latency } from '../venueNetwork.js';
import { Broadcaster } from '../broadcaster.js';
import { broadcastOf } from './broadcastOf.js';
import { binanceLimits, type BinanceLimits } from './limits.js';
import { rest } from './rest.js';
import { Session, type SessionHost } from './session.js';
import { socketPathOf } from './socketPath.js';
import type { BinanceMarket } from './streamName.js';

export interface SimulatedBinanceConfig extends Pick<
  SimulatedMarketConfig,
  'instruments' | 'stepEvery' | 'activity' | 'depth' | 'history'
> {
  /** Decides the market, the faults' details and the latencies. Default: 1. */
  readonly seed?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Default: `spot`. */
  readonly market?: BinanceMarket;
  /** What goes wrong when, in ms since this call. Default: nothing. */
  readonly faults?: FaultPlan;
  /** One way through the network in the process, in ms. Default: 5 to 30. */
  readonly latency?: number | Latency;
  /** Default: {@link binanceLimits} of the market. */
  readonly limits?: Partial<BinanceLimits>;
  /** How many acknowledgements come after the next data, in [0, 1]. Default: 0.25. */
  readonly lateAcks?: number;
  /** Errors on sockets as documented, or wrapped in `error` as they have been seen. Default: `flat`. */
  readonly errors?: 'flat' | 'nested';
}

/**
 * A Binance that exists only here: spot or USD-M, with streams, requests, limits and faults.
 *
 * The market steps every 50 ms by default, so that frames of all speeds cover several steps and a snapshot may fall
 * within one. It runs while a client is connected. Everything is decided by the seed and the scheduler's clock.
 */
export function simulatedBinance(config: SimulatedBinanceConfig = {}): SimulatedVenue {
  const { seed = 1, scheduler = asyncScheduler, market = 'spot', faults: plan = [], lateAcks = 0.25 } = config;
  const { stepEvery = 50, errors = 'flat', instruments, activity, depth, history, latency } = config;
  const limits: BinanceLimits = { ...binanceLimits[market], ...config.limits };
  const source = simulatedMarket({
    seed,
    scheduler,
    stepEvery,
    sequence: market === 'spot' ? 'instrument' : 'venue',
    padding: market === 'spot' ? 8 : 0,
    ...(instruments === undefined ? {} : { instruments }),
    ...(activity === undefined ? {} : { activity }),
    ...(depth === undefined ? {} : { depth }),
    ...(history === undefined ? {} : { history }),
  });
  const now = (): number => source.now();
  const faults = new FaultSchedule(plan, now);
  const hub = new Broadcaster();
  const sessions = new Set<Session>();
  const attempts = new SlidingWindow(limits.connections, limits.connectionWindow);
  const ledger = new StatsCollector();
  let isClosed = false;
  let isBursting = false;
  let release: (() => void) | undefined;

  const violated = (limit: keyof BinanceLimits, connection?: number): void => {
    ledger.violated(limit, now(), connection);
  };

  const host: SessionHost = {
    market,
    limits,
    faults,
    errors,
    violated,
    now,
    pulses: () => source.running,
    hears: (stream, name, listener) => {
      const instrument = source.instrument(name.symbol);
      if (instrument === undefined || faults.take('unknownSymbol', name.symbol) !== undefined) return false;
      hub.join(stream, listener, () => broadcastOf(market, stream, name, instrument), now());
      return true;
    },
    leaves: (stream, listener) => {
      hub.leave(stream, listener);
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

  const pulse = (): void => {
    if (!isBursting && !faults.idle) strike(faults, sessions, burst);
    hub.pulse(now(), isBursting);
    if (isBursting) return;
    for (const session of [...sessions]) session.pulse(now());
  };
  source.onStep(pulse);

  const venue: Omit<SimulatedVenue, 'network'> = {
    name: market === 'spot' ? 'binance' : 'binance-futures',
    market: source,
    faults,
    http: rest({
      market,
      source,
      limits,
      faults,
      scheduler,
      violated,
      requested: (path) => {
        ledger.requested(path);
      },
    }),
    accept: ({ url }, connection) => {
      const refuse = (status: number): { readonly refuse: number } => {
        ledger.refused += 1;
        return { refuse: status };
      };
      if (isClosed) return refuse(503);
      const location = parseUrl(url);
      const path = location === undefined ? '' : location.pathname + location.search;
      const asked = location === undefined ? undefined : socketPathOf(market, location);
      if (!attempts.admits(now())) {
        violated('connections');
        return refuse(429);
      }
      if (asked === undefined) return refuse(404);
      const refusal = faults.take('refuseConnections', path);
      if (refusal !== undefined) return refuse(refusal.status ?? 503);

      ledger.accepted += 1;
      const id = ledger.accepted;
      const draw = random(seedFor(seed, `session ${id}`));
      const { socket, combined, streams } = asked;
      const session = new Session({ id, url: path, socket, combined, random: draw, lateAcks }, host, connection);
      sessions.add(session);
      release ??= source.run();
      const ending = faults.take('acceptAndClose', path);
      if (ending !== undefined) session.close(ending.code ?? 1000, '');
      const silentUntil = faults.lasting('silent', path);
      if (silentUntil !== undefined) session.silence(silentUntil);
      if (faults.lasting('halfOpen', path) !== undefined) session.freeze();
      session.begin(streams);
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
