import type { PricePoint } from '../view/watchState.js';

/** Cells between the beginnings of two labels, at the least. */
const APART = 16;
const DAY = 86_400_000;

/** Times of the points below their cells, each at its mark, in UTC: `╵09:31:04        ╵09:31:12`. */
export function timeAxis(points: readonly PricePoint[], width: number): string {
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const [begin, end] = spanned(last - first);
  let axis = '';
  for (let cell = 0; cell < Math.min(points.length, width); cell += APART) {
    const label = `╵${new Date(points[cell]?.at ?? first).toISOString().slice(begin, end)}`;
    if (cell + label.length <= width) axis = axis.padEnd(cell) + label;
  }
  return axis;
}

/** What of `2026-11-20T09:31:04.120Z` tells times apart that lie so far from one another. */
function spanned(ms: number): readonly [begin: number, end: number] {
  if (ms < DAY / 48) return [11, 19];
  return ms < DAY ? [11, 16] : ms < 5 * DAY ? [5, 16] : [0, 10];
}
