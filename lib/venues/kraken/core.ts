import { type SchedulerLike, of } from 'rxjs';
import { noRule } from '../../book/continuity/none.js';
import { checksummed } from '../../book/fold.js';
import { type BookStreams, Books } from '../../feed/books.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { Report } from '../../model/fault.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { Dialect, Link, WirePlan } from '../../socket/plan.js';
import { holdsChecksum } from './checksum.js';
import { bookOptionsOf, type KrakenBook, type KrakenDepth } from './depths.js';
import { connections, GROUP, requestRate, wireLimits, refusalIn } from './endpoint.js';
import type { KrakenV1Exchange } from './exchange.js';
import type { KrakenBookOptions } from './depths.js';
import { type KrakenOptions, settingsOf } from './options.js';
import { Respite } from './respite.js';
import { symbolOf } from './topics.js';

/** What the versions of the venue's API differ by. */
export interface KrakenVersion {
  /** Behind the host, from its slash on. */
  readonly path: string;
  readonly dialect: (link: Link, scheduler: SchedulerLike, respite: Respite) => Dialect;
  readonly depthChannel: (
    symbol: string,
    depth: KrakenDepth,
    report: Report,
  ) => ChannelSpec<DepthEvent | readonly DepthEvent[]>;
}

/** What every version of an exchange of Kraken has. */
type Common = Pick<KrakenV1Exchange, 'book' | 'depth' | 'tally' | 'resync'> & VenueCore['exchange'];

/**
 * The channels of Kraken, and its books, by one version of its API: a wire for all, books that are held to the checksum of
 * each frame, since nothing numbers them.
 *
 * @throws InvalidArgumentError for options that can't be meant.
 */
export function krakenCore(
  options: KrakenOptions,
  { path, dialect, depthChannel }: KrakenVersion,
): { readonly base: VenueBase; readonly core: VenueCore; readonly restUrl: string; readonly common: Common } {
  const { base: address, restUrl, channelsPerWire, messagesPerSecond } = settingsOf(options);
  const base = new VenueBase('kraken', options, { limits: [requestRate], refusalIn });
  const respite = new Respite(base.scheduler);
  const wire: WirePlan = {
    endpoint: () => [{ url: `${address}${path}` }],
    // A recording comes back when it did.
    admission: (attempt) => (base.network.isRecorded === true ? of(0) : respite.before(attempt)),
    dialect: (link) => dialect(link, base.scheduler, respite),
    limits: wireLimits(channelsPerWire, messagesPerSecond),
  };
  const core = new VenueCore(base, { wires: { [GROUP]: wire }, connections });
  const books = new Books(core);
  const bookBy = books.of(({ instrument, depth }: KrakenBook) => ({
    source: depthChannel(instrument, depth, core.report),
    rule: noRule,
    fold: checksummed(holdsChecksum),
    depth,
  }));
  const bookOf = (symbol: string, book?: KrakenBookOptions): BookStreams =>
    bookBy({ ...bookOptionsOf(book), instrument: symbolOf(symbol) });
  const common: Common = {
    ...core.exchange,
    book: (symbol, book) => bookOf(symbol, book).state$,
    depth: (symbol, book) => bookOf(symbol, book).event$,
    tally: (symbol) => books.tally(symbolOf(symbol)),
    resync: (symbol) => {
      books.resync(symbol === undefined ? undefined : symbolOf(symbol));
    },
  };
  return { base, core, restUrl, common };
}
