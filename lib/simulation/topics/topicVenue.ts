import { asyncScheduler } from 'rxjs';
import { Broadcaster } from '../broadcaster.js';
import type { FaultName } from '../faults/faultNames.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { simulatedMarket } from '../market/simulatedMarket.js';
import { pathAndQuery } from '../parseUrl.js';
import { SlidingWindow } from '../slidingWindow.js';
import type { SimulatedConnection, SimulatedVenue } from '../simulatedVenue.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';
import { VenueServer } from '../venueServer.js';
import type { SessionConfig } from '../venueSession.js';
import type { TopicBroadcast } from './topicBroadcast.js';
import type { TopicHost, TopicSession } from './topicSession.js';

/** What a venue's own sessions and answers are made of. */
export interface TopicVenueHost extends TopicHost {
  /** By the venue's names of them. */
  readonly instruments: ReadonlyMap<string, SimulatedInstrument>;
  readonly now: () => number;
  /** Whether a fault has the venue not know a symbol, this time. */
  isDenied(symbol: string): boolean;
}

/** What a venue of topics is besides what all of them are. */
export interface TopicVenueConfig<S extends TopicSession> {
  readonly name: string;
  /** The faults that only this venue has. */
  readonly ownFaults: readonly FaultName[];
  /** What the venue calls an instrument. */
  readonly nameOf: (base: string, quote: string) => string;
  /** The paths at which connections are let in. */
  readonly path: RegExp;
  /** Answers requests. */
  readonly http: (host: TopicVenueHost) => SimulatedVenue['http'];
  /** How many connections may be asked for within how many ms, from one address, which all are taken to come from. Over it: 429. */
  readonly attempts?: { readonly limit: string; readonly most: number; readonly within: number };
  /** The status that a connection is refused with, if it is. Default: all are let in. */
  readonly refused?: (location: URL) => number | undefined;
  /** What follows each step of the market, ahead of the streams. Default: nothing. */
  readonly steps?: (host: TopicVenueHost) => (now: number) => void;
  /** How sessions are made. */
  readonly sessions: (host: TopicVenueHost) => (config: SessionConfig, connection: SimulatedConnection) => S;
}

/**
 * A venue whose streams are topics by name, heard by whoever has subscribed them: the market, its instruments by the venue's
 * names, and the server. It runs while a client is connected.
 */
export function topicVenue<S extends TopicSession>(
  { name, ownFaults, nameOf, path, http, attempts, refused, steps, sessions }: TopicVenueConfig<S>,
  config: SimulatedVenueConfig,
): SimulatedVenue {
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], latency } = config;
  const market = simulatedMarket(config);
  const server = new VenueServer<S>({ market, seed, scheduler, faults: plan, ownFaults, latency });
  const instruments = new Map<string, SimulatedInstrument>();
  for (const symbol of market.symbols) {
    const instrument = market.instrument(symbol);
    if (instrument !== undefined) instruments.set(nameOf(instrument.spec.base, instrument.spec.quote), instrument);
  }
  const broadcaster = new Broadcaster<TopicBroadcast>();
  const host: TopicVenueHost = {
    ...server.host,
    broadcaster,
    instruments,
    isDenied: (symbol) => server.faults.take('unknownSymbol', symbol) !== undefined,
  };
  const pace = attempts && new SlidingWindow(attempts.most, attempts.within);
  const session = sessions(host);
  const step = steps?.(host);
  server.onStep((at, isHurried) => {
    step?.(at);
    broadcaster.pulse(at, isHurried);
    if (!isHurried) server.pulse(at);
  });
  return server.venue({
    name,
    http: http(host),
    door: (location, _, connection) => {
      const url = pathAndQuery(location);
      if (attempts !== undefined && pace?.admits(server.now()) === false) {
        server.violated(attempts.limit);
        return 429;
      }
      if (!path.test(location.pathname)) return 404;
      const status = server.refusedByPlan(url) ?? refused?.(location);
      return status ?? ((seat) => session({ ...seat, url }, connection));
    },
  });
}
