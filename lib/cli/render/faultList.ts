import type { Fault } from '../../model/fault.js';
import type { WatchState } from '../view/watchState.js';
import { list } from './lists.js';
import type { Paint } from './paint.js';
import { clean } from './text.js';
import { clock } from './time.js';

/** The latest faults, newest first, in `height` lines. */
export function faultList({ faults }: WatchState, width: number, height: number, paint: Paint): readonly string[] {
  const rows = faults.map((fault) => {
    const colour = fault.type === 'resnapshot' ? paint.green : paint.yellow;
    return ` ${paint.dim(clock(fault.at))}  ${colour(fault.type.padEnd(11))}  ${faultText(fault)}`;
  });
  return list(' faults', rows.length === 0 ? [paint.dim(' none')] : rows, width, height, paint);
}

/** A fault's message, on one line and without control characters: part of it may be a venue's words. */
export const faultText = (fault: Fault): string => clean(fault.message);
