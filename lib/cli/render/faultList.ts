import type { WatchState } from '../view/watchState.js';
import { list } from './lists.js';
import type { Paint } from './paint.js';
import { clean } from './text.js';
import { clock } from './time.js';

/** Notices that tell that something is well again. */
const WELL: readonly string[] = ['resnapshot', 'back'];

/** The latest faults, lost wires among them, newest first, in `height` lines. */
export function faultList({ faults }: WatchState, width: number, height: number, paint: Paint): readonly string[] {
  const rows = faults.map(({ at, type, message }) => {
    const colour = WELL.includes(type) ? paint.green : type === 'lost' ? paint.red : paint.yellow;
    // On one line and without control characters: part of a message may be a venue's words.
    return ` ${paint.dim(clock(at))}  ${colour(type.padEnd(11))}  ${clean(message)}`;
  });
  return list(' faults', rows.length === 0 ? [paint.dim(' none')] : rows, width, height, paint);
}
