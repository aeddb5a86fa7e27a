import { Big } from 'big.js';
import { groupSide } from '../../book/groupSide.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { BookState } from '../../model/bookState.js';
import { columnWidth, type Digits } from '../view/digits.js';
import { groupStep } from '../view/grouping.js';
import type { WatchState } from '../view/watchState.js';
import { bar } from './bar.js';
import { plainDecimal, withDecimals } from './decimals.js';
import { imbalanceText } from './imbalance.js';
import type { Paint } from './paint.js';
import { fit, fitRight, widthOf } from './text.js';
import { stretch } from './time.js';

const GAP = '  ';
/** Cells of a bar that are worth a column less. */
const BAR = 4;

/** How a ladder is to be drawn. */
export interface LadderLook {
  /** Levels of each side at the most. */
  readonly depth: number;
  /** How often levels were made coarser. */
  readonly grouping: number;
}

interface Row {
  readonly level: PriceLevel;
  /** What stands at this price and better ones, exact. */
  readonly sum: string;
}

/**
 * The ladder in `height` lines of `width` cells: asks above, best one lowest; the spread; bids below, best one highest.
 * A stale book is drawn without colours and says so in its midst: what is seen is the past.
 */
export function ladder(
  view: WatchState,
  { depth, grouping }: LadderLook,
  width: number,
  height: number,
  paint: Paint,
): readonly string[] {
  const { book: state, digits, now } = view;
  const levels = Math.max(1, Math.min(depth, Math.floor((height - 2) / 2)));
  const blank = ' '.repeat(width);
  if (state.status === 'syncing') {
    const lines = Array.from({ length: height }, () => blank);
    const text = paint.yellow(fit(' waiting for the first snapshot', width));
    return lines.map((line, index) => (index === levels + 1 ? text : line));
  }
  const step = groupStep(digits.price.decimals, grouping);
  const asks = rowsOf(state.book, 'asks', levels, step);
  const bids = rowsOf(state.book, 'bids', levels, step);
  const columns = columnsOf([...asks, ...bids], digits, width);
  const live = state.status === 'live';
  const lines = [
    heading(columns, step, width, paint),
    ...drawn(asks, levels, columns, width, live ? paint.red : paint.dim).reverse(),
    fit(middle(state, asks, bids, width, now, paint), width),
    ...drawn(bids, levels, columns, width, live ? paint.green : paint.dim),
  ];
  return [...lines, ...Array.from({ length: Math.max(0, height - lines.length) }, () => blank)].slice(0, height);
}

function rowsOf(book: OrderBook, side: 'bids' | 'asks', levels: number, step: string | undefined): readonly Row[] {
  const best = step === undefined ? book[side].slice(levels) : groupSide(book[side], side, step, levels);
  let sum = new Big(0);
  return best.map((level) => {
    sum = sum.plus(level.exact.size);
    return { level, sum: sum.toFixed() };
  });
}

interface Columns {
  readonly digits: Digits;
  readonly most: number;
  /** Cells of the sums; 0 where there is no room for them. */
  readonly sum: number;
}

function columnsOf(rows: readonly Row[], digits: Digits, width: number): Columns {
  const most = rows.reduce((size, { level }) => Math.max(size, level.size), 0);
  const sums = rows.map(({ sum }) => withDecimals(sum, digits.size.decimals).length);
  // One cell more than sizes have, so that the column does not jump with each digit that a sum gains.
  const sum = Math.max(columnWidth(digits.size) + 1, ...sums);
  const taken = 1 + columnWidth(digits.price) + columnWidth(digits.size) + sum + 3 * GAP.length;
  return { digits, most, sum: taken + BAR <= width ? sum : 0 };
}

function drawn(
  rows: readonly Row[],
  levels: number,
  { digits, most, sum }: Columns,
  width: number,
  colour: (text: string) => string,
): string[] {
  return Array.from({ length: levels }, (_, index) => {
    const row = rows[index];
    if (row === undefined) return ' '.repeat(width);
    const { level } = row;
    const price = fitRight(withDecimals(level.exact.price, digits.price.decimals), columnWidth(digits.price));
    const size = fitRight(withDecimals(level.exact.size, digits.size.decimals), columnWidth(digits.size));
    const total = sum === 0 ? '' : `${GAP}${fitRight(withDecimals(row.sum, digits.size.decimals), sum)}`;
    const room = width - price.length - size.length - total.length - GAP.length * 2 - 1;
    const filled = bar(most === 0 ? 0 : level.size / most, Math.max(0, room));
    return fit(` ${colour(price)}${GAP}${size}${total}${GAP}${colour(filled)}`, width);
  });
}

function heading({ digits, sum }: Columns, step: string | undefined, width: number, paint: Paint): string {
  const names = [fitRight('price', columnWidth(digits.price)), fitRight('size', columnWidth(digits.size))];
  const text = ` ${[...names, ...(sum === 0 ? [] : [fitRight('sum', sum)])].join(GAP)}`;
  const by = step === undefined ? '' : `${GAP}by ${step}`;
  return paint.dim(fit(widthOf(text + by) <= width ? text + by : ` ${by.trim()}${text.slice(by.length)}`, width));
}

/**
 * Mid, spread and imbalance, as much of it as fits; of a stale book why and for how long it has been that. Reckoned in
 * decimals: a double would show `0.009999999999`.
 */
function middle(
  state: Exclude<BookState, { status: 'syncing' }>,
  asks: readonly Row[],
  bids: readonly Row[],
  width: number,
  now: number,
  paint: Paint,
): string {
  if (state.status === 'stale') {
    const text = ` STALE: ${state.reason}, for ${stretch(now - state.since)}`;
    return paint.red(paint.bold(text));
  }
  const { bestBid, bestAsk } = state.book;
  if (bestBid === undefined || bestAsk === undefined) return paint.yellow(' one side is empty');
  const bid = new Big(bestBid.exact.price);
  const ask = new Big(bestAsk.exact.price);
  const spread = ask.minus(bid);
  const mid = ask.plus(bid).div(2);
  const points = mid.eq(0) ? '' : ` (${spread.div(mid).times(10_000).prec(2).toFixed()} bp)`;
  const imbalance = imbalanceText(bids.at(-1)?.sum, asks.at(-1)?.sum);
  const short = `mid ${plainDecimal(mid.toFixed())}${GAP}spread ${spread.toFixed()}`;
  const texts = [`${short}${points}${GAP}imbalance ${imbalance}`, `${short}${GAP}imbalance ${imbalance}`];
  const fewer = [`${short}${GAP}${imbalance}`, short + points];
  const text = [...texts, ...fewer].find((one) => one.length + 1 <= width) ?? short;
  return ` ${paint.bold(text)}`;
}
