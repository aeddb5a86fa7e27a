import { isTable } from '../args/request.js';
import type { WatchState } from '../view/watchState.js';
import { faultList } from './faultList.js';
import { ladder } from './ladder.js';
import { candleList, quoteList, tickerList, tradeList, tradeListWidth } from './lists.js';
import type { Paint } from './paint.js';
import { priceLine } from './priceLine.js';
import { header } from './status.js';
import { tableList } from './table.js';
import { fit } from './text.js';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Cells of a ladder, a table and a price line that are worth drawing. The right part is left out where it has less. */
const LADDER = 36;
const TABLE = 62;
const LINE = 28;
/** Below this many rows faults and notes are left out. */
const ALL_PARTS = 16;

/**
 * The whole view: exactly `rows` lines of exactly `columns` cells, so that drawing one over the other leaves nothing
 * behind.
 */
export function screen(
  state: WatchState,
  { columns, rows }: ScreenSize,
  depth: number | undefined,
  paint: Paint,
): readonly string[] {
  const rule = paint.dim('─'.repeat(columns));
  const roomy = rows >= ALL_PARTS;
  const notes = roomy ? state.subject.notes.map((note) => paint.dim(fit(` ${note}`, columns))) : [];
  const faults = roomy ? [rule, ...faultList(state, columns, Math.min(8, Math.floor(rows / 6)), paint)] : [];
  const top = [...header(state, columns, paint), rule];
  const foot = [...faults, ...(notes.length > 0 ? [rule, ...notes] : [])];
  const height = Math.max(0, rows - top.length - foot.length);
  return [...top, ...body(state, columns, height, depth ?? Infinity, paint), ...foot]
    .slice(0, rows)
    .map((line) => fit(line, columns));
}

function body(state: WatchState, width: number, height: number, depth: number, paint: Paint): readonly string[] {
  // There is no price to draw a line of.
  if (isTable(state.subject.channel)) return tableList(state, width, height, paint);
  const room = width - 3 - leftNeeds(state);
  const rightNeeds = state.subject.channel === 'book' ? Math.min(LINE, tradeListWidth(state.digits)) : LINE;
  if (room < rightNeeds) return left(state, width, height, depth, paint);
  // The right part takes what its trades need, or its share of a wide terminal.
  const rightWidth = Math.min(Math.max(tradeListWidth(state.digits), Math.floor((width - 3) * 0.45)), room);
  const leftWidth = width - 3 - rightWidth;
  const lefts = left(state, leftWidth, height, depth, paint);
  const rights = right(state, rightWidth, height, paint);
  return lefts.map((line, index) => `${line} ${paint.dim('│')} ${rights[index] ?? ''}`);
}

/** Cells that the left part should have at the least. */
function leftNeeds({ subject: { channel }, digits }: WatchState): number {
  switch (channel) {
    case 'book':
    case 'ticker':
      return LADDER;
    case 'trades':
      return tradeListWidth(digits);
    case 'quotes':
    case 'candles':
    case 'account':
    case 'board':
    case 'orders':
    case 'fills':
    case 'balances':
      return TABLE;
  }
}

function left(state: WatchState, width: number, height: number, depth: number, paint: Paint): readonly string[] {
  switch (state.subject.channel) {
    case 'book':
      return ladder(state, depth, width, height, paint);
    case 'trades':
      return tradeList(state, width, height, paint);
    case 'quotes':
      return quoteList(state, width, height, paint);
    case 'candles':
      return candleList(state, width, height, paint);
    case 'ticker':
      return tickerList(state, width, height, paint);
    case 'account':
    case 'board':
    case 'orders':
    case 'fills':
    case 'balances':
      return tableList(state, width, height, paint);
  }
}

/** Trades beside a book, and below them the line of prices; beside anything else the line alone. */
function right(state: WatchState, width: number, height: number, paint: Paint): readonly string[] {
  const decimals = state.digits.price.decimals;
  if (state.subject.channel !== 'book') return priceLine(state.prices, decimals, width, Math.min(height, 14), paint);
  const line = height < 9 ? 0 : Math.min(12, Math.floor(height * 0.45));
  return [...tradeList(state, width, height - line, paint), ...priceLine(state.prices, decimals, width, line, paint)];
}
