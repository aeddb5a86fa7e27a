import type { WatchState } from '../view/watchState.js';
import { list } from './lists.js';
import type { Paint } from './paint.js';
import { clean, fit, fitRight, widthOf } from './text.js';

/** A plain table, its columns as wide as what stands in them. Its words are the venue's. */
export function tableList({ table }: WatchState, width: number, height: number, paint: Paint): readonly string[] {
  if (table === undefined) return list(' nothing yet', [], width, height, paint);
  const { columns, status } = table;
  const rows = table.rows.map((row) => row.map(clean));
  const widths = columns.map(({ name }, index) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row[index] ?? '')), widthOf(name)),
  );
  const line = (cells: readonly string[]): string =>
    ` ${columns
      .map(({ right }, index) => (right === true ? fitRight : fit)(cells[index] ?? '', widths[index] ?? 0))
      .join('  ')}`;
  const colour = status === 'live' ? paint.green : paint.red;
  const texts = [colour(` ${clean(status)}`), ...(rows.length === 0 ? [paint.dim(' none yet')] : rows.map(line))];
  return list(line(columns.map(({ name }) => name)), texts, width, height, paint);
}
