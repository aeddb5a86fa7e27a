import { NEVER, Observable } from 'rxjs';
import type { Network } from '../../../lib/network/network.js';

export type Pair = readonly [price: string, size: string];

/** One that opens and says nothing: data confirm what was asked for. */
export const silentNetwork = (): Network => ({
  open: () => new Observable((wires) => wires.next({ messages: NEVER, send: () => undefined, close: () => undefined })),
  request: () => NEVER,
});

const FRAMES = 2_000;
/** Levels a side that changes fall into. */
export const LEVELS = 400;
export const BEGINNING = 1_764_000_000_000;

/** `first`, and then many of `next`. */
export const texts = (next: (i: number) => unknown, first?: unknown) => (): readonly string[] =>
  [...(first === undefined ? [] : [first]), ...Array.from({ length: FRAMES }, (_, i) => next(i))].map((frame) =>
    JSON.stringify(frame),
  );

/** Looks like chance, and is the same each time. */
export const chance = (i: number, most: number): number => (Math.imul(i + 1, 2_654_435_761) >>> 8) % most;
export const price = (i: number): string => (60_000 + chance(i, 9_000) / 100).toFixed(1);
export const size = (i: number): string => (1 + chance(i, 99_999) / 10_000).toFixed(8);

/** A level of a side, the `at`-th from its best: bids are -1, asks 1. */
export const level = (side: 1 | -1, at: number, i: number): Pair => [
  (60_000 + side * (at + 1) * 0.1).toFixed(1),
  size(i),
];

export const wholeSide = (side: 1 | -1, count: number): readonly Pair[] =>
  Array.from({ length: count }, (_, at) => level(side, at, at));

/** Up to eight, most of them near the best price. */
export function changes(side: 1 | -1, i: number, levels = LEVELS): readonly Pair[] {
  const places = Array.from({ length: 1 + chance(i, 8) }, (_, n) =>
    Math.floor((chance(i * 31 + n, 1_000) / 1_000) ** 3 * levels),
  );
  return [...new Set(places)].sort((a, b) => a - b).map((at) => level(side, at, i + at));
}
