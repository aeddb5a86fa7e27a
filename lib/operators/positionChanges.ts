import { filter, map, scan, type OperatorFunction } from 'rxjs';
import { subtractDecimals } from '../book/decimals.js';
import { checkOptions, fromZero } from '../errors/optionRules.js';
import type { Position } from '../model/position.js';

/** From which size on a change of a position is told. */
export interface PositionChangesConfig {
  /** The least change that is told, in the unit of sizes. Default: any change. */
  readonly threshold?: number;
}

/** A position that has changed by as much as the threshold since it was told last. */
export interface PositionChange<P extends Position> {
  readonly instrument: string;
  /** The size told last; 0 for a position that had not been told of. */
  readonly before: number;
  /** What is held now: below 0 when short. */
  readonly after: number;
  /** How much that is more than before. */
  readonly change: number;
  /** As the venue tells it. */
  readonly position: P;
}

interface Step<P extends Position> {
  readonly emitted: ReadonlyMap<string, number>;
  readonly change: PositionChange<P> | undefined;
}

/**
 * Alerts: each position of a stream, by its instrument, as soon as it differs by the threshold from the size that was told
 * last. Small changes add up until they reach it; the closing of a position is always told.
 *
 *     positions                        -a-b-c-d-|
 *     positionChanges of 2 and more    -a---c-d-|    drawn and tested in marbles/positionChanges.txt
 *
 * @returns An operator. Remembers one number for each instrument that is held. Errors and completes with the source.
 * @throws InvalidArgumentError at once when `threshold` is below 0.
 */
export function positionChanges<P extends Position>(
  config: PositionChangesConfig = {},
): OperatorFunction<P, PositionChange<P>> {
  checkOptions('config', config, { threshold: fromZero });
  const { threshold = 0 } = config;
  return (source) =>
    source.pipe(
      scan<P, Step<P>>((step, position) => next(step, position, threshold), { emitted: new Map(), change: undefined }),
      map(({ change }) => change),
      filter((change) => change !== undefined),
    );
}

function next<P extends Position>({ emitted }: Step<P>, position: P, threshold: number): Step<P> {
  const { instrument, size: after } = position;
  const before = emitted.get(instrument) ?? 0;
  // As the figures are written: 0.3 is 0.2 more than 0.1, which doubles are not.
  const change = Number(subtractDecimals(String(after), String(before)));
  const isClosed = after === 0 && before !== 0;
  if (change === 0 || (Math.abs(change) < threshold && !isClosed)) return { emitted, change: undefined };
  const sizes = new Map(emitted);
  if (after === 0) sizes.delete(instrument);
  else sizes.set(instrument, after);
  return { emitted: sizes, change: { instrument, before, after, change, position } };
}
