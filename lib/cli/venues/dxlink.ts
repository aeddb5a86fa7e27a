import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import {
  EMPTY,
  asyncScheduler,
  auditTime,
  combineLatest,
  filter,
  map,
  merge,
  mergeMap,
  scan,
  startWith,
  switchMap,
  take,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import type { Trade } from '../../model/trade.js';
import { optionChain, type OptionChain } from '../../operators/optionChain.js';
import { parseFaults, simulatedDxLink } from '../../simulation/index.js';
import {
  type DxLinkEvent,
  type DxLinkExchange,
  type DxLinkQuote,
  dxlink,
  optionContractOf,
  dxlinkStreams,
} from '../../venues/dxlink/index.js';
import type { TableView } from '../view/tableView.js';
import type { RecordedVenue, SimulatedCliVenue } from './cliVenue.js';
import { dxlinkTable } from './dxlinkTable.js';

/** Shown beside the instrument that is asked for. */
const BOARD = ['AAPL', 'SPY', 'SPX', '/ESM25:XCME'];
/** How often the board is drawn anew, in ms. */
const DRAWN_EVERY = 250;
/** Strikes on each side of the present price. */
const STRIKES = 3;
const PERIODS = ['1m', '5m', '15m', '1h', '1d'];

/** Recordings are written as of any venue; there is no expected form of them to be read by. */
const recorded: RecordedVenue = {
  names: ['dxlink'],
  marketOf: () => 'data',
  headerOf: (market) => ({ venue: 'dxlink', market }),
  gapRule: () => null,
  checksum: () => null,
  kindOf: (frame) => ({ type: 'other', name: /"type":"(\w+)"/.exec(frame)?.[1] ?? 'unknown' }),
  isDepthAnswer: () => false,
  reply: () => undefined,
};

export const dxlinkVenue: SimulatedCliVenue = {
  name: 'dxlink',
  markets: ['data'],
  channels: ['board', 'book', 'trades', 'quotes', 'candles'],
  intervals: () => PERIODS,
  instrument: 'AAPL',
  simulated: ['data'],
  // The case of a symbol counts: `/ESM25:XCME`, `.AAPL250117C150`, `BTC/USD:CXTALP`.
  spell: (symbol) => symbol,
  checkFaults: parseFaults,
  ...opening<DxLinkExchange>({
    streams: dxlinkStreams,
    connect: (options) => {
      const { url } = options;
      return dxlink({ ...commonOptions(options), ...(url !== undefined && { url }) });
    },
    show: (exchange, { scheduler = asyncScheduler }) => ({
      ...exchange,
      book: (symbol) => exchange.book(symbol),
      trades: (symbol) => exchange.timeAndSales(symbol).pipe(mergeMap(tradeOf)),
      plainTrades: (symbol) => exchange.trades(symbol),
      quotes: (symbol) => exchange.quotes(symbol),
      candles: (symbol, interval) => exchange.candles(symbol, interval, { history: 50 }),
      ticker: () => EMPTY,
      table: (symbol) => board(exchange, symbol, scheduler),
    }),
  }),
  // Which options are near each process finds for itself.
  unrelayed: ['board'],
  simulate: ({ seed, faults }) => simulatedDxLink({ seed, faults: parseFaults(faults) }),
  recorded,
  demonstration: {
    faults: 'corruptJson@8s/20s,closeCleanly=1012@16s/20s,refuseConnections@16s+3s/20s',
    note: 'Simulated: every 20 s a frame is garbled; 8 s later the wire is lost for 3 s.',
  },
};

/** A trade whose taker's side is not told has none of the library's. */
function tradeOf(event: DxLinkEvent<'TimeAndSale'>): readonly Trade[] {
  const { instrument, index = '', price, size, time = 0, receivedTime, aggressorSide, type = 'NEW' } = event;
  const side = aggressorSide === 'BUY' ? 'buy' : aggressorSide === 'SELL' ? 'sell' : undefined;
  if (price === undefined || size === undefined || side === undefined || type !== 'NEW') return [];
  const exact = { price: String(price), size: String(size) };
  return [{ instrument, id: index, price, size, exact, side, venueTime: time, receivedTime }];
}

/** Quotes of some symbols, and the option chain of the one that is asked for. */
function board(exchange: DxLinkExchange, symbol: string, scheduler: SchedulerLike): Observable<TableView> {
  const symbols = [...new Set([symbol, ...BOARD])];
  const quotes$ = latestOf(merge(...symbols.map((one) => exchange.quotes(one))));
  const trades$ = latestOf(exchange.events('Trade', symbols));
  const chain$ = exchange.quotes(symbol).pipe(
    filter(({ bid, ask }) => bid !== undefined && ask !== undefined),
    take(1),
    switchMap(({ bidPrice = 0, askPrice = 0 }) =>
      chainAround(exchange, symbol, (bidPrice + askPrice) / 2, new Date(scheduler.now())),
    ),
    startWith<OptionChain<DxLinkQuote, DxLinkEvent<'Greeks'>>>([]),
  );
  return combineLatest([quotes$, trades$, chain$]).pipe(
    auditTime(DRAWN_EVERY, scheduler),
    map(([quotes, trades, chain]) => dxlinkTable({ symbols, quotes, trades, chain })),
  );
}

function latestOf<T extends { readonly instrument: string }>(
  events$: Observable<T>,
): Observable<ReadonlyMap<string, T>> {
  return events$.pipe(
    scan<T, ReadonlyMap<string, T>>((all, event) => new Map(all).set(event.instrument, event), new Map()),
    startWith<ReadonlyMap<string, T>>(new Map()),
  );
}

function chainAround(
  exchange: DxLinkExchange,
  root: string,
  price: number,
  now: Date,
): Observable<OptionChain<DxLinkQuote, DxLinkEvent<'Greeks'>>> {
  const step = price > 1_000 ? 25 : 5;
  const middle = Math.round(price / step) * step;
  const day = nextExpiration(now);
  const options = Array.from({ length: 2 * STRIKES + 1 }, (_, place) => middle + (place - STRIKES) * step).flatMap(
    (strike) => [`.${root}${day}C${String(strike)}`, `.${root}${day}P${String(strike)}`],
  );
  return merge(
    ...options.map((option) => exchange.quotes(option)),
    ...options.map((option) => exchange.greeks(option)),
  ).pipe(optionChain<DxLinkQuote, DxLinkEvent<'Greeks'>>({ contractOf: optionContractOf }));
}

/** The third Friday of next month, `YYMMDD`: options of most underlyings end there. */
function nextExpiration(now: Date): string {
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  const friday = 1 + ((5 - first.getUTCDay() + 7) % 7) + 14;
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), friday))
    .toISOString()
    .slice(2, 10)
    .replaceAll('-', '');
}
