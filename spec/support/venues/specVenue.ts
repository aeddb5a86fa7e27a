import { asyncScheduler, of } from 'rxjs';
import { Broadcaster } from '../../../lib/simulation/broadcaster.js';
import { checkVenueConfig } from '../../../lib/simulation/checkVenueConfig.js';
import type { SimulatedInstrument } from '../../../lib/simulation/market/simulatedInstrument.js';
import { simulatedMarket } from '../../../lib/simulation/market/simulatedMarket.js';
import { pathAndQuery } from '../../../lib/simulation/parseUrl.js';
import { random, seedFor } from '../../../lib/simulation/random.js';
import type { SimulatedConnection, SimulatedVenue } from '../../../lib/simulation/simulatedVenue.js';
import type { SimulatedVenueConfig } from '../../../lib/simulation/simulatedVenueConfig.js';
import type { TopicBroadcast } from '../../../lib/simulation/topics/topicBroadcast.js';
import type { TopicHost, TopicSession } from '../../../lib/simulation/topics/topicSession.js';
import { VenueServer } from '../../../lib/simulation/venueServer.js';
import type { SessionConfig } from '../../../lib/simulation/venueSession.js';
import { Spells } from '../chaosMeddling.js';

/** What every session of a spec's venue needs of it. */
export interface SpecVenueHost extends TopicHost {
  /** As the venue spells them. */
  readonly instruments: ReadonlyMap<string, SimulatedInstrument>;
  /** What the venue does that is rare, by its own names. */
  readonly oddities: Spells<string>;
  /** Where numbers begin: another place each time. */
  firstNumber(): number;
  /** A number in [0, 1). */
  draw(): number;
}

export interface SpecVenueConfig<S extends TopicSession> {
  readonly name: string;
  readonly spell: (base: string, quote: string) => string;
  /** Where connections are let in. */
  readonly door: RegExp;
  readonly session: (seat: SessionConfig, host: SpecVenueHost, connection: SimulatedConnection) => S;
}

/**
 * A venue that exists for specs alone, on the machinery of the public ones: topics on sockets, no requests. What a venue's
 * page says stands in its session and its streams.
 */
export function specVenue<S extends TopicSession>(
  own: SpecVenueConfig<S>,
  config: SimulatedVenueConfig,
  oddities?: Spells<string>,
): SimulatedVenue {
  checkVenueConfig(config, {}, {});
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], latency } = config;
  const market = simulatedMarket(config);
  const server = new VenueServer<S>({ market, seed, scheduler, faults: plan, ownFaults: [], latency });
  const instruments = new Map<string, SimulatedInstrument>();
  for (const symbol of market.symbols) {
    const instrument = market.instrument(symbol);
    if (instrument !== undefined) instruments.set(own.spell(instrument.spec.base, instrument.spec.quote), instrument);
  }
  const broadcaster = new Broadcaster<TopicBroadcast>();
  const draw = random(seedFor(seed, 'numbers'));
  const host: SpecVenueHost = {
    ...server.host,
    broadcaster,
    instruments,
    draw,
    oddities: oddities ?? new Spells([], server.now),
    firstNumber: () => 1 + Math.floor(draw() * 10 ** (1 + 10 * draw())),
  };
  server.onStep((at, isHurried) => {
    broadcaster.pulse(at, isHurried);
    if (!isHurried) server.pulse(at);
  });
  return server.venue({
    name: own.name,
    http: () => of({ status: 404, headers: {}, body: '' }),
    door: (location, _, connection) => {
      const url = pathAndQuery(location);
      if (!own.door.test(location.pathname)) return 404;
      return server.refusedByPlan(url) ?? ((seat) => own.session({ ...seat, url }, host, connection));
    },
  });
}
