import { isTable } from '../args/request.js';
import type { Controls } from '../view/controls.js';
import { shownViews, type Watch } from '../view/watch.js';
import type { PricePoint, WatchState } from '../view/watchState.js';
import { faultList } from './faultList.js';
import { keyHelp, keyLine } from './keys.js';
import { ladder, type LadderLook } from './ladder.js';
import { candleList, list, quoteList, tickerList, tradeList, tradeListWidth } from './lists.js';
import type { Paint } from './paint.js';
import { priceLine } from './priceLine.js';
import { header } from './status.js';
import { strip } from './strip.js';
import { tableList } from './table.js';
import { clean, fit } from './text.js';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Cells of a ladder, a table and a price line that are worth drawing. The right part is left out where it has less. */
const LADDER = 36;
const TABLE = 62;
const LINE = 28;
/** Below this many rows faults, notes and keys are left out; from this many on there is room for all of them. */
const ALL_PARTS = 16;
const TALL = 30;

/**
 * The whole watch: exactly `rows` lines of exactly `columns` cells, so that drawing one over the other leaves nothing
 * behind. Of several instruments each has a row, and the chosen one the rest.
 */
export function screen(
  watch: Watch,
  { columns, rows }: ScreenSize,
  depth: number | undefined,
  paint: Paint,
): readonly string[] {
  const { controls } = watch;
  const views = shownViews(watch);
  const view = views[controls.chosen] ?? views[0];
  if (view === undefined) return [];
  const rule = paint.dim('─'.repeat(columns));
  const roomy = rows >= ALL_PARTS;
  const several = views.length > 1;
  const strips = several
    ? [...strip(views, controls.chosen, columns, Math.max(2, Math.floor(rows / 4)), paint), rule]
    : [];
  const top = [...header(view, controls.held !== undefined, columns, paint), rule, ...(roomy ? strips : [])];
  const foot = roomy && !controls.help ? footOf(view, several, controls, columns, rows, paint) : [];
  const height = Math.max(0, rows - top.length - foot.length);
  const look = { depth: depth ?? Infinity, grouping: controls.grouping };
  const middle = controls.help ? keyHelp(columns, height, paint) : body(view, columns, height, look, paint);
  return [...top, ...middle, ...foot].slice(0, rows).map((line) => fit(line, columns));
}

function footOf(
  view: WatchState,
  several: boolean,
  controls: Controls,
  columns: number,
  rows: number,
  paint: Paint,
): readonly string[] {
  const rule = paint.dim('─'.repeat(columns));
  // A small screen has room for the first note only.
  const notes = view.subject.notes
    .slice(0, rows < TALL ? 1 : undefined)
    .map((note) => paint.dim(fit(` ${note}`, columns)));
  const faults = faultList(view, columns, Math.min(8, Math.floor(rows / 6)), paint);
  return [rule, ...faults, rule, ...notes, keyLine(view, several, controls, columns, paint)];
}

function body(view: WatchState, width: number, height: number, look: LadderLook, paint: Paint): readonly string[] {
  if (view.refused !== undefined) return list(` refused: ${clean(view.refused)}`, [], width, height, paint);
  // There is no price to draw a line of.
  if (isTable(view.subject.channel)) return tableList(view, width, height, paint);
  const room = width - 3 - leftNeeds(view);
  const rightNeeds = view.subject.channel === 'book' ? Math.min(LINE, tradeListWidth(view.digits)) : LINE;
  if (room < rightNeeds) return left(view, width, height, look, paint);
  // The right part takes what its trades need, or its share of a wide terminal.
  const rightWidth = Math.min(Math.max(tradeListWidth(view.digits), Math.floor((width - 3) * 0.45)), room);
  const leftWidth = width - 3 - rightWidth;
  const lefts = left(view, leftWidth, height, look, paint);
  const rights = right(view, rightWidth, height, paint);
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

function left(state: WatchState, width: number, height: number, look: LadderLook, paint: Paint): readonly string[] {
  switch (state.subject.channel) {
    case 'book':
      return ladder(state, look, width, height, paint);
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
  const { channel } = state.subject;
  if (channel !== 'book') return priceLine(charted(state), decimals, width, Math.min(height, 16), paint);
  const line = height < 9 ? 0 : Math.min(13, Math.floor(height * 0.5));
  return [...tradeList(state, width, height - line, paint), ...priceLine(state.prices, decimals, width, line, paint)];
}

/** Candles are charted by their closes, each at its own time; all else by what was seen of its price. */
const charted = ({ subject, candles, prices }: WatchState): readonly PricePoint[] =>
  subject.channel === 'candles' && candles.length > 1
    ? candles.map(({ openTime, close }) => ({ at: openTime, price: close })).reverse()
    : prices;
