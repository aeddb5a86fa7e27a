import type { SimulatedVenue } from '../../../../lib/simulation/simulatedVenue.js';
import type { SimulatedVenueConfig } from '../../../../lib/simulation/simulatedVenueConfig.js';
import type { Spells } from '../../chaosMeddling.js';
import { specVenue } from '../specVenue.js';
import { DeribitSession, sessionOddities } from './session.js';
import { streamOddities } from './streams.js';

/** What it does that is rare. */
export const deribitOddities: readonly string[] = [...streamOddities, ...sessionOddities];

/** A Deribit for specs: JSON-RPC without signing in. Instruments go by `BTC-PERPETUAL`. */
export const simulatedDeribit = (config: SimulatedVenueConfig = {}, oddities?: Spells<string>): SimulatedVenue =>
  specVenue(
    {
      name: 'deribit',
      spell: (base) => `${base}-PERPETUAL`,
      door: /^\/ws\/api\/v2$/,
      session: (seat, host, connection) => new DeribitSession(seat, host, connection),
    },
    config,
    oddities,
  );
