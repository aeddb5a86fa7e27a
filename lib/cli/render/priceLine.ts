import { plot } from 'asciichart';
import type { PricePoint } from '../view/watchState.js';
import type { Paint } from './paint.js';
import { fit } from './text.js';
import { timeAxis } from './timeAxis.js';

/** Cells that a label takes beside its text: the axis, and what `asciichart` leaves before it. */
const AXIS = 2;

/**
 * A line of prices with its time axis, newest at the right, in exactly `height` lines of `width` cells. Where there was no
 * price to be had the line has a hole.
 */
export function priceLine(
  prices: readonly PricePoint[],
  decimals: number,
  width: number,
  height: number,
  paint: Paint,
): readonly string[] {
  const blank = (lines: number): readonly string[] =>
    Array.from({ length: Math.max(0, lines) }, () => ' '.repeat(width));
  const known = prices.flatMap(({ price }) => (price === undefined ? [] : [price]));
  const label = known.reduce((most, price) => Math.max(most, price.toFixed(decimals).length), 0) + 1;
  const shown = prices.slice(-Math.max(1, width - label - 3));
  const values = filled(shown);
  if (values.length < 2 || height < 3 || width < label + 6) {
    const text = values.length < 2 ? ' waiting for prices' : '';
    return height < 1 ? [] : [paint.dim(fit(text, width)), ...blank(height - 1)];
  }
  // A row stands for one tick at least: finer rows would carry the same label twice.
  const low = Math.min(...values);
  const high = Math.max(...values);
  const least = (height - 2) * 10 ** -decimals;
  const room = Math.max(0, least - (high - low)) / 2;
  const lines = plot(values, {
    height: height - 2,
    min: low - room,
    max: high + room,
    format: (value) => value.toFixed(decimals).padStart(label),
  }).split('\n');
  const chart = lines.slice(0, height - 1).map((line) => paint.cyan(fit(withHoles(line, shown, label + AXIS), width)));
  const axis = `${' '.repeat(label + AXIS)}${timeAxis(shown, width - label - AXIS)}`;
  return [...chart, paint.dim(fit(axis, width)), ...blank(height - 1 - chart.length)];
}

/** The prices, with the last one that was known where there was none: `asciichart` draws numbers only. */
function filled(points: readonly PricePoint[]): readonly number[] {
  let last = points.find(({ price }) => price !== undefined)?.price;
  return last === undefined ? [] : points.map(({ price }) => (last = price ?? last ?? 0));
}

/** Takes out of a line of the chart what was drawn where there was no price. A cell joins two points. */
const withHoles = (line: string, points: readonly PricePoint[], start: number): string =>
  Array.from(line, (sign, cell) => {
    const [here, next] = [points[cell - start], points[cell - start + 1]];
    const isHole = here !== undefined && (here.price === undefined || (next !== undefined && next.price === undefined));
    return isHole ? ' ' : sign;
  }).join('');
