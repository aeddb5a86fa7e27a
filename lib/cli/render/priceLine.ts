import { plot } from 'asciichart';
import type { Paint } from './paint.js';
import { fit } from './text.js';

/** A line of prices, newest at the right, in exactly `height` lines of `width` cells. */
export function priceLine(
  prices: readonly number[],
  decimals: number,
  width: number,
  height: number,
  paint: Paint,
): readonly string[] {
  const blank = (lines: number): readonly string[] =>
    Array.from({ length: Math.max(0, lines) }, () => ' '.repeat(width));
  const label = prices.reduce((most, price) => Math.max(most, price.toFixed(decimals).length), 0) + 1;
  const shown = prices.slice(-Math.max(1, width - label - 3));
  if (shown.length < 2 || height < 2 || width < label + 6) {
    const text = shown.length < 2 ? ' waiting for prices' : '';
    return height < 1 ? [] : [paint.dim(fit(text, width)), ...blank(height - 1)];
  }
  // A row stands for one tick at least: finer rows would carry the same label twice.
  const low = Math.min(...shown);
  const high = Math.max(...shown);
  const least = (height - 1) * 10 ** -decimals;
  const room = Math.max(0, least - (high - low)) / 2;
  const lines = plot(shown, {
    height: height - 1,
    min: low - room,
    max: high + room,
    format: (value) => value.toFixed(decimals).padStart(label),
  }).split('\n');
  return [...lines.slice(0, height).map((line) => paint.cyan(fit(line, width))), ...blank(height - lines.length)];
}
