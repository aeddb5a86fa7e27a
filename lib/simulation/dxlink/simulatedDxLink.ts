import { asyncScheduler, of } from 'rxjs';
import type { InstrumentSpec } from '../market/instrumentSpec.js';
import { simulatedMarket } from '../market/simulatedMarket.js';
import { parseUrl, pathAndQuery } from '../parseUrl.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { checkSimulatedDxLinkConfig, type SimulatedDxLinkConfig } from './config.js';
import { ownFaultNames } from '../faults/faultNames.js';
import { VenueServer } from '../venueServer.js';
import { Feeds } from './feeds.js';
import { dxLinkLimits, type DxLinkLimits } from './limits.js';
import { Session, type DxLinkHost } from './session.js';

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
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedDxLink(config: SimulatedDxLinkConfig = {}): SimulatedDxLink {
  checkSimulatedDxLinkConfig(config);
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], latency, tokens } = config;
  const { instruments = dxLinkInstruments, depth = 20, rowsPerFrame = 100, mixesTypes = false } = config;
  const limits: DxLinkLimits = { ...dxLinkLimits, ...config.limits };
  const market = simulatedMarket({ ...config, instruments, depth });
  const server = new VenueServer<Session>({
    market,
    seed,
    scheduler,
    faults: plan,
    ownFaults: ownFaultNames.dxlink,
    latency,
  });
  const feeds = new Feeds(market, seed);

  const host: DxLinkHost = {
    ...server.host,
    market,
    feeds,
    limits,
    rowsPerFrame,
    mixesTypes,
    wantsToken: tokens !== undefined,
    admits: (token, at) => tokens?.(token, at),
  };
  server.onStep((at, isHurried) => {
    feeds.step(at);
    if (!isHurried) server.pulse(at);
  });

  const venue = server.venue({
    name: 'dxlink',
    http: ({ url }) => {
      server.requested(parseUrl(url)?.pathname ?? '');
      return of({ status: 404, headers: {}, body: '' });
    },
    door: (location, _, connection) => {
      const url = pathAndQuery(location);
      return server.refusedByPlan(url) ?? ((seat) => new Session({ ...seat, url }, host, connection));
    },
  });
  return {
    ...venue,
    sequenceAt: (symbol, orderSource, time) => feeds.orderTape(symbol, orderSource)?.sequenceAt(time),
  };
}
