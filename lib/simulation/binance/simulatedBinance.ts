import { asyncScheduler } from 'rxjs';
import { Broadcaster } from '../broadcaster.js';
import { simulatedMarket } from '../market/simulatedMarket.js';
import { pathAndQuery } from '../parseUrl.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { checkSimulatedBinanceConfig, type SimulatedBinanceConfig } from './config.js';
import { ownFaultNames } from '../faults/faultNames.js';
import { SlidingWindow } from '../slidingWindow.js';
import { VenueServer } from '../venueServer.js';
import { broadcastOf } from './broadcastOf.js';
import { binanceLimits, type BinanceLimits } from './limits.js';
import { Numbering } from './numbering.js';
import { rest } from './rest.js';
import { Session, type BinanceHost } from './session.js';
import { socketPathOf } from './socketPath.js';

/**
 * A Binance that exists only here: spot or USD-M, with streams, requests, limits and faults.
 *
 * The market steps every 50 ms by default, so that frames of all speeds cover several steps and a snapshot may fall
 * within one. It runs while a client is connected. Everything is decided by the seed and the scheduler's clock.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedBinance(config: SimulatedBinanceConfig = {}): SimulatedVenue {
  checkSimulatedBinanceConfig(config);
  const { seed = 1, scheduler = asyncScheduler, market = 'spot', faults: plan = [], latency } = config;
  const { stepEvery = 50, errors = 'flat', lateAcks = 0.25 } = config;
  const limits: BinanceLimits = { ...binanceLimits[market], ...config.limits };
  const source = simulatedMarket({
    ...config,
    stepEvery,
    sequence: market === 'spot' ? 'instrument' : 'venue',
    padding: market === 'spot' ? 8 : 0,
  });
  const server = new VenueServer<Session>({
    market: source,
    seed,
    scheduler,
    faults: plan,
    ownFaults: ownFaultNames.binance,
    latency,
  });
  const { faults, now, violated, requested } = server;
  const broadcaster = new Broadcaster();
  const numbering = new Numbering(source, faults);
  const attempts = new SlidingWindow(limits.connections, limits.connectionWindow);

  const host: BinanceHost = {
    ...server.host,
    market,
    limits,
    errors,
    lateAcks,
    pulses: () => source.running,
    hears: (stream, name, listener) => {
      const broadcast = broadcastOf(market, stream, name, source);
      if (broadcast === undefined || faults.take('unknownSymbol', name.symbol) !== undefined) return false;
      broadcaster.join(stream, listener, () => broadcast, now());
      return true;
    },
    leaves: (stream, listener) => {
      broadcaster.leave(stream, listener);
    },
  };
  server.onStep((at, isHurried) => {
    if (!isHurried && !faults.idle) numbering.strike();
    broadcaster.pulse(at, isHurried);
    if (!isHurried) server.pulse(at);
  });

  return server.venue({
    name: market === 'spot' ? 'binance' : 'binance-futures',
    http: rest({ market, source, limits, faults, numbering, scheduler, violated, requested }),
    door: (location, _, connection) => {
      const url = pathAndQuery(location);
      const path = socketPathOf(market, location);
      if (!attempts.admits(now())) {
        violated('connections');
        return 429;
      }
      if (path === undefined) return 404;
      return server.refusedByPlan(url) ?? ((seat) => new Session({ ...seat, url, ...path }, host, connection));
    },
  });
}
