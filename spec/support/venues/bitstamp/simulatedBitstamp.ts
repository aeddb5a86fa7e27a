import type { SimulatedVenueConfig } from '../../../../lib/simulation/index.js';
import type { Spells } from '../../chaosMeddling.js';
import { specVenue, type SpecVenue, type SpecVenueHost, type SpecVenueParts } from '../specVenue.js';
import { BitstampPair } from './bitstampPair.js';
import { rest } from './rest.js';
import { BitstampSession } from './session.js';

/**
 * What it does that is rare.
 *
 * - `askedToMove`: a connection is asked to connect anew. `clockSetBack`: by three seconds, once a pair.
 * - `marketOrder`: an order at any price, which comes and goes.
 */
export const bitstampOddities = ['askedToMove', 'clockSetBack', 'marketOrder'] as const;

/** What the books by order are called among the kinds. */
export const BY_ORDER = 'by order';

interface BitstampParts extends SpecVenueParts {
  readonly pairs: ReadonlyMap<string, BitstampPair>;
}

/** Bitstamp v2. Pairs are the instruments by base and quote: `btcusd`. */
export const simulatedBitstamp = (config: SimulatedVenueConfig, oddities?: Spells<string>): SpecVenue =>
  specVenue<BitstampSession, BitstampParts>(
    {
      name: 'bitstamp',
      spell: (base, quote) => `${base}${quote}`.toLowerCase(),
      door: /^\/$/,
      parts: partsOf,
      session: (seat, host, connection, { pairs }) => new BitstampSession(seat, host, connection, pairs),
    },
    config,
    oddities,
  );

function partsOf(host: SpecVenueHost): BitstampParts {
  const { instruments, oddities, draw, now } = host;
  const pairs = new Map([...instruments].map(([name, one]) => [name, new BitstampPair(one, draw, now())]));
  const isSetBack = new Set<string>();
  return {
    pairs,
    http: rest(host, pairs),
    statesOf: (symbol, kind) =>
      kind === BY_ORDER
        ? ([...pairs.values()].find((pair) => pair.instrument.spec.symbol === symbol)?.ledger.states ?? [])
        : [],
    step: (at) => {
      for (const [name, pair] of pairs) {
        if (!isSetBack.has(name) && pair.isHeard() && oddities.take('clockSetBack', name) !== undefined) {
          isSetBack.add(name);
          pair.setBack(3_000);
        }
        pair.step(at);
        if (oddities.take('marketOrder', name) !== undefined) pair.marketOrder(at);
      }
    },
  };
}
