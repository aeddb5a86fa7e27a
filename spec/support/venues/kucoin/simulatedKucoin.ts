import type { SimulatedVenueConfig } from '../../../../lib/simulation/index.js';
import { digits } from '../../../../lib/simulation/random.js';
import type { Spells } from '../../chaosMeddling.js';
import { specVenue, type SpecVenue, type SpecVenueHost, type SpecVenueParts } from '../specVenue.js';
import { KucoinBook } from './kucoinBook.js';
import { rest } from './rest.js';
import { KucoinSession } from './session.js';

/**
 * What it does that is rare.
 *
 * - `numbersAnew`: the numbers of a symbol begin at 1 on connections that stay open; `numbersAhead`: they go on far ahead.
 * - `newListing`: a symbol as if just listed: its first change holds the whole book, and for a while snapshots have the number
 *   -1 and no levels.
 * - `snapshotAhead`: a snapshot whose number is far ahead of the changes.
 * - `tokenExpired`: a connection is told so. `failingToken`: 401 or 503 where one is asked for.
 */
export const kucoinOddities = [
  ...['numbersAnew', 'numbersAhead', 'newListing', 'snapshotAhead', 'tokenExpired', 'failingToken'],
] as const;

interface KucoinParts extends SpecVenueParts {
  readonly books: ReadonlyMap<string, KucoinBook>;
}

/**
 * KuCoin's spot market, the classic API: a token for each connection, changes numbered from and to, snapshots by request.
 * Its symbols are the instruments by base and quote: `BTC-USDT`.
 *
 * @param lag How old snapshots always are, in ms.
 */
export const simulatedKucoin = (config: SimulatedVenueConfig, lag = 0, oddities?: Spells<string>): SpecVenue =>
  specVenue<KucoinSession, KucoinParts>(
    {
      name: 'kucoin',
      spell: (base, quote) => `${base}-${quote}`,
      door: /^\/endpoint$/,
      parts: (host) => partsOf(host, lag),
      session: (seat, host, connection, { books }) => new KucoinSession(seat, host, connection, books),
    },
    config,
    oddities,
  );

function partsOf(host: SpecVenueHost, lag: number): KucoinParts {
  const { instruments, oddities, draw, now } = host;
  const books = new Map([...instruments].map(([name, one]) => [name, new KucoinBook(one, draw, now())]));
  const tokens = new Set<string>();
  const token = (): string => {
    const one = `2neAiuYvAU61ZDXANAGAsiL4-${digits(draw, 24, 36)}`;
    tokens.add(one);
    return one;
  };
  return {
    books,
    http: rest({ host, lag, books, token }),
    // A token is good for one connection.
    refused: ({ searchParams }) => (tokens.delete(searchParams.get('token') ?? '') ? undefined : 401),
    statesOf: (symbol) => [...books.values()].find((book) => book.instrument.spec.symbol === symbol)?.states ?? [],
    step: (at) => {
      for (const [name, book] of books) {
        if (oddities.take('numbersAnew', name) !== undefined) book.beginAnew();
        if (oddities.take('numbersAhead', name) !== undefined) book.goAhead();
        const listing = oddities.take('newListing', name);
        if (listing !== undefined) book.relist(at, listing.delay);
        book.step(at);
      }
    },
  };
}
