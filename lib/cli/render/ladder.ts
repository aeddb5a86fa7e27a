import { Big } from 'big.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import { withDecimals } from './decimals.js';
import { columnWidth, type Digits } from '../view/digits.js';
import type { WatchState } from '../view/watchState.js';
import { bar } from './bar.js';
import type { Paint } from './paint.js';
import { fit, fitRight } from './text.js';

const GAP = '  ';

/**
 * The ladder in `height` lines of `width` cells: asks above, best one lowest; the spread; bids below, best one highest.
 * A stale book is drawn without colours: what is seen is the past.
 */
export function ladder(
  { book: state, digits }: WatchState,
  depth: number,
  width: number,
  height: number,
  paint: Paint,
): readonly string[] {
  const levels = Math.max(1, Math.min(depth, Math.floor((height - 2) / 2)));
  const blank = ' '.repeat(width);
  if (state.status === 'syncing') {
    const lines = Array.from({ length: height }, () => blank);
    return lines.map((line, index) =>
      index === levels + 1 ? paint.yellow(fit(' waiting for the first snapshot', width)) : line,
    );
  }
  const { book } = state;
  const asks = book.asks.slice(levels);
  const bids = book.bids.slice(levels);
  const most = [...asks, ...bids].reduce((size, level) => Math.max(size, level.size), 0);
  const row = (level: PriceLevel | undefined, colour: (text: string) => string): string => {
    if (level === undefined) return blank;
    const price = fitRight(withDecimals(level.exact.price, digits.price.decimals), columnWidth(digits.price));
    const size = fitRight(withDecimals(level.exact.size, digits.size.decimals), columnWidth(digits.size));
    const room = width - price.length - size.length - GAP.length * 2 - 1;
    const filled = bar(most === 0 ? 0 : level.size / most, Math.max(0, room));
    return fit(` ${colour(price)}${GAP}${size}${GAP}${colour(filled)}`, width);
  };
  const live = state.status === 'live';
  const asksDown = Array.from({ length: levels }, (_, index) =>
    row(asks[levels - 1 - index], live ? paint.red : paint.dim),
  );
  const bidsDown = Array.from({ length: levels }, (_, index) => row(bids[index], live ? paint.green : paint.dim));
  const lines = [heading(digits, width, paint), ...asksDown, fit(middle(book, width, live, paint), width), ...bidsDown];
  return [...lines, ...Array.from({ length: Math.max(0, height - lines.length) }, () => blank)].slice(0, height);
}

const heading = (digits: Digits, width: number, paint: Paint): string =>
  paint.dim(
    fit(` ${fitRight('price', columnWidth(digits.price))}${GAP}${fitRight('size', columnWidth(digits.size))}`, width),
  );

/** Spread and mid, reckoned in decimals: a double would show `0.009999999999`. */
function middle(book: OrderBook, width: number, live: boolean, paint: Paint): string {
  const { bestBid, bestAsk } = book;
  if (bestBid === undefined || bestAsk === undefined) return paint.yellow(' one side is empty');
  const bid = new Big(bestBid.exact.price);
  const ask = new Big(bestAsk.exact.price);
  const spread = ask.minus(bid);
  const mid = ask.plus(bid).div(2);
  const points = mid.eq(0) ? '' : ` (${spread.div(mid).times(10_000).prec(2).toFixed()} bp)`;
  const short = `mid ${mid.toFixed()}${GAP}spread ${spread.toFixed()}`;
  const text = short.length + points.length + 1 <= width ? short + points : short;
  return ` ${live ? paint.bold(text) : paint.dim(text)}`;
}
