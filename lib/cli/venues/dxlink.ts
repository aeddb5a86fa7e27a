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
} from 'rxjs';
import type { Candle } from '../../model/candle.js';
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
const MINUTE = 60_000;
const PERIODS: Readonly<Record<string, number>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '1h': 60 * MINUTE,
  '1d': 1_440 * MINUTE,
};

/** Recordings are written as of any venue; there is no expected form of them to be read by. */
const recorded: RecordedVenue = {
  names: [],
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
  intervals: () => Object.keys(PERIODS),
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
    show: (exchange) => ({
      ...exchange,
      book: (symbol) => exchange.book(symbol),
      trades: (symbol) => exchange.timeAndSales(symbol).pipe(mergeMap(tradeOf)),
      plainTrades: (symbol) => exchange.trades(symbol),
      quotes: (symbol) => exchange.quotes(symbol),
      candles: (symbol, interval) => candles(exchange, symbol, interval),
      ticker: () => EMPTY,
      table: (symbol) => board(exchange, symbol),
    }),
  }),
  // From when on candles are had, and which options are near, each process finds for itself.
  unrelayed: ['board', 'candles'],
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

/** The latest candles, oldest first: those of the snapshot, then each that changes. */
function candles(exchange: DxLinkExchange, symbol: string, interval: string): Observable<Candle> {
  const length = PERIODS[interval] ?? MINUTE;
  return exchange.candles(symbol, interval, asyncScheduler.now() - 50 * length).pipe(
    mergeMap((state) => (state.status === 'live' ? state.value.latest.set : [])),
    mergeMap(({ time = 0, open, high, low, close, volume = 0, receivedTime }) => {
      if (open === undefined || high === undefined || low === undefined || close === undefined) return [];
      const values = { open, high, low, close, volume };
      const exact = { ...texts(values) };
      const closeTime = time + length - 1;
      const closed = closeTime < asyncScheduler.now();
      return [{ instrument: symbol, interval, openTime: time, closeTime, ...values, exact, closed, receivedTime }];
    }),
  );
}

const texts = <K extends string>(values: Readonly<Record<K, number>>): Record<K, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])) as Record<K, string>;

/** Quotes of some symbols, and the option chain of the one that is asked for. */
function board(exchange: DxLinkExchange, symbol: string): Observable<TableView> {
  const symbols = [...new Set([symbol, ...BOARD])];
  const quotes$ = latestOf(merge(...symbols.map((one) => exchange.quotes(one))));
  const trades$ = latestOf(exchange.events('Trade', symbols));
  const chain$ = exchange.quotes(symbol).pipe(
    filter(({ bid, ask }) => bid !== undefined && ask !== undefined),
    take(1),
    switchMap(({ bidPrice = 0, askPrice = 0 }) => chainAround(exchange, symbol, (bidPrice + askPrice) / 2)),
    startWith<OptionChain<DxLinkQuote, DxLinkEvent<'Greeks'>>>([]),
  );
  return combineLatest([quotes$, trades$, chain$]).pipe(
    auditTime(DRAWN_EVERY),
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
): Observable<OptionChain<DxLinkQuote, DxLinkEvent<'Greeks'>>> {
  const step = price > 1_000 ? 25 : 5;
  const middle = Math.round(price / step) * step;
  const day = nextExpiration(new Date(asyncScheduler.now()));
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
