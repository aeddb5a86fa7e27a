import type { SimulatedVenue } from '../../../../lib/simulation/simulatedVenue.js';
import type { SimulatedVenueConfig } from '../../../../lib/simulation/simulatedVenueConfig.js';
import type { Spells } from '../../chaosMeddling.js';
import { specVenue } from '../specVenue.js';
import { BybitSession, sessionOddities } from './session.js';
import { streamOddities } from './streams.js';

/** What it does that is rare. */
export const bybitOddities: readonly string[] = [...streamOddities, ...sessionOddities];

/** A Bybit v5 for specs: all four categories by their addresses, the same instruments in each. They go by `BTC-USDT`. */
export const simulatedBybit = (config: SimulatedVenueConfig = {}, oddities?: Spells<string>): SimulatedVenue =>
  specVenue(
    {
      name: 'bybit',
      spell: (base, quote) => `${base}-${quote}`,
      door: /^\/v5\/public\/(spot|linear|inverse|option)$/,
      session: (seat, host, connection) => new BybitSession(seat, host, connection),
    },
    config,
    oddities,
  );
