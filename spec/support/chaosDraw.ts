import type { Random } from '../../lib/simulation/random.js';

/** A whole number from `least` to `most`, both included. */
export const between = (draw: Random, least: number, most: number): number =>
  least + Math.floor(draw() * (most - least + 1));

export function pick<T>(draw: Random, from: readonly T[]): T {
  const one = from[Math.floor(draw() * from.length)];
  if (one === undefined) throw new RangeError('nothing to pick from');
  return one;
}
