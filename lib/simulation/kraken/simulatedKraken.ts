import { asyncScheduler } from 'rxjs';
import { Broadcaster } from '../broadcaster.js';
import { ownFaultNames } from '../faults/faultNames.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { simulatedMarket } from '../market/simulatedMarket.js';
import { pathAndQuery } from '../parseUrl.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import type { TopicBroadcast } from '../topics/topicBroadcast.js';
import { VenueServer } from '../venueServer.js';
import { checkSimulatedKrakenConfig, type SimulatedKrakenConfig } from './config.js';
import { krakenLimits } from './limits.js';
import { type KrakenHost, KrakenSession } from './session.js';
import { rest } from './rest.js';
import { streamOf } from './streams.js';

/**
 * A Kraken that exists only here, spot by v2 of its API: snapshots in the stream, a checksum with each message of a book,
 * levels that are pushed out and not told. Its pairs are the instruments by base and quote: `BTC/USDT`. It runs while a client
 * is connected. Everything is decided by the seed and the scheduler's clock.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedKraken(config: SimulatedKrakenConfig = {}): SimulatedVenue {
  checkSimulatedKrakenConfig(config);
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], latency } = config;
  const source = simulatedMarket(config);
  const server = new VenueServer<KrakenSession>({
    market: source,
    seed,
    scheduler,
    faults: plan,
    ownFaults: ownFaultNames.kraken,
    latency,
  });
  const { faults, now } = server;
  const bySymbol = new Map<string, SimulatedInstrument>(
    source.symbols.flatMap((symbol) => {
      const instrument = source.instrument(symbol);
      return instrument === undefined
        ? []
        : [[`${instrument.spec.base}/${instrument.spec.quote}`, instrument] as const];
    }),
  );
  const broadcaster = new Broadcaster<TopicBroadcast>();
  const host: KrakenHost = {
    ...server.host,
    limits: { ...krakenLimits, ...config.limits },
    broadcaster,
    knows: (symbol) => bySymbol.has(symbol),
    isDenied: (symbol) => faults.take('unknownSymbol', symbol) !== undefined,
    streamOf: (topic) => {
      const instrument = bySymbol.get(topic.symbol);
      return instrument && streamOf(topic, instrument, faults, now());
    },
  };
  server.onStep((at, isHurried) => {
    broadcaster.pulse(at, isHurried);
    if (!isHurried) server.pulse(at);
  });
  return server.venue({
    name: 'kraken',
    http: rest(bySymbol, now),
    door: (location, _, connection) => {
      const url = pathAndQuery(location);
      if (location.pathname !== '/v2') return 404;
      return server.refusedByPlan(url) ?? ((seat) => new KrakenSession({ ...seat, url }, host, connection));
    },
  });
}
