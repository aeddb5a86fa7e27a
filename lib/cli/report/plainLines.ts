import { Big } from 'big.js';
import type { BookState } from '../../model/bookState.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { Trade } from '../../model/trade.js';
import { connectionText } from '../render/status.js';
import { clean } from '../render/text.js';
import { clock, stretch } from '../render/time.js';
import type { WatchInput } from '../view/advance.js';
import { plainDecimal } from '../render/decimals.js';
import type { WatchState } from '../view/watchState.js';

/** What the plain output remembers from one line to the next. */
export interface PlainMemo {
  /** When the periodic lines were last written, in ms. */
  readonly reportedAt: number;
  /** The last periodic price line, so that it is not said twice. */
  readonly top: string;
  /** Trades not yet told. */
  readonly trades: readonly Trade[];
}
export const NO_MEMO: PlainMemo = { reportedAt: -Infinity, top: '', trades: [] };

/** Between two lines about prices, in ms. */
const EVERY = 1_000;

/**
 * The lines that `input` is worth of one instrument on an output that is no terminal: each connection step, each change between live and
 * stale, each fault; prices and trades summed up once a second.
 */
export function plainLines(
  before: WatchState,
  after: WatchState,
  input: WatchInput,
  memo: PlainMemo,
): readonly [lines: readonly string[], memo: PlainMemo] {
  const line = (text: string): string => `${clock(input.at)} ${text}`;
  switch (input.type) {
    case 'connection': {
      const { connection } = input;
      const words = connection.status === 'lost' ? `: ${clean(connection.text)}` : '';
      return [[line(`connection ${connection.wire} ${connectionText(connection)}${words}`)], memo];
    }
    case 'fault':
      return [[line(`fault ${input.fault.type}: ${clean(input.fault.message)}`)], memo];
    case 'book': {
      const change = bookChange(before, after);
      return [change === undefined ? [] : [line(change)], memo];
    }
    case 'trade':
      return [[], { ...memo, trades: [...memo.trades, input.trade] }];
    case 'tick':
      return input.at - memo.reportedAt < EVERY ? [[], memo] : periodic(after, input.at, memo);
    case 'ended':
      return [[line(`${clean(input.why)}: ${countsText(after)}`)], NO_MEMO];
    case 'table': {
      const { status, summary } = input.table;
      if (before.table?.status === status) return [[], memo];
      return [[line(clean(summary))], { ...memo, top: clean(summary) }];
    }
    case 'refused':
      return [[line(`refused: ${clean(input.why)}`)], memo];
    case 'messages':
    case 'quote':
    case 'candle':
    case 'ticker':
      return [[], memo];
  }
}

/** Prices and trades that are not told yet, at the end. */
export const lastLines = (view: WatchState, memo: PlainMemo): readonly string[] => periodic(view, view.now, memo)[0];

/** `1,234 messages, 3 gaps, 3 resnapshots, 1 reconnect` */
export function countsText({ counts }: WatchState): string {
  const { messages, gaps, resnapshots, reconnects } = counts;
  const some = (value: number, what: string): string => `${value} ${what}${value === 1 ? '' : 's'}`;
  return [
    some(messages, 'message'),
    some(gaps, 'gap'),
    some(resnapshots, 'resnapshot'),
    some(reconnects, 'reconnect'),
  ].join(', ');
}

function bookChange({ book: before }: WatchState, { book: after, episode }: WatchState): string | undefined {
  const sameReason = before.status === 'stale' && after.status === 'stale' && before.reason === after.reason;
  if (before.status === after.status && (before.status !== 'stale' || sameReason)) return undefined;
  switch (after.status) {
    case 'syncing':
      return 'book syncing';
    case 'stale':
      return `book stale: ${after.reason}`;
    case 'live': {
      const mended = episode?.until === undefined ? '' : ` after ${stretch(episode.until - episode.since)}`;
      const sequence = after.book.sequence === undefined ? '' : `, sequence ${after.book.sequence}`;
      return `book live${before.status === 'stale' ? mended : ''}${sequence}`;
    }
  }
}

function periodic(state: WatchState, at: number, memo: PlainMemo): readonly [readonly string[], PlainMemo] {
  const price = priceText(state);
  const lines = price !== '' && price !== memo.top ? [`${clock(at)} ${price}`] : [];
  const trades = memo.trades.length > 0 ? [`${clock(at)} ${tradesText(memo.trades)}`] : [];
  return [[...lines, ...trades], { reportedAt: at, top: price === '' ? memo.top : price, trades: [] }];
}

function priceText({ subject, book, quotes: [quote], candles: [candle], ticker, table }: WatchState): string {
  switch (subject.channel) {
    case 'book':
      return topText(book);
    case 'trades':
      return '';
    case 'quotes':
      return quote === undefined ? '' : `quote ${sides(quote.bid, quote.ask)}`;
    case 'candles': {
      if (candle === undefined) return '';
      const { open, high, low, close, volume } = candle.exact;
      const values = { open, high, low, close, volume };
      const text = Object.entries(values).map(([name, value]) => `${name} ${plainDecimal(value)}`);
      return `candle ${clock(candle.openTime).slice(0, 8)} ${text.join(' ')}${candle.closed ? ' closed' : ''}`;
    }
    case 'ticker': {
      if (ticker === undefined) return '';
      const { last, open, high, low, volume } = ticker.exact;
      const text = Object.entries({ last, open, high, low, volume }).map(
        ([name, value]) => `${name} ${plainDecimal(value)}`,
      );
      return `ticker ${text.join(' ')}`;
    }
    case 'account':
    case 'board':
    case 'orders':
    case 'fills':
    case 'balances':
      return table === undefined ? '' : clean(table.summary);
  }
}

/** A stale book has no top worth telling. */
const topText = (state: BookState): string =>
  state.status === 'live' ? `top ${sides(state.book.bestBid, state.book.bestAsk)}` : '';

function sides(bid: PriceLevel | undefined, ask: PriceLevel | undefined): string {
  const text = (level: PriceLevel | undefined): string =>
    level === undefined ? '–' : `${plainDecimal(level.exact.price)} × ${plainDecimal(level.exact.size)}`;
  const spread =
    bid === undefined || ask === undefined
      ? ''
      : `  spread ${new Big(ask.exact.price).minus(bid.exact.price).toFixed()}`;
  return `${text(bid)} | ${text(ask)}${spread}`;
}

function tradesText(trades: readonly Trade[]): string {
  const total = (side: Trade['side']): string =>
    trades.reduce((sum, trade) => (trade.side === side ? sum.plus(trade.exact.size) : sum), new Big(0)).toFixed();
  const last = plainDecimal(trades.at(-1)?.exact.price ?? '');
  return `trades ${trades.length}: bought ${total('buy')}, sold ${total('sell')}, last ${last}`;
}
