import { asyncScheduler } from 'rxjs';
import { Broadcaster } from '../broadcaster.js';
import { ownFaultNames } from '../faults/faultNames.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { simulatedMarket } from '../market/simulatedMarket.js';
import { pathAndQuery } from '../parseUrl.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import type { TopicBroadcast } from '../topics/topicBroadcast.js';
import { VenueServer } from '../venueServer.js';
import { checkSimulatedCoinbaseConfig, type SimulatedCoinbaseConfig } from './config.js';
import { coinbaseLimits } from './limits.js';
import { type CoinbaseHost, CoinbaseSession } from './session.js';
import { rest } from './rest.js';
import { streamOf } from './streams.js';

/**
 * A Coinbase that exists only here, the market data of Advanced Trade: snapshots in the stream, frames counted over the whole
 * connection, answers that list all there is. Its products are the instruments by base and quote: `BTC-USDT`. It runs while a
 * client is connected. Everything is decided by the seed and the scheduler's clock.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedCoinbase(config: SimulatedCoinbaseConfig = {}): SimulatedVenue {
  checkSimulatedCoinbaseConfig(config);
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], latency } = config;
  const source = simulatedMarket(config);
  const server = new VenueServer<CoinbaseSession>({
    market: source,
    seed,
    scheduler,
    faults: plan,
    ownFaults: ownFaultNames.coinbase,
    latency,
  });
  const { faults, now } = server;
  const byProduct = new Map<string, SimulatedInstrument>();
  for (const symbol of source.symbols) {
    const instrument = source.instrument(symbol);
    if (instrument !== undefined) byProduct.set(`${instrument.spec.base}-${instrument.spec.quote}`, instrument);
  }
  const broadcaster = new Broadcaster<TopicBroadcast>();
  const host: CoinbaseHost = {
    ...server.host,
    limits: { ...coinbaseLimits, ...config.limits },
    broadcaster,
    isDenied: (product) => faults.take('unknownSymbol', product) !== undefined,
    streamOf: (channel, product) => {
      const instrument = byProduct.get(product);
      return instrument && streamOf(channel, product, instrument, now());
    },
  };
  server.onStep((at, isHurried) => {
    broadcaster.pulse(at, isHurried);
    if (!isHurried) server.pulse(at);
  });
  return server.venue({
    name: 'coinbase',
    http: rest(byProduct, now),
    door: (location, _, connection) => {
      const url = pathAndQuery(location);
      if (location.pathname !== '/') return 404;
      return server.refusedByPlan(url) ?? ((seat) => new CoinbaseSession({ ...seat, url }, host, connection));
    },
  });
}
