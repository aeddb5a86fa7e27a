import type { PriceLevel } from '../../model/priceLevel.js';
import type { Trade } from '../../model/trade.js';
import { decimalsOf, withDecimals } from './decimals.js';
import { columnWidth, type Digits } from '../view/digits.js';
import type { WatchState } from '../view/watchState.js';
import type { Paint } from './paint.js';
import { fit, fitRight } from './text.js';
import { clock } from './time.js';

/** A heading and rows, filled up or cut to `height` lines of `width` cells. */
export function list(
  heading: string,
  rows: readonly string[],
  width: number,
  height: number,
  paint: Paint,
): readonly string[] {
  const lines = [
    paint.dim(fit(heading, width)),
    ...rows.slice(0, Math.max(0, height - 1)).map((row) => fit(row, width)),
  ];
  return [...lines, ...Array.from({ length: Math.max(0, height - lines.length) }, () => ' '.repeat(width))].slice(
    0,
    height,
  );
}

/** Cells that a list of trades takes when its times have ms. */
export const tradeListWidth = ({ price, size }: Digits): number =>
  1 + TIME + 2 + 4 + 2 + columnWidth(price) + 2 + columnWidth(size);

const TIME = 12;
const SHORT_TIME = 8;

/** Trades, newest first; the side is the taker's. */
export function tradeList(state: WatchState, width: number, height: number, paint: Paint): readonly string[] {
  const { digits, trades } = state;
  const time = width < tradeListWidth(digits) ? SHORT_TIME : TIME;
  const heading = ` ${fit('trades', time)}  side  ${fitRight('price', columnWidth(digits.price))}  ${fitRight('size', columnWidth(digits.size))}`;
  const rows =
    trades.length === 0 ? [paint.dim(' none yet')] : trades.map((trade) => tradeRow(trade, time, digits, paint));
  return list(heading, rows, width, height, paint);
}

function tradeRow({ venueTime, side, exact }: Trade, time: number, digits: Digits, paint: Paint): string {
  const colour = side === 'buy' ? paint.green : paint.red;
  const price = fitRight(withDecimals(exact.price, digits.price.decimals), columnWidth(digits.price));
  const size = fitRight(withDecimals(exact.size, digits.size.decimals), columnWidth(digits.size));
  return ` ${paint.dim(clock(venueTime).slice(0, time))}  ${colour(fit(side, 4))}  ${price}  ${size}`;
}

/** Best bids and asks, newest first. */
export function quoteList(state: WatchState, width: number, height: number, paint: Paint): readonly string[] {
  const { digits, quotes } = state;
  const price = columnWidth(digits.price);
  const size = columnWidth(digits.size);
  const cells = (level: PriceLevel | undefined): readonly [price: string, size: string] => [
    fitRight(level === undefined ? '–' : withDecimals(level.exact.price, digits.price.decimals), price),
    fitRight(level === undefined ? '–' : withDecimals(level.exact.size, digits.size.decimals), size),
  ];
  const heading = ` ${fit('time', 12)}  ${fitRight('size', size)}  ${fitRight('bid', price)}  ${fitRight('ask', price)}  ${fitRight('size', size)}`;
  const rows = quotes.map(({ bid, ask, receivedTime }) => {
    const [bidPrice, bidSize] = cells(bid);
    const [askPrice, askSize] = cells(ask);
    return ` ${paint.dim(clock(receivedTime))}  ${bidSize}  ${paint.green(bidPrice)}  ${paint.red(askPrice)}  ${askSize}`;
  });
  return list(heading, rows.length === 0 ? [paint.dim(' none yet')] : rows, width, height, paint);
}

/** Candles, newest first; the one that still changes is marked. */
export function candleList(state: WatchState, width: number, height: number, paint: Paint): readonly string[] {
  const columns = ['open', 'high', 'low', 'close', 'volume'] as const;
  const decimals = columns.map((column) =>
    state.candles.reduce((most, { exact }) => Math.max(most, decimalsOf(exact[column])), 0),
  );
  const prices = Math.max(...decimals.slice(0, 4));
  const rows = state.candles.map(({ exact }) =>
    columns.map((column) => withDecimals(exact[column], column === 'volume' ? (decimals[4] ?? 0) : prices)),
  );
  const widths = columns.map((column, index) =>
    rows.reduce((most, row) => Math.max(most, row[index]?.length ?? 0), column.length),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => fitRight(cell, widths[index] ?? 0)).join('  ');
  const texts = state.candles.map(({ openTime, open, close, closed }, index) => {
    const colour = close >= open ? paint.green : paint.red;
    return `${closed ? ' ' : '▸'}${paint.dim(clock(openTime).slice(0, 8))}  ${colour(line(rows[index] ?? []))}`;
  });
  const heading = ` ${fit('begins', 8)}  ${line(columns)}`;
  return list(heading, texts.length === 0 ? [paint.dim(' none yet')] : texts, width, height, paint);
}

/** The statistics of the venue's rolling window. */
export function tickerList({ ticker }: WatchState, width: number, height: number, paint: Paint): readonly string[] {
  if (ticker === undefined) return list(' ticker', [paint.dim(' none yet')], width, height, paint);
  const { last, open, high, low, volume, quoteVolume } = ticker.exact;
  const decimals = Math.max(...[last, open, high, low].map(decimalsOf));
  const prices = Object.entries({ last, open, high, low }).map(([name, text]) => [name, withDecimals(text, decimals)]);
  const sums = Object.entries({ volume, quoteVolume }).map(([name, text]) => [name, withDecimals(text ?? '–', 0)]);
  const cells = [...prices, ...sums];
  const most = cells.reduce((length, [, text = '']) => Math.max(length, text.length), 0);
  const rows = cells.map(([name = '', text = '']) => ` ${fit(name, 12)}${fitRight(text, most)}`);
  const change = ticker.open === 0 ? 0 : (ticker.last / ticker.open - 1) * 100;
  const colour = change < 0 ? paint.red : paint.green;
  const text = `${change < 0 ? '' : '+'}${change.toFixed(2)} %`;
  return list(' ticker', [...rows, ` ${fit('change', 12)}${colour(fitRight(text, most))}`], width, height, paint);
}
