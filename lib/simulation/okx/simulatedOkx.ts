import { asyncScheduler } from 'rxjs';
import { Broadcaster } from '../broadcaster.js';
import { ownFaultNames } from '../faults/faultNames.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { simulatedMarket } from '../market/simulatedMarket.js';
import { pathAndQuery } from '../parseUrl.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import type { TopicBroadcast } from '../topics/topicBroadcast.js';
import { VenueServer } from '../venueServer.js';
import { checkSimulatedOkxConfig, type SimulatedOkxConfig } from './config.js';
import { okxLimits } from './limits.js';
import { type OkxHost, OkxSession } from './session.js';
import { rest } from './rest.js';
import { streamOf } from './streams.js';

/**
 * An OKX that exists only here: v5, spot. Snapshots in the stream, each update linked to the one before, checksums where they
 * are wanted. Its instruments go by base and quote: `BTC-USDT`. It runs while a client is connected. Everything is decided by
 * the seed and the scheduler's clock.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedOkx(config: SimulatedOkxConfig = {}): SimulatedVenue {
  checkSimulatedOkxConfig(config);
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], latency, checksums = 'zero' } = config;
  const source = simulatedMarket(config);
  const server = new VenueServer<OkxSession>({
    market: source,
    seed,
    scheduler,
    faults: plan,
    ownFaults: ownFaultNames.okx,
    latency,
  });
  const { faults, now } = server;
  const byId = new Map<string, SimulatedInstrument>();
  for (const symbol of source.symbols) {
    const instrument = source.instrument(symbol);
    if (instrument !== undefined) byId.set(`${instrument.spec.base}-${instrument.spec.quote}`, instrument);
  }
  const broadcaster = new Broadcaster<TopicBroadcast>();
  const host: OkxHost = {
    ...server.host,
    limits: { ...okxLimits, ...config.limits },
    broadcaster,
    isDenied: (instId) => faults.take('unknownSymbol', instId) !== undefined,
    streamOf: (arg, isBusiness) => {
      const instrument = byId.get(arg.instId);
      const hasChecksums = checksums === 'true';
      return instrument && streamOf(arg, isBusiness, { instrument, faults, hasChecksums, now: now() });
    },
  };
  server.onStep((at, isHurried) => {
    broadcaster.pulse(at, isHurried);
    if (!isHurried) server.pulse(at);
  });
  return server.venue({
    name: 'okx',
    http: rest(byId, now),
    door: (location, _, connection) => {
      const url = pathAndQuery(location);
      if (!/^\/ws\/v5\/(public|business)$/.test(location.pathname)) return 404;
      return server.refusedByPlan(url) ?? ((seat) => new OkxSession({ ...seat, url }, host, connection));
    },
  });
}
