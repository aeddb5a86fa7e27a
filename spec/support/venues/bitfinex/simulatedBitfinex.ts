import type { SimulatedVenueConfig } from '../../../../lib/simulation/index.js';
import type { DepthSides } from '../../../../lib/simulation/topics/depthWindow.js';
import type { Spells } from '../../chaosMeddling.js';
import { OrderLedger } from '../orderLedger.js';
import { specVenue, type SpecVenue, type SpecVenueHost, type SpecVenueParts } from '../specVenue.js';
import { BitfinexSession } from './session.js';
import type { BitfinexSource } from './streams.js';

/**
 * What it does that is rare.
 *
 * - `wrongChecksum`: of a book. `skippedNumber`: the numbers of a connection go on one too far. `numbersAnew`: they begin at 1.
 * - `restart`: it says that it is about to. `pause`: nothing of what happens is told for a while, and then that all goes on.
 * - `lateAnswer`: to a subscription, whose channel says meanwhile that it is there. `earlyData`: a channel's data ahead of it.
 */
export const bitfinexOddities = [
  ...['wrongChecksum', 'skippedNumber', 'numbersAnew', 'restart', 'pause', 'lateAnswer', 'earlyData'],
] as const;

/** What the books by order are called among the kinds. */
export const BY_ORDER = 'by order';

interface BitfinexParts extends SpecVenueParts {
  readonly sources: ReadonlyMap<string, BitfinexSource>;
}

/** Bitfinex v2, its public channels. Symbols are the instruments by base and quote: `tBTCUSD`, `tFINE:USD`. */
export const simulatedBitfinex = (config: SimulatedVenueConfig, oddities?: Spells<string>): SpecVenue =>
  specVenue<BitfinexSession, BitfinexParts>(
    {
      name: 'bitfinex',
      spell: spelt,
      door: /^\/ws\/2$/,
      parts: partsOf,
      session: (seat, host, connection, { sources }) => new BitfinexSession(seat, host, connection, sources),
    },
    config,
    oddities,
  );

/** A name of more than three letters is set off by a colon. */
export const spelt = (base: string, quote: string): string =>
  `t${base}${base.length > 3 || quote.length > 3 ? ':' : ''}${quote}`;

function partsOf(host: SpecVenueHost): BitfinexParts {
  const sources = new Map(
    [...host.instruments].map(([name, instrument]) => {
      return [name, { host, instrument, ledger: new OrderLedger(instrument, host.draw) }];
    }),
  );
  const seen = new Map<string, number>();
  const states = new Map<string, readonly DepthSides[]>();
  const step = (): void => {
    for (const { instrument, ledger } of sources.values()) {
      const { spec, book } = instrument;
      ledger.step();
      const changes = book.changesAfter(seen.get(spec.symbol) ?? book.first);
      seen.set(spec.symbol, book.sequence);
      states.set(
        spec.symbol,
        changes.flatMap(({ sequence }) => book.trueBook(sequence) ?? []),
      );
      states.set(`${spec.symbol} ${BY_ORDER}`, ledger.states);
    }
  };
  return { sources, step, statesOf: (symbol, kind) => states.get(`${symbol} ${kind}`.trim()) ?? [] };
}
