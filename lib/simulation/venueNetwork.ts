import { Observable, type SchedulerLike, asyncScheduler, defer, delay, switchMap, timer } from 'rxjs';
import { check } from '../errors/checks.js';
import { aNumber, aScheduler, anything, checkOptions } from '../errors/optionRules.js';
import type { Network, Wire } from '../network/network.js';
import { checkLatency } from './checkVenueConfig.js';
import { between, random, seedFor } from './random.js';
import type { SimulatedVenue, UpgradeRequest } from './simulatedVenue.js';
import { SimulatedWire } from './simulatedWire.js';

/** How long the way between a client and a simulated venue takes, and by which time and randomness. */
export interface VenueNetworkConfig {
  /** Default: 1. */
  readonly seed?: number;
  /** Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** How long one way takes, in ms. Default: 5 to 30. */
  readonly latency?: number | { readonly least: number; readonly most: number };
}

/**
 * The way to a simulated venue within the process. Frames of one connection stay in order; each takes its own time
 * down. The way up takes the same time for all messages of a connection, so that a client that keeps the venue's pace
 * is not found guilty by the network's moods. Unsubscribing ends a connection at once: what was under way to the venue
 * still arrives, and no timer stays behind.
 */
export function venueNetwork(venue: Pick<SimulatedVenue, 'accept' | 'http'>, config: VenueNetworkConfig = {}): Network {
  const { accept, http } = Object(venue) as Readonly<Record<string, unknown>>;
  const isVenue = typeof accept === 'function' && typeof http === 'function';
  check('venue', isVenue, 'a simulated venue such as simulatedBinance()', typeof venue);
  checkOptions('config', config, { seed: aNumber, scheduler: aScheduler, latency: anything });
  if (config.latency !== undefined) checkLatency(config.latency);
  const { seed = 1, scheduler = asyncScheduler, latency = { least: 5, most: 30 } } = config;
  const { least, most } = typeof latency === 'number' ? { least: latency, most: latency } : latency;
  const requestTime = random(seedFor(seed, 'requests'));
  let opened = 0;

  const open = (request: UpgradeRequest): Observable<Wire> =>
    new Observable((subscriber) => {
      opened += 1;
      const draw = random(seedFor(seed, `wire ${opened}`));
      const upTime = between(draw, least, most);
      const downTime = (): number => between(draw, least, most);
      const wire = new SimulatedWire({ venue, request, scheduler, upTime, downTime }, subscriber);
      wire.connect();
      return () => {
        wire.end();
      };
    });

  return {
    open: ({ url, headers = {} }) => open({ url, headers }),
    request: (request) =>
      defer(() => {
        const up = between(requestTime, least, most);
        const down = between(requestTime, least, most);
        return timer(up, scheduler).pipe(
          switchMap(() => venue.http(request)),
          delay(down, scheduler),
        );
      }),
  };
}
