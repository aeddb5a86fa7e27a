import type { SimulatedVenue } from '../../../../lib/simulation/simulatedVenue.js';
import type { SimulatedVenueConfig } from '../../../../lib/simulation/simulatedVenueConfig.js';
import type { Spells } from '../../chaosMeddling.js';
import { specVenue } from '../specVenue.js';
import { HyperliquidSession, sessionOddities } from './session.js';
import { streamOddities } from './streams.js';

/** What it does that is rare. */
export const hyperliquidOddities: readonly string[] = [...streamOddities, ...sessionOddities];

/** A Hyperliquid for specs. Coins go by `BTC`. */
export const simulatedHyperliquid = (config: SimulatedVenueConfig = {}, oddities?: Spells<string>): SimulatedVenue =>
  specVenue(
    {
      name: 'hyperliquid',
      spell: (base) => base,
      door: /^\/ws$/,
      session: (seat, host, connection) => new HyperliquidSession(seat, host, connection),
    },
    config,
    oddities,
  );
