/** Numbers in [0, 1), the same ones for the same seed. */
export type Random = () => number;

/** Mulberry32: small, fast, and good enough for order flow. Source: Tommy Ettinger's public domain generator. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `least` to `most`, both included. */
export const between = (draw: Random, least: number, most: number): number =>
  least + Math.floor(draw() * (most - least + 1));

/** One of a list; nothing of an empty one. */
export const pick = <T>(draw: Random, from: readonly T[]): T | undefined => from[Math.floor(draw() * from.length)];

/** A text of so many digits, of base `radix`: what a token is made of. */
export const digits = (draw: Random, count: number, radix: number): string =>
  Array.from({ length: count }, () => Math.floor(draw() * radix).toString(radix)).join('');

/**
 * The seed of one part of a whole. Each part draws from a stream of its own, so that one more instrument or one more
 * connection leaves what all the others do as it was.
 */
export function seedFor(seed: number, part: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < part.length; index += 1) hash = Math.imul(hash ^ part.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
