import type { BookState } from '../../model/bookState.js';
import type { Candle } from '../../model/candle.js';
import type { ConnectionState } from '../../model/connection.js';
import type { Fault } from '../../model/fault.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';
import { NO_DIGITS, widen } from './digits.js';
import { episodeAfter } from './episodeAfter.js';
import { faultNotice, wireNotice, type Notice } from './notice.js';
import { countMessages, NO_RATE } from './rate.js';
import { sample } from './sample.js';
import type { TableView } from './tableView.js';
import type { Subject, WatchState } from './watchState.js';

/** What can happen to a view. `at` is the time of the scheduler that the stream runs on, in ms. */
export type WatchInput =
  | { readonly type: 'connection'; readonly at: number; readonly connection: ConnectionState }
  | { readonly type: 'fault'; readonly at: number; readonly fault: Fault }
  | { readonly type: 'messages'; readonly at: number; readonly count: number }
  | { readonly type: 'book'; readonly at: number; readonly book: BookState }
  | { readonly type: 'trade'; readonly at: number; readonly trade: Trade }
  | { readonly type: 'quote'; readonly at: number; readonly quote: Quote }
  | { readonly type: 'candle'; readonly at: number; readonly candle: Candle }
  | { readonly type: 'ticker'; readonly at: number; readonly ticker: Ticker }
  | { readonly type: 'table'; readonly at: number; readonly table: TableView }
  | { readonly type: 'refused'; readonly at: number; readonly why: string }
  | { readonly type: 'tick'; readonly at: number }
  | { readonly type: 'ended'; readonly at: number; readonly why: string };

/** More than any terminal shows of each. */
const KEPT = 200;
/** Levels that decide how many decimals the columns have. */
const MEASURED = 30;

export const begin = (subject: Subject, at: number): WatchState => ({
  subject,
  now: at,
  startedAt: at,
  wires: new Map(),
  book: { status: 'syncing' },
  bookSince: at,
  episode: undefined,
  trades: [],
  quotes: [],
  candles: [],
  ticker: undefined,
  table: undefined,
  prices: [],
  sampledAt: -Infinity,
  rate: NO_RATE,
  counts: { messages: 0, gaps: 0, resnapshots: 0, reconnects: 0 },
  faults: [],
  digits: NO_DIGITS,
  refused: undefined,
  ended: undefined,
});

/** The view after `input`. Pure; `state` stays as it was. */
export function advance(state: WatchState, input: WatchInput): WatchState {
  const next = { ...state, now: input.at };
  switch (input.type) {
    case 'connection':
      return onConnection(next, input.connection);
    case 'fault':
      return onFault(next, input.fault);
    case 'messages':
      return {
        ...next,
        rate: countMessages(state.rate, input.at, input.count),
        counts: { ...state.counts, messages: state.counts.messages + input.count },
      };
    case 'book':
      return onBook(next, input.book, input.at);
    case 'trade':
      return {
        ...next,
        trades: [input.trade, ...state.trades].slice(0, KEPT),
        digits: widen(state.digits, [input.trade]),
      };
    case 'quote':
      return {
        ...next,
        quotes: [input.quote, ...state.quotes].slice(0, KEPT),
        digits: widen(
          state.digits,
          [input.quote.bid, input.quote.ask].filter((level) => level !== undefined),
        ),
      };
    case 'candle':
      return {
        ...next,
        candles: withCandle(state.candles, input.candle),
        digits: widen(state.digits, [priceOnly(input.candle.exact.close)]),
      };
    case 'ticker':
      return { ...next, ticker: input.ticker, digits: widen(state.digits, [priceOnly(input.ticker.exact.last)]) };
    case 'table':
      return { ...next, table: input.table };
    case 'refused':
      return { ...next, refused: input.why };
    case 'tick':
      return sample(measure(next), input.at);
    case 'ended':
      return { ...sample(measure(next), input.at), ended: input.why };
  }
}

const priceOnly = (price: string) => ({ exact: { price, size: '0' } });

function onConnection(state: WatchState, connection: ConnectionState): WatchState {
  const lostBefore = state.wires.get(connection.wire)?.lostAt;
  const ready = connection.status === 'ready';
  // An attempt that fails loses the wire again, but it has been away since the first loss.
  const lostAt = ready ? undefined : (lostBefore ?? (connection.status === 'lost' ? connection.at : undefined));
  const reconnects = state.counts.reconnects + (lostBefore !== undefined && ready ? 1 : 0);
  return {
    ...state,
    wires: new Map(state.wires).set(connection.wire, { connection, lostAt }),
    faults: noticed(state, wireNotice(connection, lostBefore)),
    counts: { ...state.counts, reconnects },
  };
}

function onFault(state: WatchState, fault: Fault): WatchState {
  const { counts } = state;
  return {
    ...state,
    faults: noticed(state, faultNotice(fault)),
    counts: {
      ...counts,
      gaps: counts.gaps + (fault.type === 'gap' ? 1 : 0),
      resnapshots: counts.resnapshots + (fault.type === 'resnapshot' ? 1 : 0),
    },
  };
}

const noticed = ({ faults }: WatchState, notice: Notice | undefined): readonly Notice[] =>
  notice === undefined ? faults : [notice, ...faults].slice(0, KEPT);

function onBook(state: WatchState, book: BookState, at: number): WatchState {
  return {
    ...state,
    book,
    bookSince: book.status === state.book.status ? state.bookSince : at,
    episode: episodeAfter(state.episode, book, at),
  };
}

/** The candles with `candle` in the place of an older state of itself. */
function withCandle(candles: readonly Candle[], candle: Candle): readonly Candle[] {
  const [latest] = candles;
  const older = latest?.openTime === candle.openTime ? candles.slice(1) : candles;
  return [candle, ...older].slice(0, KEPT);
}

/** Looks at the levels in sight. With each tick, not with each diff: a view is drawn ten times a second at most. */
function measure(state: WatchState): WatchState {
  if (state.book.status === 'syncing') return state;
  const { bids, asks } = state.book.book;
  return { ...state, digits: widen(widen(state.digits, bids.slice(MEASURED)), asks.slice(MEASURED)) };
}
