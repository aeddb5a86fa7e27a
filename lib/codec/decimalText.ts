import { decimalOf } from './decimalOf.js';
import { leaf } from './scalars.js';

/** A decimal that is kept as the venue wrote it, digit for digit. Refuses what `Decimal` refuses. */
export const DecimalText = leaf<string>('DecimalText', (u): u is string => !Number.isNaN(decimalOf(u)));

/** The same of a size: not below 0. */
export const SizeText = leaf<string>('Size', (u): u is string => decimalOf(u) >= 0);
