import { compareDecimals } from '../book/decimals.js';
import type { OptionRule } from '../errors/optionRules.js';

/** A step or a size: a number, or a decimal text, which is taken digit for digit. */
export const aboveZero: OptionRule = [isAboveZero, 'a decimal number above 0'];

function isAboveZero(value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  try {
    return compareDecimals(String(value), '0') > 0;
  } catch {
    return false;
  }
}
