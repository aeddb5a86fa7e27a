import { check, checkOneOf } from '../../errors/checks.js';
import { aDuration, aNumber, checkOptions } from '../../errors/optionRules.js';
import { anAudit } from '../../feed/auditRule.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { statesByOrder } from '../../feed/bookStreams.js';
import { Instruments } from '../../feed/instruments.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { WirePlan } from '../../socket/plan.js';
import { changesOf, wholeOf } from './depth.js';
import { bestOrdersOf, ordersOf } from './depthByOrder.js';
import { BitstampDialect } from './dialect.js';
import { snapshotRate, wireLimits } from './endpoint.js';
import type { BitstampBookOptions, BitstampExchange } from './exchange.js';
import { instrumentsOf } from './instruments.js';
import { type BitstampOptions, settingsOf } from './options.js';
import { ordersChannel } from './orders.js';
import { depthSnapshot, snapshotByOrder } from './snapshot.js';
import { GROUP, pairOf } from './topics.js';
import { tradesChannel } from './trades.js';

export type { BitstampBookByOrderOptions, BitstampBookOptions, BitstampExchange } from './exchange.js';
export type { BitstampOptions } from './options.js';
export type { BitstampOrderEvent } from './orders.js';
export { bitstampStreams } from './streams.js';

const byOrderRules = { depth: aNumber, silentAfter: aDuration, refreshEvery: aDuration };
const bookRules = { ...byOrderRules, audit: anAudit };

/**
 * Bitstamp. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function bitstamp(options: BitstampOptions = {}): BitstampExchange {
  const { socketUrl, restUrl, snapshotAfter, channelsPerWire } = settingsOf(options);
  const wire: WirePlan = {
    endpoint: () => [{ url: socketUrl }],
    dialect: (link) => new BitstampDialect(link, base.scheduler),
    limits: { ...wireLimits, channels: channelsPerWire },
  };
  const base = new VenueBase('bitstamp', options, { limits: [snapshotRate] });
  const core = new VenueCore(base, { wires: { [GROUP]: wire } });
  const books = new Books(core);

  const changing = books.of(({ instrument }: BookParameters) => ({
    ...changesOf(instrument),
    snapshot: () => depthSnapshot(base, { restUrl, instrument, after: snapshotAfter }),
  }));
  const whole = books.of(({ instrument }: BookParameters) => wholeOf(instrument));
  const ordered = books.of(({ instrument }: BookParameters) => ({
    ...ordersOf(core, instrument),
    snapshot: () => snapshotByOrder(base, { restUrl, instrument, after: snapshotAfter }),
  }));
  const bestOrdered = books.of(({ instrument }: BookParameters) => bestOrdersOf(instrument));
  const bookOf = (pair: string, book: BitstampBookOptions = {}): BookStreams => {
    checkOptions('options', book, bookRules);
    const { depth, ...parameters } = book;
    checkOneOf('depth', [undefined, 100], depth);
    check('audit', depth === undefined || parameters.audit === undefined, 'none with depth', 'an audit');
    return (depth === undefined ? changing : whole)({ instrument: pairOf(pair), ...parameters });
  };

  const instruments = new Instruments(base, () => instrumentsOf(base, restUrl));
  return instruments.offer<BitstampExchange>(
    {
      ...core.exchange,
      book: (pair, book) => bookOf(pair, book).state$,
      depth: (pair, book) => bookOf(pair, book).event$,
      bookByOrder: (pair, book = {}) => {
        checkOptions('options', book, byOrderRules);
        const { depth, ...parameters } = book;
        checkOneOf('depth', [undefined, 100], depth);
        return statesByOrder(
          (depth === undefined ? ordered : bestOrdered)({ instrument: pairOf(pair), ...parameters }),
        );
      },
      trades: (pair) => core.stream(tradesChannel(pairOf(pair))),
      orders: (pair) => core.stream(ordersChannel(pairOf(pair))),
      tally: (pair) => books.tally(pairOf(pair)),
      resync: (pair) => {
        books.resync(pair === undefined ? undefined : pairOf(pair));
      },
    },
    ['book', 'depth', 'bookByOrder', 'trades', 'orders'],
    'btcusd',
  );
}
