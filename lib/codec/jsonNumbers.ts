import type { PriceLevel } from '../model/priceLevel.js';
import { Decimal } from './decimal.js';
import { levelSpelled } from './levelOf.js';
import { leaf } from './scalars.js';

/** A number as JSON has them, for venues that write prices and sizes so. */
export const JsonNumber = leaf<number>('JsonNumber', (u): u is number => Number.isFinite(u));

/** The same of a size: not below 0. */
export const JsonSize = leaf<number>('JsonSize', (u): u is number => Number.isFinite(u) && (u as number) >= 0);

/**
 * A level from two JSON numbers. Its texts are the shortest decimals that read back the same: the venue's own digits, but
 * for zeros at the end.
 */
export const levelOfNumbers = (price: number, size: number): PriceLevel =>
  levelSpelled(price, size, { price: Decimal.encode(price), size: Decimal.encode(size) });
