import type { SchedulerLike } from 'rxjs';
import { aFunction, checkKind } from '../errors/optionRules.js';
import type { Network } from '../network/network.js';
import { marbleNetwork, type MarbleNetwork, type MarbleNetworkConfig } from './marbleNetwork.js';
import type { MarbleHelpers } from './marbles.js';

/** What every venue of this library takes among its options. */
export interface MarbleVenueOptions {
  /** Plays the wires and answers that are drawn. */
  readonly network: Network;
  /** The virtual time of the test. */
  readonly scheduler: SchedulerLike;
  /** Always 0.5. */
  readonly random: () => number;
}

/**
 * A venue whose wires are drawn in marbles, so that a pipeline is tested from the frames of the socket to its decisions, and
 * back to what is sent, in virtual time and without chance.
 *
 *     const { exchange, network } = venueInMarbles(helpers, binance, { wires: '-o--a--b', values: { a: …, b: … } });
 *
 * @param venue Makes the exchange, with its options: `binance`, or `(options) => binance({ ...options, market: 'usdm' })`.
 * @returns The exchange, and the network that plays the venue and says what was sent to it.
 */
export function venueInMarbles<E>(
  helpers: MarbleHelpers,
  venue: (options: MarbleVenueOptions) => E,
  config: MarbleNetworkConfig = {},
): { readonly exchange: E; readonly network: MarbleNetwork } {
  checkKind('venue', aFunction, venue);
  const network = marbleNetwork(helpers, config);
  return { exchange: venue({ network, scheduler: helpers.scheduler, random: () => 0.5 }), network };
}
